// json.hpp: what the page is told, as JSON. Free functions; any thread.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "alert_book/book.hpp"
#include "figures/types.hpp"

namespace earshot::dashboard {

namespace json = boost::json;

json::value as_json(const figures::Counts& counts);
json::value as_json(const figures::Bin& bin);
json::value as_json(const figures::Share& share);
json::value as_json(const figures::Sentiment& sentiment);
json::value as_json(const figures::Ranked& ranked);
json::value as_json(const figures::RankedAuthor& author);
json::value as_json(const figures::PostCard& post);
json::value as_json(const figures::AlertCard& alert);
json::value as_json(const figures::Gap& gap);
json::value as_json(const calendar::Period& period);

template <class T>
json::array list(const std::vector<T>& all) {
  json::array out;
  for (const T& one : all) out.push_back(as_json(one));
  return out;
}

std::string time_text(std::int64_t nanoseconds);  // 2026-05-01T12:00:00Z
// Only what a link may point to: http and https. Else empty.
std::string_view safe_link(std::string_view url);

}  // namespace earshot::dashboard
