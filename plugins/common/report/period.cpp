#include "report/period.hpp"

#include <fmt/format.h>

#include "calendar/period.hpp"
#include "earshot/error.hpp"
#include "report/version.hpp"

namespace earshot::report {
namespace {

using calendar::Period;
using calendar::Step;

Step inner(const Period& period) {
  const std::int64_t days = (period.to - period.from) / calendar::kDay;
  return days <= 2 ? Step::hour : days <= 62 ? Step::day : days <= 400 ? Step::week : Step::month;
}

// FNV-1a over the tree: names, texts and numbers with what parts them.
void add(std::uint64_t& hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  hash = (hash ^ 0xFF) * 0x100000001B3u;
}
void add(std::uint64_t& hash, const Value& value) {
  add(hash, value.key()), add(hash, value.text());
  add(hash,
      std::to_string(value.type()) + "/" + std::to_string(value.integer()) + "/" + fmt::format("{}", value.real()));
  for (const Value item : value.items()) add(hash, item);
  hash = (hash ^ 0xFE) * 0x100000001B3u;
}

}  // namespace

void set_period(Request& to, std::string_view wanted, std::int64_t now, const figures::State& state) {
  const calendar::Zone zone(to.zone);
  if (wanted == "day" || wanted == "week" || wanted == "month") {
    const Step step = wanted == "day" ? Step::day : wanted == "week" ? Step::week : Step::month;
    to.period = calendar::before(calendar::around(now, step, zone), step, zone);
    if (state.posts > 0 && state.last != 0 && state.last < to.period.from)
      to.period = calendar::around(state.last, step, zone);
    to.before = calendar::before(to.period, step, zone);
    to.before_words = "the " + std::string(wanted) + " before";
  } else {
    to.period = calendar::period_of(wanted, zone);
    const calendar::LocalTime from = zone.local(to.period.from);
    const std::int64_t days = calendar::days_of(zone.local(to.period.to).date) - calendar::days_of(from.date);
    // As many days before, by the clocks of the zone.
    to.before = {to.period.from - (to.period.to - to.period.from), to.period.from};
    if (days > 0)
      to.before.from =
          zone.time({calendar::date_of(calendar::days_of(from.date) - days), from.hour, from.minute, from.second});
    to.before_words = days == 1  ? "the day before"
                      : days > 1 ? fmt::format("the {} days before", days)
                                 : "the same time before";
  }
  to.step = inner(to.period);
}

void set_pipeline(Request& to, const Host& host) {
  for (const Value item : host.watchlist().items()) {
    std::string id(item["id"].text()), name(item["name"].text());
    if (name.empty())
      for (const Value one : item["names"].items()) {
        name = one.text();
        break;
      }
    if (!id.empty()) to.items.push_back({id, name.empty() ? id : name});
  }
  to.pipeline = host.pipeline();
  std::uint64_t hash = 0xCBF29CE484222325u;
  add(hash, host.config()), add(hash, host.watchlist());
  to.config_hash = host.config() ? fmt::format("{:016x}", hash) : "none";
  to.version = kEarshotVersion;
}

}  // namespace earshot::report
