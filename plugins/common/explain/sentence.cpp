// The words for people.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "explain/explanation.hpp"

namespace earshot::explain {
namespace {

constexpr double kTelling = 0.2;  // of the difference: what is worth a word
constexpr std::size_t kShown = 60;

std::string shown(std::string_view text) {
  if (text.size() <= kShown) return std::string(text);
  std::size_t end = kShown;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string named(const Cause& cause) {
  const std::string value = shown(cause.value);
  switch (cause.kind) {
    case Kind::term:
      return "\"" + value + "\"";
    case Kind::hashtag:
      return value;
    case Kind::link:
      return "the link " + value;
    case Kind::author:
      return "the author " + value;
    case Kind::place:
      return "posts from " + value;
    case Kind::language:
      return "posts in " + value;
    case Kind::platform:
      return "posts on " + value;
    case Kind::post:
      return "copies of " + value;
  }
  return value;
}

const char* counted(Kind kind) {
  static constexpr const char* kWords[] = {"one term",  "one hashtag",  "one link",     "one author",
                                           "one place", "one language", "one platform", "copies of one post"};
  return kWords[static_cast<std::size_t>(kind)];
}

}  // namespace

// Words come before what says where they stand, unless that is much the larger part.
std::string Explanation::mostly() const {
  const auto worth = [](const Cause& c) {
    const double gain = c.share - c.usual;
    const bool words = c.kind == Kind::term || c.kind == Kind::hashtag;
    return words ? gain + 0.1 : c.kind <= Kind::author || c.kind == Kind::post ? gain : gain - 0.1;
  };
  const Cause* first = nullptr;
  for (const Cause& cause : causes_)
    if (cause.share >= kTelling && (first == nullptr || worth(cause) > worth(*first) + 1e-9)) first = &cause;
  if (first == nullptr) return {};
  std::string all = "mostly " + named(*first) + " (" + std::to_string(std::lround(first->share * 100)) + " %)";
  const Cause* second = nullptr;
  for (const Cause& cause : causes_)
    if (cause.kind != first->kind && cause.kind != Kind::term && cause.share >= 2 * kTelling &&
        (second == nullptr || worth(cause) > worth(*second) + 1e-9))
      second = &cause;
  if (second != nullptr) all += std::string(" and ") + counted(second->kind);
  return all;
}

}  // namespace earshot::explain
