#include "receiver/smtp_receiver.hpp"

#include <boost/beast/core/detail/base64.hpp>

namespace receiver {
namespace {

std::string address_in(const std::string& line) {
  const std::size_t open = line.find('<'), close = line.find('>');
  return open == std::string::npos || close == std::string::npos ? "" : line.substr(open + 1, close - open - 1);
}

std::string login_of(const std::string& text) {
  namespace base64 = boost::beast::detail::base64;
  std::string out(base64::decoded_size(text.size()), '\0');
  out.resize(base64::decode(out.data(), text.data(), text.size()).first);
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

SmtpReceiver::SmtpReceiver(Behave behave, std::optional<Certificate> certificate)
    : behave_(std::move(behave)),
      tls_(certificate ? tls_context(*certificate) : nullptr),
      server_([this](tcp::socket& socket) { connected(socket); }) {}

std::vector<Mail> SmtpReceiver::mails() const {
  const std::lock_guard lock(mutex_);
  return mails_;
}

void SmtpReceiver::connected(tcp::socket& socket) {
  boost::asio::write(socket, boost::asio::buffer(std::string("220 test ESMTP\r\n")));
  if (!serve(socket, false)) return;
  boost::asio::ssl::stream<tcp::socket&> stream(socket, *tls_);
  stream.handshake(boost::asio::ssl::stream_base::server);
  serve(stream, true);
}

template <class Stream>
bool SmtpReceiver::serve(Stream& stream, bool encrypted) {
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

}  // namespace receiver
