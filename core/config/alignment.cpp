#include "config/alignment.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace earshot::host {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

bool is_blank(char c) {
  return kBlanks.find(c) != std::string_view::npos;
}

// The characters of a scalar, one after the other.
class Scalar {
 public:
  explicit Scalar(std::string_view source) : source_(source) {
    while (sees('&') || sees('!')) skip_word(), skip_blanks();  // &anchor, !tag
    if (sees('|') || sees('>')) {
      at_ = std::min(source_.find('\n', at_), source_.size());
    } else if (sees('\'') || sees('"')) {
      quote_ = source_[at_++];
    }
  }

  bool ended() const { return at_ == source_.size(); }
  std::size_t at() const { return at_; }

  // True: a line ended.
  bool skip_blanks() {
    bool ended_line = false;
    for (; !ended() && (is_blank(source_[at_]) || is_blank_escape()); at_ += escape() > 0 ? 2 : 1)
      ended_line = ended_line || source_[at_] == '\n' || source_.substr(at_, 2) == "\\\n";
    return ended_line;
  }

  // Goes on behind what became the beginning of `text`, and tells how much of it that is; 0: it is something else.
  std::size_t take(std::string_view text) {
    if (const std::size_t escaped = escape(); escaped > 0) {
      at_ += escaped;
      return decode(text).size;
    }
    if (ended() || source_[at_] != text[0]) return 0;
    at_ += quote_ == '\'' && text[0] == '\'' ? 2 : 1;  // 'it''s'
    at_ = std::min(at_, source_.size());
    return 1;
  }

 private:
  bool sees(char c) const { return !ended() && source_[at_] == c; }
  void skip_word() { at_ = std::min(source_.find_first_of(kBlanks, at_), source_.size()); }

  // The length of the escape that stands here; 0: none does.
  std::size_t escape() const {
    if (quote_ != '"' || at_ + 1 >= source_.size() || source_[at_] != '\\') return 0;
    const char kind = source_[at_ + 1];
    const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    return std::min(2 + digits, source_.size() - at_);
  }
  bool is_blank_escape() const {
    return escape() > 0 && std::string_view("nrt \t\r\n").find(source_[at_ + 1]) != std::string_view::npos;
  }

  std::string_view source_;
  std::size_t at_ = 0;
  char quote_ = '\0';
};

}  // namespace

// YAML takes away, folds and adds blanks, and nothing else but quotes that are doubled and escapes.
std::vector<Aligned> align(std::string_view source, std::string_view text) {
  std::vector<Aligned> all;
  Scalar scalar(source);
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    const bool new_line = scalar.skip_blanks();
    if (all.empty() || new_line || at - all.back().text != scalar.at() - all.back().source)
      all.push_back({at, scalar.at()});
    const std::size_t taken = scalar.take(text.substr(at));
    if (taken == 0) return {};
    at += taken;
  }
  return all;
}

}  // namespace earshot::host
