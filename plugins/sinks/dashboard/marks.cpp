#include "marks.hpp"

#include <algorithm>
#include <set>

namespace earshot::dashboard {

std::string_view cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (text[most] & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

boost::json::array pieces(std::string_view text, const std::vector<Mark>& marks) {
  const auto whole = [&](std::size_t at) { return cut(text, at).size(); };
  std::set<std::size_t> cuts{0, text.size()};
  for (const Mark& mark : marks) cuts.insert(whole(mark.begin)), cuts.insert(whole(mark.end));
  boost::json::array out;
  for (auto at = cuts.begin(); std::next(at) != cuts.end(); ++at) {
    const std::size_t begin = *at, end = *std::next(at);
    boost::json::object piece{{"text", text.substr(begin, end - begin)}};
    for (const Mark& mark : marks)
      if (mark.begin <= begin && end <= mark.end) piece["kind"] = mark.kind, piece["subject"] = mark.subject;
    out.push_back(std::move(piece));
  }
  return out;
}

}  // namespace earshot::dashboard
