#include "syslog/wire.hpp"

#include <curl/curl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "earshot/error.hpp"

namespace earshot::syslog {

using delivery::Stopped;

namespace {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&& other) noexcept {
    close();
    number_ = std::exchange(other.number_, -1);
    return *this;
  }
  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  int number_ = -1;
};

[[noreturn]] void fail(const std::string& where, int error) {
  throw io_failure("cannot send to " + where + ": " + std::strerror(error));
}

// A datagram for each record, into a Unix socket or over UDP. Nobody says whether it was taken.
class Datagrams : public Wire {
 public:
  explicit Datagrams(Target target) : target_(std::move(target)) {}

  std::size_t most_bytes() const override { return target_.transport == Transport::udp ? 2048 : 8192; }
  void send(std::string_view record, const Stopped&) override {
    if (!socket_.is_open()) open();
    const ssize_t sent = ::send(socket_.get(), record.data(), record.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent == static_cast<ssize_t>(record.size())) return;
    const int error = errno;
    socket_ = Descriptor();  // the collector may have been started anew
    fail(where(), error);
  }

 private:
  std::string where() const { return target_.path.empty() ? target_.host + ":" + target_.port : target_.path; }

  void open() {
    if (target_.transport == Transport::udp) return open_udp();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, target_.path.c_str(), target_.path.size() + 1);
    Descriptor made(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!made.is_open() || ::connect(made.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      fail(where(), errno);
    socket_ = std::move(made);
  }
  void open_udp() {
    addrinfo hints{};
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (const int code = ::getaddrinfo(target_.host.c_str(), target_.port.c_str(), &hints, &found); code != 0)
      throw io_failure("cannot find " + target_.host + ": " + ::gai_strerror(code));
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, ::freeaddrinfo);
    int error = EHOSTUNREACH;
    for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
      Descriptor made(::socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol));
      if (made.is_open() && ::connect(made.get(), at->ai_addr, at->ai_addrlen) == 0) {
        socket_ = std::move(made);
        return;
      }
      error = errno;
    }
    fail(where(), error);
  }

  Target target_;
  Descriptor socket_;
};

// A stream with the length of each record before it (RFC 6587, RFC 5425). Connection and TLS are curl's, which
// verifies the certificate as everywhere.
class Stream : public Wire {
 public:
  explicit Stream(Target target) : target_(std::move(target)) {}

  std::size_t most_bytes() const override { return 8192; }
  void send(std::string_view record, const Stopped& stopped) override {
    if (easy_ && has_gone()) easy_.reset();
    if (!easy_) open(stopped);
    const std::string frame = std::to_string(record.size()).append(" ").append(record);
    try {
      write(frame, stopped);
    } catch (...) {
      easy_.reset();  // half a record may be there: nothing can follow it
      throw;
    }
  }

 private:
  struct Close {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  std::string where() const { return target_.host + ":" + target_.port; }

  static int look_around(void* ctx, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return (*static_cast<const Stopped*>(ctx))() ? 1 : 0;
  }

  void open(const Stopped& stopped) {
    std::unique_ptr<CURL, Close> easy(curl_easy_init());
    if (!easy) throw std::bad_alloc();
    const bool tls = target_.transport == Transport::tls;
    const std::string url = (tls ? "https://" : "http://") + where();
    char message[CURL_ERROR_SIZE] = "";
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(easy.get(), option, value); };
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_CONNECT_ONLY, 1L);
    set(CURLOPT_SSL_ENABLE_ALPN, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(target_.timeout.count() / 1'000'000));
    set(CURLOPT_ERRORBUFFER, message);
    set(CURLOPT_XFERINFOFUNCTION, look_around);
    set(CURLOPT_XFERINFODATA, &stopped);
    set(CURLOPT_NOPROGRESS, 0L);
    if (!target_.ca_file.empty()) set(CURLOPT_CAINFO, target_.ca_file.c_str());
    const CURLcode code = curl_easy_perform(easy.get());
    set(CURLOPT_ERRORBUFFER, nullptr);
    set(CURLOPT_NOPROGRESS, 1L);  // `stopped` is this call's
    if (code == CURLE_OK) return static_cast<void>(easy_ = std::move(easy));
    if (code == CURLE_ABORTED_BY_CALLBACK) throw cancelled();
    const std::string what = where() + ": " + (message[0] != 0 ? message : curl_easy_strerror(code));
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE) throw not_allowed(what);
    throw io_failure(what);
  }

  // The collector never says anything; an end is how it goes away.
  bool has_gone() {
    char byte = 0;
    std::size_t size = 0;
    const CURLcode code = curl_easy_recv(easy_.get(), &byte, 1, &size);
    return code != CURLE_AGAIN && (code != CURLE_OK || size == 0);
  }

  void write(std::string_view text, const Stopped& stopped) {
    const auto until = std::chrono::steady_clock::now() + target_.timeout;
    while (!text.empty()) {
      std::size_t sent = 0;
      const CURLcode code = curl_easy_send(easy_.get(), text.data(), text.size(), &sent);
      text.remove_prefix(sent);
      if (code == CURLE_OK) continue;
      if (code != CURLE_AGAIN) throw io_failure(where() + ": " + curl_easy_strerror(code));
      if (stopped()) throw cancelled();
      if (std::chrono::steady_clock::now() > until) throw io_failure(where() + " takes nothing");
      curl_socket_t socket = CURL_SOCKET_BAD;
      curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket);
      pollfd wanted{static_cast<int>(socket), POLLOUT, 0};
      ::poll(&wanted, 1, 100);
    }
  }

  Target target_;
  std::unique_ptr<CURL, Close> easy_;
};

}  // namespace

Target read_target(const std::string& url) {
  const auto wrong = [] {
    return invalid("the collector is written as unix:///dev/log, udp://host:514, tcp://host:601 or tls://host:6514");
  };
  Target target;
  const std::size_t end = url.find("://");
  if (end == std::string::npos) throw wrong();
  const std::string scheme = url.substr(0, end), rest = url.substr(end + 3);
  if (scheme == "unix") {
    if (!rest.starts_with("/") || rest.size() >= sizeof(sockaddr_un::sun_path)) throw wrong();
    return target.path = rest, target;
  }
  if (scheme != "udp" && scheme != "tcp" && scheme != "tls") throw wrong();
  target.transport = scheme == "udp" ? Transport::udp : scheme == "tcp" ? Transport::tcp : Transport::tls;
  const std::size_t colon = rest.rfind(':');
  if (colon == std::string::npos || colon == 0) throw wrong();
  target.host = rest.substr(0, colon), target.port = rest.substr(colon + 1);
  const bool digits = !target.port.empty() && target.port.size() <= 5 &&
                      target.port.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || target.host.find_first_of("/@?# \r\n\t") != std::string::npos) throw wrong();
  if (target.transport == Transport::udp && target.host.starts_with("[") && target.host.ends_with("]"))
    target.host = target.host.substr(1, target.host.size() - 2);
  return target;
}

std::unique_ptr<Wire> make_wire(const Target& target) {
  if (target.transport == Transport::unix_socket || target.transport == Transport::udp)
    return std::make_unique<Datagrams>(target);
  return std::make_unique<Stream>(target);
}

}  // namespace earshot::syslog
