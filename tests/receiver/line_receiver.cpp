#include "receiver/line_receiver.hpp"

#include "receiver/server.hpp"

namespace receiver {

class LineReceiver::Impl {
 public:
  explicit Impl(const std::optional<Certificate>& certificate)
      : tls_(certificate ? tls_context(*certificate) : nullptr),
        server_([this](tcp::socket& socket) { connected(socket); }) {}

  unsigned short port() const { return server_.port(); }
  std::string bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
  }

 private:
  void connected(tcp::socket& socket) {
    if (!tls_) return keep_all(socket);
    boost::asio::ssl::stream<tcp::socket&> stream(socket, *tls_);
    stream.handshake(boost::asio::ssl::stream_base::server);
    keep_all(stream);
  }
  // Until the stream ends, which is thrown.
  template <class Stream>
  [[noreturn]] void keep_all(Stream& stream) {
    char data[4096];
    for (;;) {
      const std::size_t size = stream.read_some(boost::asio::buffer(data));
      const std::lock_guard lock(mutex_);
      bytes_.append(data, size);
    }
  }

  std::unique_ptr<boost::asio::ssl::context> tls_;
  mutable std::mutex mutex_;
  std::string bytes_;
  Server server_;  // last: it begins at once
};

LineReceiver::LineReceiver(std::optional<Certificate> certificate) : impl_(std::make_unique<Impl>(certificate)) {}
LineReceiver::~LineReceiver() = default;

unsigned short LineReceiver::port() const {
  return impl_->port();
}
std::string LineReceiver::bytes() const {
  return impl_->bytes();
}

}  // namespace receiver
