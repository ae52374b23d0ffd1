// writer.hpp: posts with their findings, alerts and gaps as JSON, a line each, into a buffer that grows and stays.
// docs/posts.md tells the form. A post whose bytes may be passed on (EAR_POST_RAW_JSON) is copied, and only what was
// found is written. One instance for one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "earshot/types.hpp"

namespace earshot::post {

class Writer {
 public:
  void post(const ear_post& post);
  void alert(const ear_alert& alert);
  void gap(const ear_gap& gap);
  void value(const ear_value& value);  // one value, without the end of the line

  std::string_view text() const { return {begin_.get(), size()}; }
  std::size_t size() const { return static_cast<std::size_t>(at_ - begin_.get()); }
  void clear() { at_ = begin_.get(); }

 private:
  void reserve(std::size_t more);
  void raw(std::string_view text);     // as it is
  void string(std::string_view text);  // in quotes, escaped
  void integer(std::int64_t number);
  void real(double number);
  void seconds(std::int64_t nanoseconds);
  void time(ear_time time);
  // A field: `name` is its punctuation, as `,"url":`; nothing is written where there is nothing to say.
  void field(std::string_view name, ear_str text);
  void field(std::string_view name, ear_time time);
  void count(std::string_view name, std::int64_t number);

  void anew(const ear_post& post);
  void author(const ear_author& author);
  void texts(const ear_post& post);
  void segment(const ear_segment& segment);
  void words(const ear_segment& segment);
  void media(const ear_post& post);
  void box(const ear_quad& box);
  void attributes(const ear_value* first, std::uint32_t count);
  void findings(const ear_post& post);
  void finding(const ear_post& post, const ear_finding& finding);
  void evidence(const ear_evidence& evidence);

  std::unique_ptr<char[]> begin_;
  char* at_ = nullptr;
  char* end_ = nullptr;
  double last_real_ = 0;  // scores repeat themselves: the last one as text
  std::size_t last_size_ = 0;
  char last_text_[32];
};

}  // namespace earshot::post
