// node_meters.hpp: what the host counts of each component, on both of its sides, so that a fault downstream is not
// blamed on the sender. Any thread.
#pragma once

#include <string>

#include "observe/meters.hpp"

namespace earshot::host {

struct NodeMeters {
  NodeMeters(Meters& meters, const std::string& id)
      : received(meters.counter("earshot_posts_received_total", "Posts that came to a component", {{"component", id}})),
        sent(meters.counter("earshot_posts_sent_total", "Posts that went out of a component", {{"component", id}})),
        stopped(meters.counter("earshot_posts_stopped_total", "Posts that a component stopped on purpose",
                               {{"component", id}})),
        refused(meters.counter("earshot_posts_refused_total", "Posts and input that became dead letters",
                               {{"component", id}})),
        retried(meters.counter("earshot_calls_retried_total", "Calls that failed and were made again",
                               {{"component", id}})),
        findings(meters.counter("earshot_findings_total", "Findings that a component said", {{"component", id}})),
        alerts(meters.counter("earshot_alerts_total", "Alerts and their updates that a component said or took",
                              {{"component", id}})),
        call(meters.histogram("earshot_call_seconds", "How long a component was busy in a call", {{"component", id}})) {
  }

  Counter &received, &sent, &stopped, &refused, &retried, &findings, &alerts;
  Histogram& call;
};

}  // namespace earshot::host
