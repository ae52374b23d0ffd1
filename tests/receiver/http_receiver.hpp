// http_receiver.hpp: a small HTTP server of a test's own on a loopback port. What it answers, the test says for each
// request; what came is kept. `behave` is called from several threads, one at a time.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "receiver/certificate.hpp"

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
  ~HttpReceiver();

  std::string url(const std::string& path = "/") const;
  std::vector<Request> requests() const;
  std::size_t count() const;
  std::size_t connections() const;
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace receiver
