// lists.hpp: the lines of a file that a query takes its terms from. A free function; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/parse.hpp"

namespace earshot::query {

// The lines of `name`, which lies in options.lists, without blanks around them, empty lines and // comments. Throws
// Fault at byte `at` where no files are allowed, the name leads elsewhere, or the file is missing, empty or too large.
std::vector<std::string> read_list(std::string_view name, const ParseOptions& options, std::size_t at);

}  // namespace earshot::query
