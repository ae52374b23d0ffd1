// forms.hpp: a message as the body of a request, in the form that a receiver wants. Whatever detectors and posts say is
// escaped for the form's own markup and cut to what the receiver takes. Free functions; any thread.
#pragma once

#include <string>

#include "delivery/envelope.hpp"

namespace earshot::webhook {

enum class Form { json, slack, teams, discord, mattermost, pagerduty, plain, custom };

std::string slack(const delivery::Envelope& envelope, const delivery::Zone& zone);
std::string teams(const delivery::Envelope& envelope, const delivery::Zone& zone);
std::string discord(const delivery::Envelope& envelope, const delivery::Zone& zone);
std::string mattermost(const delivery::Envelope& envelope, const delivery::Zone& zone);
// Of the one alert in it; `routing_key` names the service there.
std::string pagerduty(const delivery::Envelope& envelope, const delivery::Zone& zone, std::string_view routing_key);

std::size_t most_alerts(Form form);

}  // namespace earshot::webhook
