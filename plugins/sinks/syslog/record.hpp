// record.hpp: a message as a record of RFC 5424. Free functions; any thread.
#pragma once

#include <string>

#include "delivery/envelope.hpp"

namespace earshot::syslog {

struct Origin {
  int facility = 16;  // 16: local0
  std::string host, app, process;
  std::string data_id = "earshot@32473";  // of the structured data
};

// Of the first alert in it, on one line, cut at so many bytes.
std::string record(const delivery::Envelope& envelope, const Origin& origin, std::size_t bytes);

}  // namespace earshot::syslog
