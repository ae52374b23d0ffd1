#include "store/links.hpp"

#include <algorithm>

namespace earshot::store {
namespace {

constexpr std::size_t kLongLink = 2048, kLongTag = 100;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool starts_link(std::string_view rest) {
  const auto is = [&](std::string_view scheme) {
    return rest.size() > scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), rest.begin(), [](char a, char b) { return a == lower(b); });
  };
  return is("http://") || is("https://");
}
bool ends_link(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u <= ' ' || u == 0x7F || std::string_view("\"<>)]}|`").find(c) != std::string_view::npos;
}

std::string link_of(std::string_view raw) {
  raw = raw.substr(0, raw.find('#'));
  while (!raw.empty() && std::string_view(".,;:!?'").find(raw.back()) != std::string_view::npos) raw.remove_suffix(1);
  std::string link(raw);
  const std::size_t host = link.find("://") + 3, end = std::min(link.find_first_of("/?", host), link.size());
  std::transform(link.begin(), link.begin() + static_cast<std::ptrdiff_t>(end), link.begin(), lower);
  if (end == host || link.find('@') < end) return {};  // no host, or a password before it
  if (link.size() == end + 1 && link.back() == '/') link.pop_back();
  return link;
}

bool is_tag(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || (u >= '0' && u <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '_';
}

}  // namespace

void for_each_link(std::string_view text, const std::function<void(TermKind, std::string)>& use) {
  bool edge = true;  // nothing of a word stands before
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (edge && (c == 'h' || c == 'H') && starts_link(text.substr(at))) {
      std::size_t end = at;
      while (end < text.size() && !ends_link(text[end])) ++end;
      if (end - at <= kLongLink)
        if (std::string link = link_of(text.substr(at, end - at)); !link.empty()) use(TermKind::link, std::move(link));
      at = end - 1, edge = true;
      continue;
    }
    if (edge && c == '#') {
      std::size_t end = at + 1;
      while (end < text.size() && is_tag(text[end])) ++end;
      const std::string_view tag = text.substr(at + 1, end - at - 1);
      const bool number = std::all_of(tag.begin(), tag.end(), [](char d) { return d >= '0' && d <= '9'; });
      if (!number && tag.size() <= kLongTag) {
        std::string value(tag);
        std::transform(value.begin(), value.end(), value.begin(), lower);
        use(TermKind::hashtag, std::move(value));
      }
      at = end - 1, edge = false;
      continue;
    }
    edge = !is_tag(c);
  }
}

}  // namespace earshot::store
