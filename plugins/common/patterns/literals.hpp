// literals.hpp: finds any of thousands of literals in one pass over a text, by vectorscan.
//
//   const Literals literals({"acme", "rocket"});       or with a folder that keeps what was compiled
//   LiteralScratch scratch(literals);
//   literals.scan(text, scratch, [&](Hit hit) { ... });
//
// Bytes are compared as they are: fold text and literals before. Literals is constant once made: any thread. A
// LiteralScratch belongs to one thread and to the Literals it was made for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

struct hs_database;
struct hs_scratch;

namespace earshot::patterns {

struct Hit {
  std::uint32_t literal;     // its place in the list
  std::uint32_t begin, end;  // bytes in the text
};

class LiteralScratch;

class Literals {
 public:
  Literals() = default;  // finds nothing
  // None may be empty; the same literal twice is found twice. With `cache`, the compiled database is read from that
  // folder where it was kept there for the same literals and the same vectorscan and machine, and else put there; a
  // folder that cannot be read or written only costs the compilation. Give a folder that nobody else can write to.
  // Throws std::runtime_error where vectorscan refuses.
  explicit Literals(std::vector<std::string> literals, const std::filesystem::path& cache = {});

  bool empty() const { return literals_.empty(); }
  std::size_t size() const { return literals_.size(); }
  const std::string& operator[](std::size_t i) const { return literals_[i]; }
  bool was_cached() const { return cached_; }

  // Calls use(Hit) for each place of each literal, in the order of their ends. Less than 4 GiB of text. What `use`
  // throws must not pass vectorscan: it is noexcept.
  template <class Use>
  void scan(std::string_view text, LiteralScratch& scratch, Use&& use) const {
    scan(text, scratch, &pass<std::remove_reference_t<Use>>, &use);
  }

 private:
  friend class LiteralScratch;
  using OnHit = void (*)(void* use, const Hit& hit);
  struct Free {
    void operator()(hs_database* database) const;
  };
  template <class Use>
  static void pass(void* use, const Hit& hit) noexcept {
    (*static_cast<Use*>(use))(hit);
  }
  void scan(std::string_view text, LiteralScratch& scratch, OnHit on_hit, void* use) const;

  std::vector<std::string> literals_;
  std::unique_ptr<hs_database, Free> database_;  // none where there is nothing to look for
  bool cached_ = false;
};

class LiteralScratch {
 public:
  explicit LiteralScratch(const Literals& literals);

 private:
  friend class Literals;
  struct Free {
    void operator()(hs_scratch* scratch) const;
  };
  std::unique_ptr<hs_scratch, Free> scratch_;
};

}  // namespace earshot::patterns
