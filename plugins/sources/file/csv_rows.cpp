#include "csv_rows.hpp"

#include <algorithm>
#include <array>

#include "post/lines.hpp"

namespace earshot::file {
namespace {

// Walks over fields and says where rows end.
class Scan {
 public:
  explicit Scan(char delimiter) : delimiter_(delimiter) {}
  bool quoted() const { return quoted_; }
  // True: the row ends with this character. `next` is 0 where it is not known.
  bool step(char c, char next) {
    if (escaped_) return escaped_ = false;
    if (quoted_) {
      if (c == '"' && next == '"') escaped_ = true;
      if (c == '"' && next != '"') quoted_ = false;
      return false;
    }
    if (c == '"' && begins_) return quoted_ = true, begins_ = false;
    begins_ = c == delimiter_ || c == '\n';
    return c == '\n';
  }

 private:
  char delimiter_;
  bool quoted_ = false, begins_ = true, escaped_ = false;
};

struct Rows {
  std::size_t end = 0;  // behind the last row that is whole
  bool quoted = false;  // a quote is open where the text ends
};

Rows find_rows(std::string_view text, char delimiter) {
  Rows rows;
  Scan scan(delimiter);
  for (std::size_t i = 0; i < text.size(); ++i)
    if (scan.step(text[i], i + 1 < text.size() ? text[i + 1] : '\0')) rows.end = i + 1;
  rows.quoted = scan.quoted();
  return rows;
}

}  // namespace

void CsvRows::cut(std::string_view all, bool finished, std::vector<Piece>& to) {
  rest_.clear();
  if (skipping_) {
    const std::size_t end = all.find('\n');
    if (end == all.npos) {
      skipping_ = !finished;
      return;
    }
    skipping_ = false;
    all.remove_prefix(end + 1);
  }
  for (;;) {
    const Rows rows = find_rows(all, delimiter_);
    if (rows.end > 0) to.push_back({all.substr(0, rows.end)});
    all.remove_prefix(rows.end);
    if (all.empty()) return;
    if (!finished && all.size() <= max_row_) {
      rest_ = all;
      return;
    }
    const std::size_t line = all.find('\n');
    if (line != all.npos && rows.quoted) {  // it may well be good behind the line with the quote
      to.push_back({all.substr(0, line), "a quote is not closed"});
      all.remove_prefix(line + 1);
      continue;
    }
    if (all.size() > max_row_)
      to.push_back({all.substr(0, post::kShown), post::kTooLong});
    else
      to.push_back({all, rows.quoted ? "a quote is not closed" : ""});
    skipping_ = !finished;
    return;
  }
}

std::string_view take_row(std::string_view& rows, char delimiter, std::uint64_t& lines) {
  Scan scan(delimiter);
  std::size_t end = 0;  // of the row, with its line end
  bool ended = false;
  lines = 0;
  for (; end < rows.size() && !ended; ++end) {
    lines += rows[end] == '\n';
    ended = scan.step(rows[end], end + 1 < rows.size() ? rows[end + 1] : '\0');
  }
  if (!ended) ++lines;
  std::string_view row = rows.substr(0, end - (ended ? 1 : 0));
  rows.remove_prefix(end);
  if (row.ends_with('\r')) row.remove_suffix(1);
  return row;
}

void split_row(std::string_view row, char delimiter, std::vector<std::string_view>& fields) {
  fields.clear();
  for (std::size_t at = 0;; ++at) {
    char* const begin = const_cast<char*>(row.data()) + at;
    char* to = begin;
    if (at < row.size() && row[at] == '"') {
      for (++at; at < row.size(); ++at) {
        if (row[at] == '"' && (++at == row.size() || row[at] != '"')) break;
        *to++ = row[at];
      }
    }
    while (at < row.size() && row[at] != delimiter) *to++ = row[at++];
    fields.emplace_back(begin, static_cast<std::size_t>(to - begin));
    if (at >= row.size()) return;
  }
}

char guess_delimiter(std::string_view header) {
  constexpr std::array kDelimiters{',', ';', '\t', '|'};
  std::array<std::size_t, kDelimiters.size()> found{};
  bool quoted = false;
  for (const char c : header) {
    if (c == '\n' && !quoted) break;
    if (c == '"') quoted = !quoted;
    const auto at = std::find(kDelimiters.begin(), kDelimiters.end(), c);
    if (at != kDelimiters.end() && !quoted) ++found[static_cast<std::size_t>(at - kDelimiters.begin())];
  }
  return kDelimiters[static_cast<std::size_t>(std::max_element(found.begin(), found.end()) - found.begin())];
}

}  // namespace earshot::file
