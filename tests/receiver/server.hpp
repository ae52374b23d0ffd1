// server.hpp: what the servers of the tests share: a loopback port, a thread for each connection, TLS where a
// certificate is given, and an end that waits for nothing.
#pragma once

#include <atomic>
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "receiver/certificate.hpp"

namespace receiver {

using boost::asio::ip::tcp;
using TlsStream = boost::asio::ssl::stream<tcp::socket>;

inline std::unique_ptr<boost::asio::ssl::context> tls_context(const Certificate& c) {
  auto context = std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
  context->use_certificate_chain(boost::asio::buffer(c.certificate));
  context->use_private_key(boost::asio::buffer(c.key), boost::asio::ssl::context::pem);
  return context;
}

class Server {
 public:
  using Serve = std::function<void(tcp::socket&)>;  // in a thread of its own; what it throws ends the connection

  explicit Server(Serve serve)
      : serve_(std::move(serve)), acceptor_(io_, {boost::asio::ip::address_v4::loopback(), 0}) {
    port_ = acceptor_.local_endpoint().port();
    thread_ = std::thread([this] { accept(); });
  }
  ~Server() { stop(); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  unsigned short port() const { return port_; }
  void stop() {
    if (stopped_.exchange(true)) return;
    boost::system::error_code ignored;
    ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
    thread_.join();
    acceptor_.close(ignored);
    {
      const std::lock_guard lock(mutex_);
      for (Connection& c : connections_) ::shutdown(c.socket.native_handle(), SHUT_RDWR);
    }
    for (Connection& c : connections_) c.thread.join();
  }
  bool stopped() const { return stopped_; }

 private:
  struct Connection {
    explicit Connection(boost::asio::io_context& io) : socket(io) {}
    tcp::socket socket;
    std::thread thread;
  };

  void accept() {
    while (!stopped_) {
      boost::system::error_code fault;
      Connection* c = nullptr;
      {
        const std::lock_guard lock(mutex_);
        c = &connections_.emplace_back(io_);
      }
      acceptor_.accept(c->socket, fault);
      const std::lock_guard lock(mutex_);
      if (fault) {
        connections_.pop_back();
        continue;
      }
      c->thread = std::thread([this, c] {
        try {
          serve_(c->socket);
        } catch (const std::exception&) {
        }
        ::shutdown(c->socket.native_handle(), SHUT_RDWR);
      });
    }
  }

  Serve serve_;
  boost::asio::io_context io_;
  tcp::acceptor acceptor_;
  unsigned short port_ = 0;
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::list<Connection> connections_;
  std::thread thread_;
};

}  // namespace receiver
