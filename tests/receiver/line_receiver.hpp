// line_receiver.hpp: takes whatever bytes come over TCP, with TLS where a certificate is given, and keeps them.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "receiver/server.hpp"

namespace receiver {

class LineReceiver {
 public:
  explicit LineReceiver(std::optional<Certificate> certificate = std::nullopt);
  unsigned short port() const { return server_.port(); }
  std::string bytes() const;
  void stop() { server_.stop(); }

 private:
  void connected(tcp::socket& socket);
  void keep(const char* data, std::size_t size);

  std::unique_ptr<boost::asio::ssl::context> tls_;
  mutable std::mutex mutex_;
  std::string bytes_;
  Server server_;
};

}  // namespace receiver
