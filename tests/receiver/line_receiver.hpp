// line_receiver.hpp: takes whatever bytes come over TCP, with TLS where a certificate is given, and keeps them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "receiver/certificate.hpp"

namespace receiver {

class LineReceiver {
 public:
  explicit LineReceiver(std::optional<Certificate> certificate = std::nullopt);
  ~LineReceiver();
  unsigned short port() const;
  std::string bytes() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace receiver
