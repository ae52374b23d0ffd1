// reader.hpp: Earshot's post form, one JSON object a line, read into an ear_post. docs/posts.md tells the form.
//
//   Reader reader;
//   reader.block(lines);                         tokens of many lines are found in one go
//   const ear_post* post = reader.read(line, memory);   each line in its order; NULL: reader.fault() says why
//
// The byte behind the block is '\n', '\r' or 0, and kPadding bytes behind it may be read. The post and what it points
// to are the reader's until the next read; its texts lie in the line, or in `memory` where there were escapes. Nothing
// is allocated for a post once the vectors have grown. One instance for one thread.
#pragma once

#include <cstddef>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "earshot/types.hpp"
#include "post/json.hpp"
#include "post/memory.hpp"

namespace earshot::post {

inline constexpr std::size_t kMaxPlatform = 64, kMaxId = 1024;
inline constexpr std::size_t kMaxSegments = 1024, kMaxWords = 4096, kMaxMedia = 256, kMaxAttributes = 1024;
inline constexpr int kMaxAttributeDepth = 16;

class Reader {
 public:
  Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  void block(std::string_view lines) { block_ = lines, base_ = nullptr, known_ = faulty_ = lines.data(); }
  const ear_post* read(std::string_view line, Memory& memory);
  const Fault& fault() const { return fault_; }

 private:
  const ear_post* walk(Walk& walk);
  bool index(std::string_view line);
  bool field(Walk& walk, std::string_view key);
  bool once(Walk& walk, std::uint32_t field, std::string_view name);
  bool text(Walk& walk, std::string_view name, ear_str& out);
  bool count(Walk& walk, std::string_view name, std::int64_t& out);
  bool real(Walk& walk, std::string_view name, double& out, double min, double max);
  bool duration(Walk& walk, std::string_view name, std::int64_t& out);
  bool time(Walk& walk, std::string_view name, ear_time& out);
  bool change(Walk& walk);
  bool author(Walk& walk);
  bool segment(Walk& walk);
  bool media(Walk& walk);
  bool box(Walk& walk, ear_quad& out);
  bool words(Walk& walk, ear_segment& segment);
  bool attributes(Walk& walk);
  bool value(Walk& walk, ear_value& out, int depth);
  bool complete(Walk& walk);
  void shorthand();
  void alt_segments();

  Tokens tokens_;
  std::string_view block_;
  const char* base_ = nullptr;         // what the tokens count from
  const std::uint32_t* at_ = nullptr;  // the next token
  const char* known_ = nullptr;        // tokens are known up to here
  const char* faulty_ = nullptr;       // up to here lines are looked at one by one: one of them is no JSON

  ear_post blank_, post_;
  ear_author blank_author_, author_;
  std::uint32_t seen_ = 0;
  bool own_ = false;  // has fields that a sink writes: its bytes cannot be passed on as they are
  std::string_view title_, text_;
  std::vector<ear_word> words_;
  std::vector<ear_segment> segments_;  // the first two are kept for title and text
  std::vector<ear_media> media_;
  std::vector<ear_value> stack_;
  char first_[8192];
  std::pmr::monotonic_buffer_resource values_{first_, sizeof first_};
  bool has_values_ = false;
  Fault fault_;
};

}  // namespace earshot::post
