#include "query/fault.hpp"

#include <algorithm>

#include "text/cells.hpp"

namespace earshot::query {
namespace {

std::size_t begin_of_line(std::string_view query, std::size_t offset) {
  const std::size_t end = offset == 0 ? std::string_view::npos : query.rfind('\n', offset - 1);
  return end == std::string_view::npos ? 0 : end + 1;
}

std::string placed(const Place& place) {
  return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column) + ": ";
}

}  // namespace

Place place_of(std::string_view query, std::size_t offset) {
  offset = std::min(offset, query.size());
  const std::size_t begin = begin_of_line(query, offset);
  const auto count = [&](std::size_t from, std::size_t to, auto&& test) {
    return static_cast<std::size_t>(std::count_if(query.begin() + static_cast<std::ptrdiff_t>(from),
                                                  query.begin() + static_cast<std::ptrdiff_t>(to), test));
  };
  return {1 + count(0, begin, [](char c) { return c == '\n'; }),
          1 + count(begin, offset, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; })};
}

std::string pointed(std::string_view query, const Fault& fault) {
  constexpr std::size_t kBefore = 60, kRoom = 100;
  const std::size_t offset = std::min(fault.offset, query.size());
  const std::size_t line = begin_of_line(query, offset);
  std::size_t begin = offset - line > kBefore ? offset - kBefore : line;
  while (begin < offset && (static_cast<unsigned char>(query[begin]) & 0xC0) == 0x80) ++begin;
  const std::string_view rest = query.substr(begin, query.find('\n', offset) - begin);
  const std::string before = text::cells(rest.substr(0, offset - begin));
  return placed(place_of(query, offset)) + text::cells(fault.what(), 600) + "\n  " + text::cells(rest, kRoom) + "\n  " +
         std::string(text::columns_of(before), ' ') + "^\n";
}

std::string sentence(const Fault& fault) {
  constexpr std::size_t kRoom = 600;  // columns; a message holds words of the query, which may be any bytes
  return text::cells(fault.what(), kRoom);
}

}  // namespace earshot::query
