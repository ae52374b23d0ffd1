#include "config/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <tuple>

#include "base/nearest.hpp"
#include "base/utf8.hpp"
#include "plugin/schema_rules.hpp"

namespace earshot::host {
namespace {

constexpr std::size_t kLongestLine = 4096;  // a longer one is not shown
constexpr std::size_t kMostWords = 2000;    // looked through for a suggestion

std::vector<std::size_t> line_starts(std::string_view text) {
  std::vector<std::size_t> starts{0};
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string_view::npos;) starts.push_back(++at);
  return starts;
}

int characters(std::string_view text) {
  int count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(decode(text).size);
  return count;
}

// "token: abc", also within {…}; a key alone or one followed by ${…} shows nothing.
bool shows_secret(std::string_view line) {
  for (std::size_t colon = 0; (colon = line.find(':', colon)) != std::string_view::npos; ++colon) {
    const std::size_t begin = line.find_last_of(" \t{,", colon) + 1;
    const std::size_t value = line.find_first_not_of(" \t", colon + 1);
    if (value != std::string_view::npos && line.substr(value, 2) != "${" && line[value] != '#' &&
        sounds_secret(line.substr(begin, colon - begin)))
      return true;
  }
  return false;
}

}  // namespace

bool sounds_secret(std::string_view key) {
  if (key.size() > 256) return true;
  std::string lower(key);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '-' ? '_' : c;
  for (const std::string_view part :
       {"token", "tokn", "toke", "secret", "secrt", "passw", "passphrase", "credential", "apikey"})
    if (lower.find(part) != std::string::npos) return true;
  const std::string words = "_" + lower + "_";  // whole words: not of "author" or "keywords"
  for (const std::string_view word : {"_key_", "_keys_", "_auth_", "_pass_", "_pwd_", "_pw_"})
    if (words.find(word) != std::string::npos) return true;
  return false;
}

std::string in_quotes(std::string_view text) {
  return earshot::host::in_marks(text);
}

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

std::uint32_t FaultReport::add_file(std::string name, std::string text) {
  File file{std::move(name), std::move(text), {}};
  file.lines = line_starts(file.text);
  files_.push_back(std::move(file));
  return static_cast<std::uint32_t>(files_.size() - 1);
}

void FaultReport::add(Diagnostic::Level level, TextPlace at, std::string path, std::string message, std::string help) {
  (level == Diagnostic::Level::error ? errors_ : warnings_) += 1;
  if (faults_.size() >= kMost) return;
  std::string safe;
  append_visible(safe, path);
  Diagnostic said;
  said.level = level;
  said.path = std::move(safe);
  said.message = std::move(message);
  said.help = std::move(help);
  faults_.push_back({at, std::move(said)});
}

void FaultReport::error(TextPlace at, std::string path, std::string message, std::string help) {
  add(Diagnostic::Level::error, at, std::move(path), std::move(message), std::move(help));
}

void FaultReport::warning(TextPlace at, std::string path, std::string message, std::string help) {
  add(Diagnostic::Level::warning, at, std::move(path), std::move(message), std::move(help));
}

void FaultReport::hide(TextPlace from, TextPlace to) {
  hidden_.emplace(from.file, from.line, std::max(from.line, to.line));
}

bool FaultReport::hidden(TextPlace at) const {
  return std::any_of(hidden_.begin(), hidden_.end(), [&](const auto& lines) {
    const auto& [file, first, last] = lines;
    return file == at.file && first <= at.line && at.line <= last;
  });
}

std::string FaultReport::near(std::string_view word, const std::vector<std::string>& words) const {
  if (full()) return {};
  return nearest(word, std::span(words).first(std::min(words.size(), kMostWords)));
}

std::string FaultReport::suggestion(std::string_view word, const std::vector<std::string>& words) const {
  const std::string meant = near(word, words);
  return meant.empty() ? std::string() : fmt::format("Did you mean {}?", in_quotes(meant));
}

std::string_view FaultReport::line(TextPlace at) const {
  const File& file = files_[at.file];
  if (at.line < 1 || static_cast<std::size_t>(at.line) > file.lines.size()) return {};
  const std::size_t begin = file.lines[static_cast<std::size_t>(at.line) - 1];
  const auto next = static_cast<std::size_t>(at.line);
  std::string_view text = std::string_view(file.text).substr(begin);
  if (next < file.lines.size()) text = text.substr(0, file.lines[next] - 1 - begin);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// Places come in the order of the text: of a line that holds thousands, each is counted from the one before.
Position FaultReport::position(TextPlace at) const {
  Position out{at.file < files_.size() ? files_[at.file].name : std::string(), at.line, at.column};
  if (at.column < 1) return out;
  const std::string_view text = line(at);
  if (static_cast<std::size_t>(at.column - 1) > text.size()) return out;
  auto& [last, column] = counted_;
  if (last.file != at.file || last.line != at.line || last.column > at.column || last.column < 1)
    last = {at.file, at.line, 1}, column = 1;
  column += characters(
      text.substr(static_cast<std::size_t>(last.column - 1), static_cast<std::size_t>(at.column - last.column)));
  last = at;
  out.column = column;
  return out;
}

std::string_view FaultReport::text_from(TextPlace at) const {
  if (at.file >= files_.size() || at.line < 1 || at.column < 1) return {};
  const File& file = files_[at.file];
  if (static_cast<std::size_t>(at.line) > file.lines.size()) return {};
  const std::size_t begin = file.lines[static_cast<std::size_t>(at.line - 1)] + static_cast<std::size_t>(at.column - 1);
  return std::string_view(file.text).substr(std::min(begin, file.text.size()));
}

Diagnostics FaultReport::finish() const {
  std::vector<Fault> faults = faults_;
  std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) {
    return std::tie(a.at.file, a.at.line, a.at.column) < std::tie(b.at.file, b.at.line, b.at.column);
  });
  Diagnostics out;
  for (Fault& fault : faults) {
    fault.said.at = position(fault.at);
    const std::string_view text = fault.at.file < files_.size() ? line(fault.at) : std::string_view();
    if (text.size() <= kLongestLine && !hidden(fault.at) && !shows_secret(text)) fault.said.line = text;
    out.all.push_back(std::move(fault.said));
  }
  if (const std::size_t more = errors_ + warnings_ - faults_.size(); more > 0 && !files_.empty()) {
    const bool error = errors_ > 0;
    Diagnostic rest;
    rest.level = error ? Diagnostic::Level::error : Diagnostic::Level::warning;
    rest.at.file = files_[0].name;
    rest.message = fmt::format("{} more {} not shown", more, more == 1 ? "fault is" : "faults are");
    out.all.push_back(std::move(rest));
  }
  return out;
}

}  // namespace earshot::host
