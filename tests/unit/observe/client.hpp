// client.hpp: a client of the door that can be as slow and as rude as a test needs.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

class Client {
 public:
  // `buffer`: bytes that the kernel takes in for us; 0: as usual.
  explicit Client(std::uint16_t port, int buffer = 0) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{20, 0};  // for a test that would fail anyway
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (buffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0);
  }
  ~Client() { ::close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t sent = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  void get(std::string_view target, std::string_view method = "GET") const {
    send(std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  // Everything until the door closes.
  std::string rest() {
    while (more()) {
    }
    return std::exchange(text_, {});
  }
  // Everything up to and with `end`; what came behind it stays.
  std::string until(std::string_view end) {
    std::size_t at;
    while ((at = text_.find(end)) == text_.npos)
      if (!more()) return std::exchange(text_, {});
    std::string out = text_.substr(0, at + end.size());
    text_.erase(0, at + end.size());
    return out;
  }

 private:
  bool more() {
    char part[65536];
    const ssize_t size = ::recv(fd_, part, sizeof part, 0);
    if (size > 0) text_.append(part, static_cast<std::size_t>(size));
    return size > 0;
  }

  int fd_;
  std::string text_;
};

inline std::string fetch(std::uint16_t port, std::string_view target, std::string_view method = "GET") {
  Client client(port);
  client.get(target, method);
  return client.rest();
}

inline int status(std::string_view answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::stoi(std::string(answer.substr(9, 3))) : 0;
}

inline std::string body(const std::string& answer) {
  const auto at = answer.find("\r\n\r\n");
  return at == answer.npos ? "" : answer.substr(at + 4);
}
