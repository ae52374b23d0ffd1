// report.hpp: collects what is wrong with a config while it is read, and knows the texts that it stands in, so that
// each fault shows its line; but no line that holds a secret. One thread.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "config/diagnostic.hpp"
#include "config/node.hpp"

namespace earshot::host {

class FaultReport {
 public:
  static constexpr std::size_t kMost = 100;  // faults told one by one; more are counted

  // The number of the file in each TextPlace. `text` is kept.
  std::uint32_t add_file(std::string name, std::string text);
  const std::string& file_name(std::uint32_t file) const { return files_[file].name; }

  void error(TextPlace at, std::string path, std::string message, std::string help = {});
  void warning(TextPlace at, std::string path, std::string message, std::string help = {});
  // The lines from `from` to `to` hold a secret: they are not shown.
  void hide(TextPlace from, TextPlace to);
  void hide(TextPlace at) { hide(at, at); }

  bool ok() const { return errors_ == 0; }
  bool full() const { return faults_.size() >= kMost; }  // no more suggestions need to be looked for
  // The word that is meant, or the empty text; none once the report is full, because looking takes time.
  std::string near(std::string_view word, const std::vector<std::string>& words) const;
  // "Did you mean 'path'?", or the empty text.
  std::string suggestion(std::string_view word, const std::vector<std::string>& words) const;

  Position position(TextPlace at) const;           // the column in characters
  std::string_view text_from(TextPlace at) const;  // the file's text from there on
  Diagnostics finish() const;                      // in the order of the text

 private:
  struct File {
    std::string name, text;
    std::vector<std::size_t> lines;  // where each begins
  };
  struct Fault {
    TextPlace at;
    Diagnostic said;
  };
  void add(Diagnostic::Level level, TextPlace at, std::string path, std::string message, std::string help);
  std::string_view line(TextPlace at) const;
  bool hidden(TextPlace at) const;

  std::vector<File> files_;
  std::vector<Fault> faults_;
  std::set<std::tuple<std::uint32_t, int, int>> hidden_;  // file, first and last line
  std::size_t errors_ = 0, warnings_ = 0;
  mutable std::pair<TextPlace, int> counted_{};  // the place asked for last, and its column in characters
};

// Does a key sound like that of a secret? For lines of which no schema says so.
bool sounds_secret(std::string_view key);

// `text` made safe to show, in single quotes, at most 80 bytes of it.
std::string in_quotes(std::string_view text);

// "a, b and c"
std::string listed(const std::vector<std::string>& words);

}  // namespace earshot::host
