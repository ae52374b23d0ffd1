#include "text/marks.hpp"

#include <algorithm>

#include "text/cells.hpp"
#include "text/utf8.hpp"

namespace earshot::text {
namespace {

bool is_inside_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// The beginning of the character that the byte belongs to; the byte itself where it belongs to none.
std::size_t begin_of(std::string_view text, std::size_t at) {
  for (std::size_t back = 0; back < 4 && back <= at; ++back)
    if (!is_inside_character(text, at - back)) return decode(text, at - back).length > back ? at - back : at;
  return at;
}

std::size_t end_of(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return at;
  const std::size_t begin = begin_of(text, at - 1);
  return std::max(at, begin + decode(text, begin).length);
}

std::vector<Stretch> joined(std::string_view text, std::vector<Stretch> stretches) {
  const auto size = static_cast<std::int64_t>(text.size());
  std::vector<Stretch> all;
  std::sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
  for (Stretch s : stretches) {
    if (s.begin < 0 || s.begin >= s.end || s.begin >= size) continue;
    s.begin = static_cast<std::int64_t>(begin_of(text, static_cast<std::size_t>(s.begin)));
    s.end = static_cast<std::int64_t>(end_of(text, static_cast<std::size_t>(std::min(s.end, size))));
    if (!all.empty() && s.begin <= all.back().end)
      all.back().end = std::max(all.back().end, s.end);
    else
      all.push_back(s);
  }
  return all;
}

}  // namespace

std::string marked(std::string_view text, std::vector<Stretch> stretches, bool colour) {
  constexpr auto all_of_it = static_cast<std::size_t>(-1);
  std::string out;
  std::size_t at = 0;
  const auto show = [&](std::size_t to) { append_cells(out, text.substr(at, to - at), all_of_it), at = to; };
  for (const Stretch& s : joined(text, std::move(stretches))) {
    show(static_cast<std::size_t>(s.begin));
    out += colour ? "\x1b[1;30;43m" : "[";
    show(static_cast<std::size_t>(s.end));
    out += colour ? "\x1b[0m" : "]";
  }
  show(text.size());
  return out;
}

}  // namespace earshot::text
