// cells.hpp: outside text as a terminal may show it. A control character, an override of the writing direction or a
// byte that is no UTF-8 never reaches the terminal as it is: it becomes a visible sign. Free functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace earshot::text {

// What of a text is appended: as many characters as fit into `room` columns, white space as single blanks.
struct Fitted {
  std::size_t bytes = 0;    // of the text that were taken
  std::size_t columns = 0;  // that they need
};
Fitted append_cells(std::string& to, std::string_view text, std::size_t room);

// The whole of a short text, cut at `room` columns with "…".
std::string cells(std::string_view text, std::size_t room = 200);

// The columns that a text needs.
std::size_t columns_of(std::string_view text);

}  // namespace earshot::text
