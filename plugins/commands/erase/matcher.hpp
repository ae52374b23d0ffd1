// matcher.hpp: finds any of a few thousand literals in bytes. Literals and bytes are in small ASCII letters. One
// instance for one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "patterns/literals.hpp"

namespace earshot::erase {

struct Place {
  std::size_t literal, begin, end;
};

class Matcher {
 public:
  explicit Matcher(std::vector<std::string> literals) : literals_(std::move(literals)), scratch_(literals_) {
    for (std::size_t i = 0; i < literals_.size(); ++i) longest_ = std::max(longest_, literals_[i].size());
  }
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  bool empty() const { return literals_.empty(); }
  std::size_t size() const { return literals_.size(); }
  std::size_t longest() const { return longest_; }
  const std::string& operator[](std::size_t i) const { return literals_[i]; }

  // Calls use(which) for each place.
  template <class Use>
  void scan(std::string_view small, Use&& use) {
    literals_.scan(small, scratch_, [&](patterns::Hit hit) { use(hit.literal); });
  }
  template <class Use>
  void places(std::string_view small, Use&& use) {
    literals_.scan(small, scratch_, [&](patterns::Hit hit) { use(Place{hit.literal, hit.begin, hit.end}); });
  }

 private:
  patterns::Literals literals_;
  patterns::LiteralScratch scratch_;
  std::size_t longest_ = 0;
};

}  // namespace earshot::erase
