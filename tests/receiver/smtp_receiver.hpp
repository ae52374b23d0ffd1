// smtp_receiver.hpp: a small SMTP server of a test's own on a loopback port, with TLS where a certificate is given. It
// keeps the mails that came, and answers as the test says.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "receiver/certificate.hpp"

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
  enum class Tls { starttls, at_once };  // where there is a certificate
  explicit SmtpReceiver(
      Behave behave = [](const std::string&) { return std::string(); },
      std::optional<Certificate> certificate = std::nullopt, Tls tls = Tls::starttls);

  ~SmtpReceiver();

  std::string url() const;
  std::vector<Mail> mails() const;
  std::size_t count() const { return mails().size(); }

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace receiver
