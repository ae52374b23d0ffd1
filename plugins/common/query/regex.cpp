#include "query/regex.hpp"

#include <re2/re2.h>

#include <algorithm>

#include "query/fault.hpp"

namespace earshot::query {
namespace {

constexpr std::int64_t kMemory = 1 << 20;  // of a program and its automata

std::string reason_of(const re2::RE2& regex) {
  using Code = re2::RE2::ErrorCode;
  switch (regex.error_code()) {
    case Code::ErrorPatternTooLarge:
      return "it is too large to be run safely: use fewer or smaller repetitions";
    case Code::ErrorRepeatSize:
      return "a repetition is larger than 1000, or repeats a repetition: make it smaller";
    case Code::ErrorRepeatArgument:
      return "a sign of repetition has nothing before it";
    case Code::ErrorMissingParen:
    case Code::ErrorUnexpectedParen:
      return "its parentheses do not match";
    case Code::ErrorMissingBracket:
      return "a '[' is not closed";
    case Code::ErrorBadPerlOp:
      return "it looks around or counts in a way that is not known here";
    case Code::ErrorBadEscape:
      return "there is no escape '" + regex.error_arg() + "': what refers back cannot be used";
    default:
      return regex.error();
  }
}

}  // namespace

Regex::Regex(std::string_view pattern, bool exact, std::size_t at) {
  if (pattern.empty()) throw Fault("the regular expression is empty", at);
  if (pattern.size() > kMaxRegex) throw Fault("the regular expression is longer than 1000 bytes", at);
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemory);
  options.set_case_sensitive(exact);
  auto made = std::make_unique<const re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!made->ok()) throw Fault("the regular expression is refused: " + reason_of(*made), at);
  if (re2::RE2::PartialMatch("", *made))
    throw Fault("the regular expression fits the empty text, and so every post: write what must be there", at);
  compiled_ = std::move(made);
}
Regex::~Regex() = default;

std::optional<Stretch> Regex::find(std::string_view text, std::size_t from, std::size_t to) const {
  re2::StringPiece match;
  if (!compiled_->Match({text.data(), text.size()}, from, to, re2::RE2::UNANCHORED, &match, 1)) return {};
  const auto begin = static_cast<std::uint32_t>(match.data() - text.data());
  return Stretch{begin, begin + static_cast<std::uint32_t>(match.size())};
}

Stretch Matches::next() {
  while (from_ < text_.size() && count_ < kMost) {
    const std::size_t end = count_ == 0 ? text_.size() : std::min(from_ + kWindow, text_.size());
    const std::optional<Stretch> match = regex_.find(text_, from_, end);
    if (!match) {
      if (end == text_.size()) break;
      from_ = end - kWindow / 2;
    } else if (match->end == end && end < text_.size() && match->begin > from_) {
      from_ = match->begin;  // it may go on behind the window
    } else {
      ++count_;
      from_ = std::max(match->end, match->begin + 1);
      if (match->begin < match->end) return *match;
    }
  }
  from_ = text_.size();
  return {};
}

}  // namespace earshot::query
