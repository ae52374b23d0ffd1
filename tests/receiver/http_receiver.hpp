// http_receiver.hpp: a small HTTP server of a test's own on a loopback port. What it answers, the test says for each
// request; what came is kept. `behave` is called from several threads, one at a time.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "receiver/server.hpp"

namespace receiver {

struct Request {
  std::string method, target, body;
  std::map<std::string, std::string> headers;  // names in lower case
};

struct Reply {
  int status = 200;
  std::map<std::string, std::string> headers = {};
  std::string body = "ok";
  std::chrono::milliseconds delay{0};
  bool cut = false;          // the connection ends without an answer
  bool cut_in_body = false;  // and here in the middle of it
};

class HttpReceiver {
 public:
  using Behave = std::function<Reply(const Request&)>;
  explicit HttpReceiver(
      Behave behave = [](const Request&) { return Reply{}; }, std::optional<Certificate> certificate = std::nullopt);

  std::string url(const std::string& path = "/") const;
  std::vector<Request> requests() const;
  std::size_t count() const;
  std::size_t connections() const;
  void stop() { server_.stop(); }

 private:
  template <class Stream>
  void serve(Stream& stream);
  void connected(tcp::socket& socket);

  Behave behave_;
  std::unique_ptr<boost::asio::ssl::context> tls_;
  mutable std::mutex mutex_;  // guards what follows
  std::vector<Request> requests_;
  std::size_t connections_ = 0;
  Server server_;  // last: it begins at once
};

}  // namespace receiver
