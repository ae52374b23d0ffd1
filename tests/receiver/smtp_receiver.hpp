// smtp_receiver.hpp: a small SMTP server of a test's own on a loopback port, with STARTTLS where a certificate is
// given. It keeps the mails that came, and answers as the test says.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "receiver/server.hpp"

namespace receiver {

struct Mail {
  std::string from;
  std::vector<std::string> to;
  std::string text;  // as sent, without the dots that SMTP adds
  bool encrypted = false;
  std::string login;  // of AUTH PLAIN: user and password with a colon between
};

class SmtpReceiver {
 public:
  // What is answered to a command line ("RCPT TO:<…>", "DATA", and "." for the end of a mail); empty: all is well.
  using Behave = std::function<std::string(const std::string& line)>;
  explicit SmtpReceiver(
      Behave behave = [](const std::string&) { return std::string(); },
      std::optional<Certificate> certificate = std::nullopt);

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(server_.port()); }
  std::vector<Mail> mails() const;
  std::size_t count() const { return mails().size(); }
  void stop() { server_.stop(); }

 private:
  template <class Stream>
  bool serve(Stream& stream, bool encrypted);  // true: the client wants TLS
  void connected(tcp::socket& socket);

  Behave behave_;
  std::unique_ptr<boost::asio::ssl::context> tls_;
  mutable std::mutex mutex_;  // guards what follows
  std::vector<Mail> mails_;
  Server server_;
};

}  // namespace receiver
