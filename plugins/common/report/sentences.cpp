#include "report/sentences.hpp"

#include <fmt/format.h>

#include <cmath>

#include "chart/markup.hpp"

namespace earshot::report {
namespace {

using chart::thousands;

constexpr std::size_t kMostItems = 5;  // with a sentence of their own

// The difference of two counts is told from chance by its size beside what counts vary by (Poisson, 95 %).
bool differs(std::int64_t now, std::int64_t before) {
  const auto a = static_cast<double>(now), b = static_cast<double>(before);
  return std::abs(a - b) > 1.959964 * std::sqrt(a + b);
}

std::string shown(const ListRow& row) {
  return row.row.label.empty() ? row.row.value : row.row.label;
}

// What it is mostly about: what is blamed or praised by the side that weighs more, else the first topic or phrase.
std::string mostly(const Item& item) {
  const std::vector<ListRow>& aspects = item.sentiment.net.value < 0 ? item.blame : item.praise;
  constexpr std::int64_t kFew = 3;  // fewer posts are no "mostly"
  if (!aspects.empty() && aspects[0].row.posts >= kFew) return ", mostly about " + shown(aspects[0]);
  for (const figures::By by : {figures::By::topic, figures::By::keyphrase})
    if (const List* list = item.list(by); list != nullptr && !list->rows.empty() && list->rows[0].row.posts >= kFew)
      return ", most of all with “" + shown(list->rows[0]) + "”";
  return {};
}

std::string of_item(const Content& content, const Item& item) {
  const std::string& name = item.item.name;
  if (item.now.posts == 0)
    return name + ": no mentions" +
           (item.before.posts > 0 ? fmt::format(", {} {}", thousands(item.before.posts), content.request.before_words)
                                  : "") +
           ".";
  std::string out = fmt::format("{}: {} mention{}, {}", name, thousands(item.now.posts), item.now.posts == 1 ? "" : "s",
                                change(item.now.posts, item.before.posts, content.request.before_words));
  if (item.sentiment.stated > 0) out += "; net sentiment " + with_interval(item.sentiment.net);
  return out + mostly(item) + ".";
}

std::string of_alerts(const Content& content) {
  if (content.alerts.empty()) return {};
  const figures::AlertCard& first = content.alerts.front();
  const std::string what = first.summary.empty() ? first.kind + " of " + first.subject : first.summary;
  if (content.alerts.size() == 1) return "One alert: " + what + ".";
  return fmt::format("{} alerts; the gravest: {}.", content.alerts.size(), what);
}

std::string of_coverage(const Content& content) {
  if (content.gaps.empty()) return {};
  return fmt::format("Sources could not see for {:.1f} hours in all: counts may be too low there.",
                     content.hours_unseen);
}

}  // namespace

std::string_view words_of(figures::By by) {
  static constexpr std::string_view words[] = {"platforms", "languages",    "places",  "sources", "kinds of posts",
                                               "topics",    "phrases",      "aspects", "links",   "hashtags",
                                               "names",     "copied posts", "intents", "emotions"};
  return words[static_cast<std::size_t>(by)];
}

std::string signed_number(double value) {
  const std::string digits = fmt::format("{:.2f}", std::abs(value));
  return digits == "0.00" ? digits : (value < 0 ? "−" : "+") + digits;
}

std::string percent(double share) {
  const double p = 100 * share;
  return p > 0 && p < 1 ? "under 1 %" : fmt::format("{:.0f} %", p);
}

std::string change(std::int64_t now, std::int64_t before, const std::string& before_words) {
  if (before == 0) return now == 0 ? "none " + before_words + " either" : "none " + before_words;
  const double share = static_cast<double>(now - before) / static_cast<double>(before);
  if (!differs(now, before)) return "about as many as " + before_words;
  if (share >= 2) return fmt::format("{:.1f} times as many as {}", 1 + share, before_words);
  return fmt::format("{} {:.0f} % on {}", share > 0 ? "up" : "down", 100 * std::abs(share), before_words);
}

std::string short_change(std::int64_t now, std::int64_t before) {
  if (before == 0) return now == 0 ? "" : "new";
  const double share = 100 * static_cast<double>(now - before) / static_cast<double>(before);
  if (!differs(now, before)) return "=";
  return share >= 200 ? fmt::format("× {:.1f}", 1 + share / 100)
                      : fmt::format("{}{:.0f} %", share < 0 ? "−" : "+", std::abs(share));
}

std::string with_interval(const figures::Sentiment::Part& part) {
  return fmt::format("{} ({} to {})", signed_number(part.value), signed_number(part.low), signed_number(part.high));
}

std::vector<std::string> headlines(const Content& content) {
  std::vector<std::string> all;
  for (const Item& item : content.items)
    if (all.size() < kMostItems) all.push_back(of_item(content, item));
  for (std::string more : {of_alerts(content), of_coverage(content)})
    if (!more.empty()) all.push_back(std::move(more));
  return all;
}

}  // namespace earshot::report
