#include "query/links.hpp"

#include <algorithm>
#include <string>

#include "query/fields.hpp"
#include "query/glob.hpp"

namespace earshot::query {
namespace {

constexpr std::size_t kLongLink = 4096;

struct Parts {
  std::string_view host, path;  // the path with its '/'
};

Parts parts_of(std::string_view link) {
  if (const std::size_t scheme = link.find("://"); scheme != link.npos) link.remove_prefix(scheme + 3);
  const std::size_t end = std::min(link.find_first_of("/?#"), link.size());
  Parts parts{link.substr(0, end), link.substr(end)};
  if (const std::size_t user = parts.host.rfind('@'); user != parts.host.npos) parts.host.remove_prefix(user + 1);
  if (const std::size_t port = parts.host.find(':'); port != parts.host.npos) parts.host = parts.host.substr(0, port);
  return parts;
}

bool is_end_of_link(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u <= ' ' || c == '"' || c == '<' || c == '>' || c == ')' || c == ']' || c == '}' || c == '|' || c == '`';
}

// The links of a text: what begins with http(s):// or www.
template <class Use>
bool any_link(std::string_view text, Use&& use) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t scheme = text.find("://", at), www = text.find("www.", at);
    if (scheme == text.npos && www == text.npos) return false;
    std::size_t begin = std::min(scheme, www);
    std::size_t end = begin;
    while (end < text.size() && !is_end_of_link(text[end])) ++end;
    if (begin == scheme) begin += 3;
    std::string_view link = text.substr(begin, end - begin);
    while (!link.empty() && std::string_view(".,;:!?'").find(link.back()) != std::string_view::npos)
      link.remove_suffix(1);
    if (!link.empty() && link.size() <= kLongLink && use(link)) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

bool is_on_site(std::string_view url, std::string_view site) {
  if (url.empty() || url.size() > kLongLink) return false;
  const std::string low = lower(url);
  const Parts have = parts_of(low), want = parts_of(site);
  if (!want.path.empty()) {
    const bool begins =
        is_pattern(want.path) ? fits(have.path, std::string(want.path) + "*") : have.path.starts_with(want.path);
    const char next = have.path.size() > want.path.size() ? have.path[want.path.size()] : '/';
    if (!begins || (!is_pattern(want.path) && next != '/' && next != '?' && next != '#')) return false;
  }
  if (is_pattern(want.host)) return fits(have.host, want.host);
  if (!have.host.ends_with(want.host)) return false;
  return have.host.size() == want.host.size() || have.host[have.host.size() - want.host.size() - 1] == '.';
}

bool contains(std::string_view text, std::string_view value) {
  if (text.size() > kLongLink) return false;
  if (!is_pattern(value)) return text.find(value) != text.npos;
  return fits(text, "*" + std::string(value) + "*");
}

bool has_link(const Post& post, std::string_view value) {
  const bool site = value.find('.') != value.npos;
  const auto leads = [&](std::string_view link) {
    return site ? is_on_site(link, value) : contains(lower(link), value);
  };
  for (const Segment segment : post.segments())
    if (any_link(segment.text(), leads)) return true;
  return false;
}

}  // namespace earshot::query
