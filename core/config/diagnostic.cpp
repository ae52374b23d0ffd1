#include "config/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/json_text.hpp"
#include "base/utf8.hpp"

namespace earshot::host {
namespace {

constexpr std::size_t kBefore = 60, kWidest = 110;  // columns shown of a long line before the caret, and in all

struct Colours {
  std::string_view bold, error, warning, dim, none;
};
constexpr Colours kPlain{}, kColours{"\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[2m", "\x1b[0m"};

void append_shown(std::string& out, std::string_view character) {
  if (character == "\t")
    out += "    ";
  else
    append_visible(out, character);
}

// The line and a caret below its `column`th character; of a long line the part around it.
void append_line(std::string& out, const Diagnostic& said, const Colours& colours) {
  std::vector<std::string> cells;
  std::size_t caret = 0, width = 0;
  for (std::string_view rest = said.line; !rest.empty();) {
    const std::size_t size = decode(rest).size;
    append_shown(cells.emplace_back(), rest.substr(0, size));
    rest.remove_prefix(size);
  }
  const std::size_t target = std::min(cells.size(), static_cast<std::size_t>(std::max(said.at.column, 1)) - 1);
  std::size_t first = target;
  while (first > 0 && (width = display_width(cells[first - 1])) + caret <= kBefore) caret += width, --first;
  std::string shown = first > 0 ? "…" : "";
  if (first > 0) ++caret;
  std::size_t at = first;
  for (std::size_t used = 0; at < cells.size() && used < kWidest; ++at)
    shown += cells[at], used += display_width(cells[at]);
  if (at < cells.size()) shown += "…";
  fmt::format_to(std::back_inserter(out), "{}{:>5} |{} {}\n", colours.dim, said.at.line, colours.none, shown);
  if (said.at.column > 0)
    fmt::format_to(std::back_inserter(out), "{}      |{} {}{}^{}\n", colours.dim, colours.none, std::string(caret, ' '),
                   colours.bold, colours.none);
}

}  // namespace

bool Diagnostics::ok() const {
  return std::none_of(all.begin(), all.end(), [](const Diagnostic& d) { return d.level == Diagnostic::Level::error; });
}

std::string Diagnostics::text(bool colour) const {
  const Colours& colours = colour ? kColours : kPlain;
  std::string out;
  for (const Diagnostic& said : all) {
    const bool error = said.level == Diagnostic::Level::error;
    out += colours.bold;
    append_visible(out, said.at.file);
    if (said.at.line > 0) fmt::format_to(std::back_inserter(out), ":{}:{}", said.at.line, said.at.column);
    fmt::format_to(std::back_inserter(out), ": {}{}{}{}: {}{}{}{}\n", colours.none,
                   error ? colours.error : colours.warning, error ? "error" : "warning", colours.none, colours.bold,
                   said.path.empty() ? "" : said.path + ": ", said.message, colours.none);
    if (!said.line.empty()) append_line(out, said, colours);
    if (!said.help.empty())
      fmt::format_to(std::back_inserter(out), "{}      ={} {}\n", colours.dim, colours.none, said.help);
  }
  return out;
}

std::string Diagnostics::json() const {
  std::string out;
  JsonText json(out);
  json.open('[');
  for (const Diagnostic& said : all) {
    json.open('{').field("level", said.level == Diagnostic::Level::error ? "error" : "warning");
    json.field("file", said.at.file).field("line", said.at.line).field("column", said.at.column);
    json.field("path", said.path).field("message", said.message);
    json.field("text", said.line).field("help", said.help).close('}');
  }
  json.close(']');
  return out;
}

}  // namespace earshot::host
