#include "receiver/http_receiver.hpp"

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "receiver/server.hpp"

namespace receiver {

namespace beast = boost::beast;
namespace http = beast::http;

class HttpReceiver::Impl {
 public:
  Impl(Behave behave, const std::optional<Certificate>& certificate)
      : behave_(std::move(behave)),
        tls_(certificate ? tls_context(*certificate) : nullptr),
        server_([this](tcp::socket& socket) { connected(socket); }) {}

  std::string url(const std::string& path) const {
    return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(server_.port()) + path;
  }
  std::vector<Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return requests_.size();
  }
  std::size_t connections() const {
    const std::lock_guard lock(mutex_);
    return connections_;
  }
  void stop() { server_.stop(); }

 private:
  void connected(tcp::socket& socket) {
    {
      const std::lock_guard lock(mutex_);
      ++connections_;
    }
    if (!tls_) return serve(socket);
    boost::asio::ssl::stream<tcp::socket&> stream(socket, *tls_);
    stream.handshake(boost::asio::ssl::stream_base::server);
    serve(stream);
  }

  template <class Stream>
  void serve(Stream& stream) {
    beast::flat_buffer buffer;
    while (serve_one(stream, buffer)) {
    }
  }

  // False: the connection is over.
  template <class Stream>
  bool serve_one(Stream& stream, beast::flat_buffer& buffer) {
    http::request_parser<http::string_body> parser;
    parser.body_limit(64 << 20);
    http::read(stream, buffer, parser);
    const Request request = read(parser.get());
    Reply reply;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      reply = behave_(request);
    }
    const auto until = std::chrono::steady_clock::now() + reply.delay;
    while (std::chrono::steady_clock::now() < until && !server_.stopped())
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    if (reply.cut) return false;
    http::response<http::string_body> response(static_cast<http::status>(reply.status), 11);
    for (const auto& [name, value] : reply.headers) response.set(name, value);
    const bool alive = parser.get().keep_alive() && !reply.cut_in_body;
    response.keep_alive(alive);
    if (request.method != "HEAD") response.body() = reply.body;
    response.prepare_payload();
    if (reply.cut_in_body) response.set(http::field::content_length, std::to_string(reply.body.size() + 1000));
    http::write(stream, response);
    return alive;
  }

  static Request read(const http::request<http::string_body>& got) {
    Request request{std::string(got.method_string()), std::string(got.target()), got.body(), {}};
    for (const auto& field : got) {
      std::string name(field.name_string());
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      request.headers[name] = std::string(field.value());
    }
    return request;
  }

  Behave behave_;
  std::unique_ptr<boost::asio::ssl::context> tls_;
  mutable std::mutex mutex_;  // guards what follows
  std::vector<Request> requests_;
  std::size_t connections_ = 0;
  Server server_;  // last: it begins at once
};

HttpReceiver::HttpReceiver(Behave behave, std::optional<Certificate> certificate)
    : impl_(std::make_unique<Impl>(std::move(behave), certificate)) {}
HttpReceiver::~HttpReceiver() = default;

std::string HttpReceiver::url(const std::string& path) const {
  return impl_->url(path);
}
std::vector<Request> HttpReceiver::requests() const {
  return impl_->requests();
}
std::size_t HttpReceiver::count() const {
  return impl_->count();
}
std::size_t HttpReceiver::connections() const {
  return impl_->connections();
}
void HttpReceiver::stop() {
  impl_->stop();
}

}  // namespace receiver
