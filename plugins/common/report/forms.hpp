// forms.hpp: a report in forms other than a page. Free functions; any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/content.hpp"

namespace earshot::report {

std::string as_markdown(const Content& content);
std::string as_json(const Content& content);
// The tables, each with the name of its file. Cells that a spreadsheet would run as a formula are text.
std::vector<std::pair<std::string, std::string>> as_csv(const Content& content);

// Text from outside that Markdown shows as it is, on one line.
std::string markdown_text(std::string_view text, std::size_t most = 500);
// A cell of CSV: quoted where it must be, and never a formula.
std::string csv_text(std::string_view text);

}  // namespace earshot::report
