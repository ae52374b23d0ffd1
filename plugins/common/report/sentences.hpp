// sentences.hpp: figures in words. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/content.hpp"

namespace earshot::report {

std::string_view words_of(figures::By by);  // "platforms", "places"

std::string signed_number(double value);  // −0.21, +0.08
std::string percent(double share);        // 38 %
// "up 38 % on the week before", "about as many as the week before": what chance explains is no change.
std::string change(std::int64_t now, std::int64_t before, const std::string& before_words);
// "+38 %", "=": for tables.
std::string short_change(std::int64_t now, std::int64_t before);
// "−0.21 (−0.25 to −0.17)".
std::string with_interval(const figures::Sentiment::Part& part);

// The findings of a report, one sentence each.
std::vector<std::string> headlines(const Content& content);

}  // namespace earshot::report
