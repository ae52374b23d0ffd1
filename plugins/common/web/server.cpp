#include "web/server.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <stdexcept>
#include <thread>

#include "web/events.hpp"

namespace earshot::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using asio::awaitable;
using asio::use_awaitable;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kIdle{60};         // between two requests of a connection
constexpr seconds kExchange{15};     // to send a request, or to take an answer
constexpr seconds kHeartbeat{20};    // a stream where nothing happens says so, and learns whether its client is there
constexpr milliseconds kRetry{200};  // where no connection can be taken
constexpr std::size_t kDrain = 64 * 1024;  // bytes that are read, and thrown away, before a refused client is left

// Asio leaves sockets open for the programs that this process starts; they must not keep our port, nor our clients.
void keep_from_children(int fd) {
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);
}

Request request_of(Request target, const http::request<http::string_body>& from, const std::string& peer) {
  target.method.assign(from.method_string().data(), from.method_string().size());
  for (const auto& field : from) {
    std::string name(field.name_string().data(), field.name_string().size());
    for (char& c : name)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    target.fields.insert_or_assign(std::move(name), std::string(field.value().data(), field.value().size()));
  }
  target.body = from.body();
  target.peer = peer;
  return target;
}

http::response<http::string_body> message_of(const Response& response, unsigned version) {
  http::response<http::string_body> out;
  out.result(response.status);
  out.version(version);
  out.set(http::field::content_type, response.content_type);
  out.set(http::field::cache_control, "no-store");
  for (const auto& [name, value] : safe_fields()) out.set(name, value);
  for (const auto& [name, value] : response.fields) out.set(name, value);
  return out;
}

// Why a request cannot be read; nothing where the client simply went.
std::optional<Response> refusal_of(beast::error_code error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow)
    return refusal(431, "The header of the request is too long.");
  if (error == http::error::body_limit) return refusal(413, "The body of the request is too long.");
  if (error == http::error::end_of_stream || error == http::error::partial_message) return {};
  if (error.category() == http::make_error_code(http::error::bad_method).category())
    return refusal(400, "This is no HTTP request.");
  return {};
}

}  // namespace

struct Server::Impl {
  explicit Impl(Settings s) : settings(std::move(s)), listening(settings.address) {}

  void listen();
  awaitable<void> accept();
  awaitable<void> serve(tcp::socket socket);
  awaitable<void> talk(beast::tcp_stream& stream, const std::string& peer);
  awaitable<Response> answer(const http::request<http::string_body>& from, const std::string& peer);
  awaitable<void> send(beast::tcp_stream& stream, const Response& response, unsigned version, bool head, bool keep);
  awaitable<void> follow(beast::tcp_stream& stream, const Response& response);
  awaitable<void> drain(beast::tcp_stream& stream);
  void run();
  void warn(std::string_view what) const {
    if (settings.warn) settings.warn(what);
  }

  Settings settings;
  Address listening;
  std::size_t connections = 0, streams = 0;  // the server's thread
  std::optional<asio::thread_pool> pool;
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  std::thread thread;
};

void Server::Impl::listen() try {
  const auto found = tcp::resolver(io).resolve(listening.host, std::to_string(listening.port));
  const tcp::endpoint endpoint = *found.begin();
  acceptor.open(endpoint.protocol());
  keep_from_children(acceptor.native_handle());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen();
  listening.port = acceptor.local_endpoint().port();
} catch (const boost::system::system_error& error) {
  beast::error_code ignored;
  acceptor.close(ignored);
  throw std::runtime_error(fmt::format("Cannot listen on {}: {}. Choose another address, or port 0.", listening.text(),
                                       error.code().message()));
}

awaitable<void> Server::Impl::accept() {
  for (;;) {
    beast::error_code error;
    tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(use_awaitable, error));
    if (error == asio::error::operation_aborted) co_return;
    if (error || connections >= settings.connections) {
      // Out of file descriptors, most likely, or full: at once again would be a busy loop.
      asio::steady_timer pause(io, kRetry);
      if (error) co_await pause.async_wait(use_awaitable);
      continue;  // the socket, if any, is closed
    }
    keep_from_children(socket.native_handle());
    asio::co_spawn(io, serve(std::move(socket)), asio::detached);
  }
}

awaitable<void> Server::Impl::serve(tcp::socket socket) {
  struct Counted {
    std::size_t& count;
    explicit Counted(std::size_t& c) : count(++c) {}
    ~Counted() { --count; }
  } const counted(connections);
  beast::error_code error;
  const auto end = socket.remote_endpoint(error);
  const std::string peer = error ? std::string() : end.address().to_string();
  beast::tcp_stream stream(std::move(socket));
  try {
    co_await talk(stream, peer);
  } catch (const boost::system::system_error&) {  // the client went, or was too slow
  }
}

awaitable<void> Server::Impl::talk(beast::tcp_stream& stream, const std::string& peer) {
  beast::flat_buffer buffer(kMostHeader + settings.most_body);
  for (bool first = true;; first = false) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(kMostHeader);
    parser.body_limit(settings.most_body);
    // A first byte may take its time, what follows not: whoever sends a byte now and then is left.
    if (buffer.size() == 0) {
      stream.expires_after(first ? kExchange : kIdle);
      const std::size_t read = co_await stream.async_read_some(buffer.prepare(4096), use_awaitable);
      buffer.commit(read);
    }
    stream.expires_after(kExchange);
    beast::error_code error;
    co_await http::async_read(stream, buffer, parser, asio::redirect_error(use_awaitable, error));
    if (error) {
      const auto why = refusal_of(error);
      if (!why) co_return;
      co_await send(stream, *why, 11, false, false);
      co_return co_await drain(stream);
    }
    const auto request = parser.release();
    stream.expires_never();  // a handler takes what it takes
    const Response response = co_await answer(request, peer);
    if (response.follow && request.method() == http::verb::get) co_return co_await follow(stream, response);
    const bool keep = request.keep_alive();
    co_await send(stream, response, request.version(), request.method() == http::verb::head, keep);
    if (!keep) co_return co_await drain(stream);
  }
}

awaitable<Response> Server::Impl::answer(const http::request<http::string_body>& from, const std::string& peer) {
  const auto host = from[http::field::host];
  if (!is_called({host.data(), host.size()}, listening, settings.names))
    co_return refusal(421, "This server is known by its address, as localhost, or by the names in its settings only.");
  auto target = read_target({from.target().data(), from.target().size()});
  if (!target) co_return refusal(400, "The address of the request cannot be read.");
  const Request request = request_of(std::move(*target), from, peer);
  try {
    co_return co_await asio::co_spawn(
        *pool, [&]() -> awaitable<Response> { co_return settings.handler(request); }, use_awaitable);
  } catch (const std::exception& fault) {
    warn(fmt::format("The answer to {} {} failed: {}", request.method, request.path, fault.what()));
  }
  co_return refusal(500, "The answer failed; the log tells why.");
}

awaitable<void> Server::Impl::send(beast::tcp_stream& stream, const Response& response, unsigned version, bool head,
                                   bool keep) {
  auto message = message_of(response, version);
  message.keep_alive(keep);
  message.content_length(response.body.size());
  if (!head) message.body() = response.body;
  http::response_serializer<http::string_body> serializer(message);
  stream.expires_after(kExchange);
  if (head)
    co_await http::async_write_header(stream, serializer, use_awaitable);
  else
    co_await http::async_write(stream, serializer, use_awaitable);
}

awaitable<void> Server::Impl::follow(beast::tcp_stream& stream, const Response& response) {
  if (streams >= settings.streams)
    co_return co_await send(stream, refusal(503, "Too many follow already."), 11, false, false);
  struct Counted {
    std::size_t& count;
    explicit Counted(std::size_t& c) : count(++c) {}
    ~Counted() { --count; }
  } const counted(streams);
  // Shared with whoever pushes: it may outlive this, so it wakes the timer by a weak pointer.
  const auto timer = std::make_shared<asio::steady_timer>(io);
  const auto events = std::make_shared<Events>([weak = std::weak_ptr(timer), this] {
    asio::post(io, [weak] {
      if (const auto there = weak.lock()) there->cancel();
    });
  });
  struct Leave {
    Events& events;
    ~Leave() { events.leave(); }
  } const leave{*events};
  response.follow(events);  // before the client knows: what comes from now on is for it

  auto header = message_of(response, 11);
  header.set(http::field::content_type, "text/event-stream");
  header.chunked(true);
  http::response_serializer<http::string_body> serializer(header);
  stream.expires_after(kExchange);
  co_await http::async_write_header(stream, serializer, use_awaitable);
  for (std::string sending = ":\n\n";; events->take(sending)) {
    if (sending.empty()) {
      beast::error_code ignored;
      timer->expires_after(kHeartbeat);
      co_await timer->async_wait(asio::redirect_error(use_awaitable, ignored));
      events->take(sending);
      if (sending.empty()) sending = ":\n\n";
    }
    stream.expires_after(kExchange);
    co_await asio::async_write(stream, http::make_chunk(asio::buffer(sending)), use_awaitable);
  }
}

// Closing with unread input would reset the connection, and the client might lose the answer. So the rest is read, for
// a bounded time and length.
awaitable<void> Server::Impl::drain(beast::tcp_stream& stream) {
  stream.socket().shutdown(tcp::socket::shutdown_send);
  stream.expires_after(seconds{1});
  char scrap[4096];
  for (std::size_t read = 0; read < kDrain;)
    read += co_await stream.async_read_some(asio::buffer(scrap), use_awaitable);
}

void Server::Impl::run() {
  ::pthread_setname_np(::pthread_self(), "web");
  for (;;) try {
      io.run();
      return;
    } catch (const std::exception& fault) {
      warn(fmt::format("A connection failed: {}", fault.what()));
    }
}

Server::Server(Settings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}

Server::~Server() {
  stop();
}

void Server::start() {
  impl_->listen();
  address_ = impl_->listening;
  // Signals are the program's.
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  impl_->pool.emplace(impl_->settings.workers);
  asio::co_spawn(impl_->io, impl_->accept(), asio::detached);
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Server::stop() {
  if (!impl_) return;
  impl_->io.stop();
  if (impl_->thread.joinable()) impl_->thread.join();
  if (impl_->pool) impl_->pool->join();
  impl_.reset();  // and with it what every connection still holds
}

Address Server::address() const {
  return address_;
}

}  // namespace earshot::web
