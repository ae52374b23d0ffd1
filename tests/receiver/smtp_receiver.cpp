#include "receiver/smtp_receiver.hpp"

#include <sodium.h>

#include "receiver/server.hpp"

namespace receiver {
namespace {

std::string address_in(const std::string& line) {
  const std::size_t open = line.find('<'), close = line.find('>');
  return open == std::string::npos || close == std::string::npos ? "" : line.substr(open + 1, close - open - 1);
}

std::string login_of(const std::string& text) {
  std::string out(text.size(), '\0');
  std::size_t size = 0;
  sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr, &size,
                    nullptr, sodium_base64_VARIANT_ORIGINAL);
  out.resize(size);
  const std::size_t first = out.find('\0'), second = out.find('\0', first + 1);
  return second == std::string::npos ? "" : out.substr(first + 1, second - first - 1) + ":" + out.substr(second + 1);
}

template <class Stream>
class Lines {
 public:
  explicit Lines(Stream& stream) : stream_(stream) {}
  std::string next() {
    const std::size_t size = boost::asio::read_until(stream_, boost::asio::dynamic_buffer(text_), "\r\n");
    std::string line = text_.substr(0, size - 2);
    text_.erase(0, size);
    return line;
  }
  void say(const std::string& text) { boost::asio::write(stream_, boost::asio::buffer(text + "\r\n")); }

 private:
  Stream& stream_;
  std::string text_;
};

}  // namespace

class SmtpReceiver::Impl {
 public:
  Impl(Behave behave, const std::optional<Certificate>& certificate, Tls tls)
      : behave_(std::move(behave)),
        tls_(certificate ? tls_context(*certificate) : nullptr),
        at_once_(tls == Tls::at_once),
        server_([this](tcp::socket& socket) { connected(socket); }) {}

  std::string url() const {
    return (at_once_ ? "smtps://127.0.0.1:" : "smtp://127.0.0.1:") + std::to_string(server_.port());
  }
  std::vector<Mail> mails() const {
    const std::lock_guard lock(mutex_);
    return mails_;
  }

 private:
  template <class Stream>
  bool serve(Stream& stream, bool encrypted);  // true: the client wants TLS
  void connected(tcp::socket& socket) {
    const auto welcome = [](auto& to) {
      boost::asio::write(to, boost::asio::buffer(std::string("220 test ESMTP\r\n")));
    };
    if (!at_once_) {
      welcome(socket);
      if (!serve(socket, false)) return;
    }
    boost::asio::ssl::stream<tcp::socket&> stream(socket, *tls_);
    stream.handshake(boost::asio::ssl::stream_base::server);
    if (at_once_) welcome(stream);
    serve(stream, true);
  }

  Behave behave_;
  std::unique_ptr<boost::asio::ssl::context> tls_;
  bool at_once_;
  mutable std::mutex mutex_;  // guards what follows
  std::vector<Mail> mails_;
  Server server_;  // last: it begins at once
};

template <class Stream>
bool SmtpReceiver::Impl::serve(Stream& stream, bool encrypted) {
  Lines<Stream> lines(stream);
  Mail mail;
  std::string login;
  for (;;) {
    const std::string line = lines.next();
    std::string answer;
    {
      const std::lock_guard lock(mutex_);
      answer = behave_(line);
    }
    if (answer == "cut") return false;
    if (!answer.empty()) {
      lines.say(answer);
      continue;
    }
    if (line.starts_with("EHLO")) {
      lines.say("250-test");
      if (tls_ && !encrypted) lines.say("250-STARTTLS");
      lines.say("250-AUTH PLAIN");
      lines.say("250 8BITMIME");
    } else if (line == "STARTTLS" && tls_ && !encrypted) {
      lines.say("220 go on");
      return true;
    } else if (line.starts_with("AUTH PLAIN")) {
      std::string text = line.size() > 11 ? line.substr(11) : "";
      if (text.empty()) lines.say("334 "), text = lines.next();
      login = login_of(text);
      lines.say("235 welcome");
    } else if (line.starts_with("MAIL FROM:")) {
      mail = {};
      mail.from = address_in(line), mail.encrypted = encrypted, mail.login = login;
      lines.say("250 ok");
    } else if (line.starts_with("RCPT TO:")) {
      mail.to.push_back(address_in(line));
      lines.say("250 ok");
    } else if (line == "DATA") {
      lines.say("354 go on");
      for (std::string text = lines.next(); text != "."; text = lines.next())
        mail.text += (text.starts_with(".") ? text.substr(1) : text) + "\n";
      std::string end;
      {
        const std::lock_guard lock(mutex_);
        end = behave_(".");
        if (end.empty() || end.starts_with("2")) mails_.push_back(mail);
      }
      if (end == "cut") return false;
      lines.say(end.empty() ? "250 queued as 1" : end);
    } else if (line == "QUIT") {
      lines.say("221 bye");
      return false;
    } else {
      lines.say(line == "RSET" || line == "NOOP" ? "250 ok" : "502 not known");
    }
  }
}

SmtpReceiver::SmtpReceiver(Behave behave, std::optional<Certificate> certificate, Tls tls)
    : impl_(std::make_unique<Impl>(std::move(behave), certificate, tls)) {}
SmtpReceiver::~SmtpReceiver() = default;

std::string SmtpReceiver::url() const {
  return impl_->url();
}
std::vector<Mail> SmtpReceiver::mails() const {
  return impl_->mails();
}

}  // namespace receiver
