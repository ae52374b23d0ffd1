// fault.hpp: what is wrong with a query, and where. Values and free functions; any thread.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace earshot::query {

struct Fault : std::runtime_error {
  Fault(const std::string& message, std::size_t byte) : std::runtime_error(message), offset(byte) {}
  std::size_t offset;  // byte in the query
};

// Both count from 1; a column is a character.
struct Place {
  std::size_t line, column;
};
Place place_of(std::string_view query, std::size_t offset);

// For people: "line 2, column 7: …", the line of the query, and a caret under the place.
std::string pointed(std::string_view query, const Fault& fault);

// For an error that has one sentence and is pointed at by whoever shows it.
std::string sentence(const Fault& fault);

}  // namespace earshot::query
