// html.hpp: a report as one page that needs nothing else: no script, nothing from outside, charts as SVG. Its policy
// says so to the browser. Free functions; any thread.
#pragma once

#include <string>

#include "report/content.hpp"

namespace earshot::report {

std::string as_html(const Content& content);

}  // namespace earshot::report
