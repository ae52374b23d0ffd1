// exchange.hpp: one request and its answer over curl. A free function; any thread, several at once.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "earshot/services/http.h"
#include "http/pool.hpp"

namespace earshot::http {

// What all requests share. Texts that are empty are not set.
struct Settings {
  std::string user_agent;
  std::string ca_file;  // PEM, besides those of the system
  std::string proxy;    // a URL
};

struct Answer {
  long status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body, url;
  std::int64_t retry_after = -1;  // nanoseconds
};

// Throws an Error with the status that ear_http_1.request tells.
Answer exchange(Pool& pool, const Settings& settings, const ear_http_request& request, ear_time now);

// What a Retry-After header says, as nanoseconds from `now`; -1: nothing that can be understood.
std::int64_t retry_after(std::string_view header, ear_time now);

}  // namespace earshot::http
