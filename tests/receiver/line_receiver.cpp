#include "receiver/line_receiver.hpp"

namespace receiver {

LineReceiver::LineReceiver(std::optional<Certificate> certificate)
    : tls_(certificate ? tls_context(*certificate) : nullptr),
      server_([this](tcp::socket& socket) { connected(socket); }) {}

std::string LineReceiver::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

void LineReceiver::keep(const char* data, std::size_t size) {
  const std::lock_guard lock(mutex_);
  bytes_.append(data, size);
}

void LineReceiver::connected(tcp::socket& socket) {
  char data[4096];
  if (!tls_)
    for (;;) keep(data, socket.read_some(boost::asio::buffer(data)));
  boost::asio::ssl::stream<tcp::socket&> stream(socket, *tls_);
  stream.handshake(boost::asio::ssl::stream_base::server);
  for (;;) keep(data, stream.read_some(boost::asio::buffer(data)));
}

}  // namespace receiver
