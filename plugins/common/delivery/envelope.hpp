// envelope.hpp: what one message says, as JSON that is kept until it is delivered and as values for those who write it
// in some form. docs/delivery.md has the JSON. Values; any thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "alert_book/outbox.hpp"
#include "delivery/policy.hpp"

namespace earshot::delivery {

// Where people can look and act: the page of a dashboard. Without a base there are no links.
struct LinkMaker {
  std::string base, key, via;
  std::int64_t valid_seconds = 7 * 86'400;
};

struct Quote {
  std::string platform, id, url, author, text;
  ear_time published = EAR_TIME_NONE;
  double weight = 0;
};

struct Links {
  std::string view, acknowledge, close, mute;  // empty: there is no page
};

// One alert in a message.
struct Item {
  alert_book::Alert alert;
  std::int64_t reminders = 0;
  std::vector<Quote> quotes;
  boost::json::object attributes;
  Links links;
};

struct Envelope {
  std::string key, pipeline, channel;
  Purpose purpose = Purpose::alert;
  bool urgent = false;
  ear_time created = 0;
  std::vector<Item> items;
  std::string json;  // all of it
};

struct Heading {
  std::string key, pipeline, channel;
  Purpose purpose = Purpose::alert;
  bool urgent = false;
  ear_time created = 0;
};

// The JSON of a message about these alerts.
std::string content_of(const Heading& heading, const std::vector<const alert_book::Route*>& routes,
                       const LinkMaker& links);
// What such JSON says. Throws invalid where it is none.
Envelope read_envelope(std::string_view content);

}  // namespace earshot::delivery
