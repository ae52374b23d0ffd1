// template.hpp: the sentence of an alert, with figures in the place of {names}. Free functions; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace earshot::rule {

using Words = std::map<std::string, std::string, std::less<>>;

// Throws `invalid` for a name that there is none of, and a brace that is not closed.
void check_template(std::string_view text);
std::string fill(std::string_view text, const Words& words);

// For one line: control characters are blanks, and what is too long is cut.
std::string one_line(std::string_view text, std::size_t most);
std::string moment(std::int64_t time);           // 2026-03-14 08:00
std::string duration(std::int64_t nanoseconds);  // 90m, 1h, 2d
std::string number(double n);                    // 12, 1.5

}  // namespace earshot::rule
