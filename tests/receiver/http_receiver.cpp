#include "receiver/http_receiver.hpp"

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace receiver {

namespace beast = boost::beast;
namespace http = beast::http;

HttpReceiver::HttpReceiver(Behave behave, std::optional<Certificate> certificate)
    : behave_(std::move(behave)),
      tls_(certificate ? tls_context(*certificate) : nullptr),
      server_([this](tcp::socket& socket) { connected(socket); }) {}

std::string HttpReceiver::url(const std::string& path) const {
  return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(server_.port()) + path;
}

std::vector<Request> HttpReceiver::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}
std::size_t HttpReceiver::count() const {
  const std::lock_guard lock(mutex_);
  return requests_.size();
}
std::size_t HttpReceiver::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void HttpReceiver::connected(tcp::socket& socket) {
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
void HttpReceiver::serve(Stream& stream) {
  beast::flat_buffer buffer;
  for (bool alive = true; alive;) {
    http::request_parser<http::string_body> parser;
    parser.body_limit(64 << 20);
    http::read(stream, buffer, parser);
    Request request;
    request.method = std::string(parser.get().method_string());
    request.target = std::string(parser.get().target());
    request.body = parser.get().body();
    for (const auto& field : parser.get()) {
      std::string name(field.name_string());
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      request.headers[name] = std::string(field.value());
    }
    Reply reply;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      reply = behave_(request);
    }
    std::this_thread::sleep_for(reply.delay);
    if (reply.cut) return;
    http::response<http::string_body> response(static_cast<http::status>(reply.status), 11);
    for (const auto& [name, value] : reply.headers) response.set(name, value);
    alive = parser.get().keep_alive() && !reply.cut_in_body;
    response.keep_alive(alive);
    if (request.method != "HEAD") response.body() = reply.body;
    response.prepare_payload();
    if (reply.cut_in_body) response.set(http::field::content_length, std::to_string(reply.body.size() + 1000));
    http::write(stream, response);
  }
}

}  // namespace receiver
