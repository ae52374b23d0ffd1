// server.hpp: a small HTTP/1.1 server for a plugin's pages: connections that are kept, requests that are bounded in
// size and time, and streams of events. One thread takes and sends; handlers run on `workers` threads besides, several
// at once, and may block.
//
//   Server server({.address = read_address("127.0.0.1:8080"), .handler = answer});
//   server.start();                      throws std::runtime_error where it cannot listen
//   server.stop();                       hangs up, and waits for the handlers that run
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/address.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace earshot::web {

// [any thread, several at once] What it throws is answered with 500 and told to `warn`.
using Handler = std::function<Response(const Request&)>;

struct Settings {
  Address address;
  std::vector<std::string> names = {};  // by which it is called besides, behind a proxy
  Handler handler;
  std::function<void(std::string_view)> warn = {};  // [any thread]
  std::size_t workers = 4, connections = 128, streams = 32;
  std::size_t most_body = 64 * 1024;  // bytes
};

class Server {
 public:
  static constexpr std::size_t kMostHeader = 16 * 1024;  // bytes

  explicit Server(Settings settings);
  ~Server();  // as stop()
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void start();
  void stop();  // for good

  Address address() const;  // where it listens, once started

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  Address address_;
};

}  // namespace earshot::web
