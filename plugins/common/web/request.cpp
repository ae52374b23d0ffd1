#include "web/request.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace earshot::web {
namespace {

std::optional<std::string> decoded(std::string_view text, bool plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      unsigned char byte = 0;
      if (text.size() - i < 3) return {};
      const char* end = text.data() + i + 3;
      const auto read = std::from_chars(text.data() + i + 1, end, byte, 16);
      if (read.ec != std::errc{} || read.ptr != end) return {};
      out += static_cast<char>(byte), i += 2;
    } else {
      out += plus && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::string_view find(const std::map<std::string, std::string, std::less<>>& in, std::string_view name) {
  const auto at = in.find(name);
  return at == in.end() ? std::string_view() : at->second;
}

}  // namespace

std::string_view Request::parameter(std::string_view name) const {
  return find(query, name);
}

std::string_view Request::field(std::string_view name) const {
  return find(fields, name);
}

// RFC 6265: pairs with "; " between.
std::string_view Request::cookie(std::string_view name) const {
  std::string_view rest = field("cookie");
  while (!rest.empty()) {
    std::string_view one = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    if (const std::size_t equals = one.find('='); equals != one.npos && one.substr(0, equals) == name)
      return one.substr(equals + 1);
  }
  return {};
}

std::optional<std::map<std::string, std::string, std::less<>>> read_form(std::string_view text) {
  std::map<std::string, std::string, std::less<>> out;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(one.size() + 1, text.size()));
    const std::size_t equals = one.find('=');
    auto name = decoded(one.substr(0, equals), true);
    auto value = decoded(equals == one.npos ? std::string_view() : one.substr(equals + 1), true);
    if (!name || !value) return {};
    out.insert_or_assign(std::move(*name), std::move(*value));
  }
  return out;
}

std::optional<Request> read_target(std::string_view target) {
  if (!target.starts_with('/')) return {};
  const std::size_t question = target.find('?');
  auto path = decoded(target.substr(0, question), false);
  auto query = read_form(question == target.npos ? std::string_view() : target.substr(question + 1));
  if (!path || !query) return {};
  Request out;
  out.path = std::move(*path), out.query = std::move(*query);
  return out;
}

}  // namespace earshot::web
