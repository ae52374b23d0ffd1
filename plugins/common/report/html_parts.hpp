// html_parts.hpp: the pieces of the page. All text from outside is escaped here. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "report/content.hpp"
#include "report/picture.hpp"

namespace earshot::report {

std::string_view page_css();

// A number that leads to its posts.
std::string linked(const std::string& number, const std::string& anchor);
// One figure in large, with what it is and a remark below.
std::string tile(std::string_view what, const std::string& figure, const std::string& remark);

std::string card(const figures::PostCard& post, std::string_view zone);
std::string cards(std::string_view title, const std::vector<figures::PostCard>& posts, std::string_view zone);
std::string media(const Item& item, Pictures& pictures, std::string_view zone);
std::string authors(const Item& item);
std::string alert(const figures::AlertCard& alert, std::string_view zone);
std::string lists(const Item& item);
std::string perception(const Item& item);

std::string coverage(const Content& content);

std::string section(const Content& content, const Item& item, std::size_t number, Pictures& pictures);

// What stands below each step of time: "Mon 4", "May 2026", "14:00".
std::vector<std::string> step_names(const Content& content, const std::vector<figures::Bin>& bins);

}  // namespace earshot::report
