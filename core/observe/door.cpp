#include "observe/door.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_static_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <fstream>
#include <list>
#include <thread>
#include <utility>

#include "base/error.hpp"
#include "observe/door_request.hpp"
#include "observe/stream_queue.hpp"

namespace earshot::host {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using std::chrono::seconds;

constexpr seconds kRequestTime{10};  // to send a request, or to take an answer
constexpr seconds kStreamTime{600};  // a client that takes nothing for so long is gone
constexpr std::string_view kStreamHeader =
    "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n"
    "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
constexpr std::string_view kBusy =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\nConnection: close\r\n\r\n";

// Asio leaves sockets open for the programs that this process starts; they must not keep our port, nor our clients.
void keep_from_children(int fd) {
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);
}

// What the connections share. The door's thread alone once that runs; close() after it has ended.
struct House {
  Log& log;
  Listen listen;
  std::map<std::string, Door::Handler, std::less<>> handlers;
  std::map<std::string, Door::Begin, std::less<>> begins;
  std::size_t connections = 0;
  std::list<std::weak_ptr<StreamQueue>> streams;
  asio::io_context io{1};  // goes first: it holds what refers to the rest
};

// One client, from its request to its answer or the end of its stream. The operation under way holds it.
class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, House& house) : house_(house), stream_(std::move(socket)) { ++house_.connections; }
  ~Connection() { release(); }

  void read() {
    parser_.header_limit(Door::kHeader);
    parser_.body_limit(0);
    stream_.expires_after(kRequestTime);
    http::async_read_header(
        stream_, buffer_, parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
          if (!error) return self->serve();
          if (error == http::error::header_limit || error == http::error::buffer_overflow)
            return self->refuse(431, "The header of the request is too long.");
          if (error == http::error::body_limit) return self->refuse(413, "A request has no body here.");
          const bool told = error != http::error::end_of_stream && error != http::error::partial_message;
          if (told && error.category() == http::make_error_code(http::error::bad_method).category())
            self->refuse(400, "This is no HTTP request.");
        });
  }

 private:
  void serve() {
    const auto& request = parser_.get();
    const auto host = request[http::field::host];
    head_ = request.method() == http::verb::head;
    if (!head_ && request.method() != http::verb::get) return refuse(405, "Only GET and HEAD are there.");
    if (request.chunked()) return refuse(413, "A request has no body here.");
    if (!host_allowed({host.data(), host.size()}, house_.listen.host))
      return refuse(421, "This door is known by its address or as localhost only.");
    const auto query = read_target({request.target().data(), request.target().size()});
    if (!query) return refuse(400, "The address of the request cannot be read.");
    try {
      dispatch(*query);
    } catch (const std::exception& error) {
      house_.log.once_per(Level::warning, "", "a request failed", query->path,
                          "The answer to a request failed: " + std::string(error.what()));
      refuse(500, "The answer failed; the log tells why.");
    }
  }

  void dispatch(const Query& query) {
    if (const auto handler = house_.handlers.find(query.path); handler != house_.handlers.end())
      return answer(handler->second(query));
    if (const auto begin = house_.begins.find(query.path); begin != house_.begins.end())
      return begin_stream(begin->second, query);
    std::string known = "There is";
    for (const auto& [path, handler] : house_.handlers) known += " " + path;
    for (const auto& [path, begin] : house_.begins) known += " " + path;
    refuse(404, known);
  }

  void refuse(unsigned status, std::string_view reason) {
    answer({status, "text/plain; charset=utf-8", std::string(reason) + "\n"});
  }

  void answer(Answer answer) {
    response_.result(answer.status);
    response_.set(http::field::content_type, answer.content_type);
    response_.set(http::field::cache_control, "no-store");
    response_.set("X-Content-Type-Options", "nosniff");
    if (answer.status == 405) response_.set(http::field::allow, "GET, HEAD");
    response_.keep_alive(false);
    response_.content_length(answer.body.size());
    if (!head_) response_.body() = std::move(answer.body);
    stream_.expires_after(kRequestTime);
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return;
      beast::error_code ignored;
      self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
      self->drain();
    });
  }

  // Closing with unread input would reset the connection, and the client might lose the answer. So the rest is read
  // until the client closes, for a bounded time and length.
  void drain() {
    if (drained_ == 0) stream_.expires_after(seconds{1});
    stream_.async_read_some(asio::buffer(scrap_),
                            [self = shared_from_this()](beast::error_code error, std::size_t size) {
                              self->drained_ += size;
                              if (!error && self->drained_ < 256 * 1024) self->drain();
                            });
  }

  auto when_sent() {
    return [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error || self->last_) return self->hang_up();
      self->send_queue();
    };
  }

  void begin_stream(const Door::Begin& begin, const Query& query) {
    if (head_) return answer({200, "application/x-ndjson", ""});
    house_.streams.remove_if([](const auto& queue) { return queue.expired(); });
    if (house_.streams.size() >= Door::kStreams) return refuse(503, "Too many watch already.");
    queue_ = std::make_shared<StreamQueue>([weak = weak_from_this(), &io = house_.io] {
      asio::post(io, [weak] {
        if (const auto self = weak.lock()) self->send_queue();
      });
    });
    if (auto refusal = begin(query, queue_)) {
      std::exchange(queue_, nullptr)->leave();
      return answer(std::move(*refusal));
    }
    house_.streams.push_back(queue_);
    watch_client();
    stream_.expires_after(kStreamTime);
    asio::async_write(stream_, asio::buffer(kStreamHeader), when_sent());
  }

  // A client that watches sends nothing; whatever is read means that it went.
  void watch_client() {
    stream_.socket().async_read_some(asio::buffer(scrap_),
                                     [self = shared_from_this()](beast::error_code, std::size_t) { self->hang_up(); });
  }

  void send_queue() {
    if (!queue_) return;
    last_ = queue_->take(sending_);
    if (sending_.empty() && !last_) {
      sending_ = {};
      stream_.expires_never();
      return;
    }
    stream_.expires_after(kStreamTime);
    if (last_)
      asio::async_write(stream_, http::make_chunk_last(), when_sent());
    else
      asio::async_write(stream_, http::make_chunk(asio::buffer(sending_)), when_sent());
  }

  void hang_up() {
    release();
    stream_.close();
  }

  void release() {
    if (const auto queue = std::exchange(queue_, nullptr)) queue->leave();
    if (std::exchange(counted_, false)) --house_.connections;
  }

  House& house_;
  beast::tcp_stream stream_;
  beast::flat_static_buffer<Door::kHeader> buffer_;
  http::request_parser<http::empty_body> parser_;
  http::response<http::string_body> response_;
  std::shared_ptr<StreamQueue> queue_;
  std::string sending_;
  char scrap_[512];
  std::size_t drained_ = 0;
  bool head_ = false, last_ = false, counted_ = true;
};

}  // namespace

struct Door::Impl {
  Impl(std::string_view listen, Log& log) : house{log, read_listen(listen), {}, {}, 0, {}} {}

  void accept() {
    acceptor.async_accept([this](beast::error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) return accept_later();
      keep_from_children(socket.native_handle());
      if (house.connections < kConnections) {
        std::make_shared<Connection>(std::move(socket), house)->read();
      } else {
        beast::error_code ignored;
        socket.non_blocking(true, ignored);
        socket.write_some(asio::buffer(kBusy), ignored);
      }
      accept();
    });
  }

  // Out of file descriptors, most likely: at once again would be a busy loop.
  void accept_later() {
    pause.expires_after(std::chrono::milliseconds{200});
    pause.async_wait([this](beast::error_code error) {
      if (!error) accept();
    });
  }

  void run() {
    ::pthread_setname_np(::pthread_self(), "door");
    for (;;) try {
        house.io.run();
        return;
      } catch (const std::exception& error) {
        house.log.error("", "A connection to the local door failed: {}", error.what());
      }
  }

  House house;
  tcp::acceptor acceptor{house.io};
  asio::steady_timer pause{house.io};
  std::thread thread;
  std::uint16_t port = 0;
  std::string address;
  std::filesystem::path published;
};

Door::Door(std::string_view listen, Log& log) : impl_(std::make_unique<Impl>(listen, log)) {}

Door::~Door() {
  close();
}

void Door::on(std::string path, Handler handler) {
  impl_->house.handlers.insert_or_assign(std::move(path), std::move(handler));
}

void Door::stream(std::string path, Begin begin) {
  impl_->house.begins.insert_or_assign(std::move(path), std::move(begin));
}

void Door::open() {
  const Listen& listen = impl_->house.listen;
  try {
    const auto found = tcp::resolver(impl_->house.io).resolve(listen.host, std::to_string(listen.port));
    const tcp::endpoint endpoint = *found.begin();
    impl_->acceptor.open(endpoint.protocol());
    keep_from_children(impl_->acceptor.native_handle());
    impl_->acceptor.set_option(tcp::acceptor::reuse_address(true));
    impl_->acceptor.bind(endpoint);
    impl_->acceptor.listen();
    const tcp::endpoint bound = impl_->acceptor.local_endpoint();
    impl_->port = bound.port();
    std::string host = bound.address().to_string();
    if (bound.address().is_unspecified()) host = bound.address().is_v6() ? "::1" : "127.0.0.1";
    impl_->address = (bound.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(impl_->port);
  } catch (const boost::system::system_error& error) {
    throw Failure("Cannot listen on " + listen.host + ":" + std::to_string(listen.port) + ": " +
                  error.code().message() + ". Choose another address, or port 0.");
  }
  impl_->accept();
  // Signals are the main thread's.
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Door::close() {
  impl_->house.io.stop();
  if (impl_->thread.joinable()) impl_->thread.join();
  beast::error_code ignored;
  impl_->acceptor.close(ignored);
  for (const auto& weak : impl_->house.streams)
    if (const auto queue = weak.lock()) queue->leave();
  impl_->house.streams.clear();
  std::error_code gone;
  if (!impl_->published.empty()) std::filesystem::remove(std::exchange(impl_->published, {}), gone);
}

std::uint16_t Door::port() const {
  return impl_->port;
}

std::string Door::address() const {
  return impl_->address;
}

void Door::publish(const std::filesystem::path& file) {
  // Written beside and renamed, so that a reader never sees half of it.
  std::filesystem::path fresh = file;
  fresh += ".new";
  std::error_code error;
  const bool written = static_cast<bool>(std::ofstream(fresh) << impl_->address << '\n' << std::flush);
  if (written) std::filesystem::rename(fresh, file, error);
  if (!written || error) throw Failure("Cannot write " + file.string() + ", which tells `earshot tap` the address.");
  impl_->published = file;
}

}  // namespace earshot::host
