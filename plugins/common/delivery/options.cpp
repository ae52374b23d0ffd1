#include "delivery/options.hpp"

namespace earshot::delivery {
namespace {

// What `make` throws is told of the option.
template <class Make>
auto at_option(const char* name, Make&& make) {
  try {
    return make();
  } catch (Error& error) {
    throw Error(error.status, error.what()).at_option(name);
  }
}

}  // namespace

Setting setting_of(const Options& o, std::string plugin) {
  Setting s;
  s.plugin = std::move(plugin);
  Policy& p = s.policy;
  p.min_severity = o.min_severity, p.urgent_from = o.urgent_from, p.subjects = o.subjects, p.kinds = o.kinds;
  p.updates = o.updates, p.closings = o.closings;
  p.group_within = o.group_within, p.most_per_hour = o.most_per_hour;
  p.zone = at_option("time_zone", [&] { return Zone(o.time_zone); });
  p.quiet = at_option("quiet_hours", [&] { return Stretches(o.quiet_hours); });
  p.digest = at_option("digest_at", [&] { return Moments(o.digest_at); });
  p.remind_after = o.remind_after, p.remind_slowest = o.remind_slowest;
  p.remind_growth = o.remind_growth, p.remind_most = o.remind_most;
  p.escalate_after = o.escalate_after, p.urgent_after = o.urgent_after, p.stale_after = o.stale_after;
  s.pace = {o.retry_first, o.retry_slowest, o.linger, o.keep};
  if (o.link) s.link = o.link->text;
  s.link_valid = o.link_valid;
  return s;
}

}  // namespace earshot::delivery
