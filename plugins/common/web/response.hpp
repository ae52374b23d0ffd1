// response.hpp: what a client is answered. Values and free functions; any thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace earshot::web {

// One client that follows events (Server-Sent Events, HTML Living Standard 9.2). Any thread; may outlive the server.
class EventStream {
 public:
  virtual ~EventStream() = default;
  // Never blocks. What a slow client has no room for is dropped, and it is told: event "dropped" with how many.
  // `data` is one line. False: the client is gone.
  virtual bool push(std::string_view event, std::string_view data) = 0;
};

struct Response {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> fields = {};  // beside those that every answer has
  // Set: the answer is a stream of events, which is handed over here once its header is on its way. [the server's
  // thread]
  std::function<void(std::shared_ptr<EventStream>)> follow = {};
};

Response json(std::string body, unsigned status = 200);
Response html(std::string body, unsigned status = 200);
// A sentence for whoever asked, as JSON: {"error":"…"}.
Response refusal(unsigned status, std::string_view sentence);

// The fields that every answer has: nothing is sniffed, framed, cached or told to other pages, and a page loads
// nothing but what this server gave it.
const std::vector<std::pair<std::string, std::string>>& safe_fields();

}  // namespace earshot::web
