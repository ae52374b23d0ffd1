// The sink email, driven through its table, against a mail server on a loopback port.
#include <catch2/catch.hpp>

#include "../alerting.hpp"
#include "receiver/smtp_receiver.hpp"

using namespace earshot::testing;
using namespace std::chrono_literals;
using Catch::Contains;
using Catch::StartsWith;
using receiver::Mail;
using receiver::SmtpReceiver;

namespace {

std::vector<Setting> settings(const std::string& server, std::vector<Setting> more = {}) {
  std::vector<Setting> all{
      {"server", server}, {"sender", "Earshot <earshot@example.org>"}, {"to", "[desk@example.org]"}};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

TEST_CASE("an alert arrives as a mail with text, HTML and a picture") {
  SmtpReceiver server;
  Alerting mail("email",
                settings(server.url(), {{"tls", "none"}, {"to", "[desk@example.org, 'Ana <ana@example.org>']"}}));
  mail.raise("acme");
  REQUIRE(comes([&] { return server.count() == 1; }));
  const Mail got = server.mails()[0];
  CHECK(got.from == "earshot@example.org");
  CHECK(got.to == std::vector<std::string>{"desk@example.org", "ana@example.org"});
  CHECK_THAT(got.text, Contains("Subject: [Earshot] acme: spike since") && Contains("multipart/alternative") &&
                           Contains("multipart/related") && Contains("Content-Type: text/plain; charset=utf-8") &&
                           Contains("Content-Type: text/html; charset=utf-8") && Contains("Content-Type: image/png") &&
                           Contains("Content-ID: <chart0."));
  const std::string head = got.text.substr(0, got.text.find("\n\n"));
  CHECK_THAT(head, !Contains("\nBcc") && Contains("\nMessage-ID: <") && Contains("\nList-Id: <test.test.example.org>"));
  for (std::size_t begin = 0, end = 0; (end = got.text.find('\n', begin)) != std::string::npos; begin = end + 1)
    CHECK(end - begin <= 998);
  CHECK(mail.sent(1));
}

TEST_CASE("a mail that is tried again is the same mail") {
  int failures = 2;
  SmtpReceiver server([&](const std::string& line) {
    if (line != "." || failures == 0) return std::string();
    return --failures == 1 ? std::string("451 not now") : std::string("cut");
  });
  Alerting mail("email", settings(server.url(), {{"tls", "none"}}));
  mail.raise("acme");
  REQUIRE(comes([&] {
    mail.sink.now(mail.sink.now() + 100ms);
    return server.count() == 1;
  }));
  REQUIRE(mail.sent(1));
  const auto sendings = mail.book().sendings(mail.book().list({})[0].id);
  REQUIRE(sendings.size() == 1);
  CHECK(sendings[0].attempts == 3);
  CHECK_THAT(server.mails()[0].text, Contains("X-Earshot-Key: " + sendings[0].key));
}

TEST_CASE("with STARTTLS the login and the mail are encrypted, and a certificate of somebody else is not trusted") {
  const auto certificate = receiver::make_certificate("localhost", "127.0.0.1");
  SmtpReceiver server([](const std::string&) { return std::string(); }, certificate);
  const Folder folder;
  const std::string ca = folder.write("ca.pem", certificate.certificate);
  {
    Alerting strict("email", settings(server.url()));
    strict.raise("acme");
    REQUIRE(comes([&] { return !strict.trouble().empty(); }));
    CHECK(server.count() == 0);
  }
  Alerting mail("email", settings(server.url(), {{"ca_file", ca}, {"user", "me"}, {"password", "pass"}}));
  mail.sink.secret("pass", "s3cret");
  mail.raise("acme");
  REQUIRE(comes([&] { return server.count() == 1; }));
  CHECK(server.mails()[0].encrypted);
  CHECK(server.mails()[0].login == "me:s3cret");
  CHECK_THAT(mail.sink.log_text(), !Contains("s3cret"));
}

TEST_CASE("a server that speaks TLS from the start gets mails where its certificate is trusted") {
  const auto certificate = receiver::make_certificate("localhost", "127.0.0.1");
  SmtpReceiver server([](const std::string&) { return std::string(); }, certificate, SmtpReceiver::Tls::at_once);
  const Folder folder;
  Alerting mail("email", settings(server.url(), {{"ca_file", folder.write("ca.pem", certificate.certificate)}}));
  mail.raise("acme");
  REQUIRE(comes([&] { return server.count() == 1; }));
  CHECK(server.mails()[0].encrypted);
}

TEST_CASE("a login that is refused is told without a word of it") {
  const auto certificate = receiver::make_certificate("localhost", "127.0.0.1");
  SmtpReceiver server(
      [](const std::string& line) {
        if (line.starts_with("AUTH")) return line == "AUTH PLAIN" ? "334 " : "535 no such login";
        return line.find('=') != std::string::npos && line.find(' ') == std::string::npos ? "535 no such login" : "";
      },
      certificate);
  const Folder folder;
  Alerting mail("email", settings(server.url(), {{"ca_file", folder.write("ca.pem", certificate.certificate)},
                                                 {"user", "me"},
                                                 {"password", "pass"}}));
  mail.sink.secret("pass", "s3cret");
  mail.raise("acme");
  REQUIRE(comes([&] { return !mail.trouble().empty(); }));
  CHECK(server.count() == 0);
  CHECK_THAT(mail.trouble(), Contains("AUTH: 535 no such login"));
  const auto sendings = mail.book().sendings(mail.book().list({})[0].id);
  for (const std::string& text : {mail.trouble(), mail.sink.log_text(), sendings.at(0).answer})
    CHECK_THAT(text, !Contains("s3cret") && !Contains("AG1lAHMzY3JldA"));  // in base64: \0me\0s3cret
}

TEST_CASE("a server without TLS gets nothing, unless the user says so") {
  SmtpReceiver server;
  Alerting mail("email", settings(server.url()));
  mail.raise("acme");
  REQUIRE(comes([&] { return !mail.trouble().empty(); }));
  CHECK(server.count() == 0);
}

TEST_CASE("a recipient that is refused does not keep the others from their mail") {
  SmtpReceiver server([](const std::string& line) {
    return line.starts_with("RCPT") && line.find("gone@") != std::string::npos ? "550 no such user" : std::string();
  });
  Alerting mail("email", settings(server.url(), {{"tls", "none"}, {"to", "[gone@example.org, desk@example.org]"}}));
  mail.raise("acme");
  REQUIRE(comes([&] { return server.count() == 1; }));
  CHECK(server.mails()[0].to == std::vector<std::string>{"desk@example.org"});
  REQUIRE(mail.sent(1));
  CHECK_THAT(mail.book().sendings(mail.book().list({})[0].id)[0].answer, Contains("550 no such user"));
}

TEST_CASE("where all recipients or the login are refused, the channel is in trouble and the mail waits") {
  SmtpReceiver server(
      [](const std::string& line) { return line.starts_with("RCPT") ? "550 no such user" : std::string(); });
  Alerting mail("email", settings(server.url(), {{"tls", "none"}}));
  mail.raise("acme");
  REQUIRE(comes([&] { return !mail.trouble().empty(); }));
  CHECK_THAT(mail.trouble(), Contains("550 no such user"));
  CHECK(mail.book().channels()[0].waiting == 1);
}

TEST_CASE("a mail that the server does not want is refused, and told") {
  SmtpReceiver server([](const std::string& line) { return line == "." ? "554 looks like spam" : std::string(); });
  Alerting mail("email", settings(server.url(), {{"tls", "none"}}));
  mail.raise("acme");
  REQUIRE(comes([&] { return mail.sink.metric("messages_refused") == 1; }));
  CHECK_THAT(mail.sink.log_text(), Contains("554 looks like spam"));
}

TEST_CASE("options that cannot work are refused with their name") {
  const auto option = [](std::vector<Setting> more) {
    SinkHarness sink(loaded("email"), settings("smtp://mail.example.org:587", std::move(more)));
    try {
      sink.create();
    } catch (const CallFailed& failed) {
      return failed.option;
    }
    return std::string("nothing");
  };
  CHECK(option({{"server", "https://example.org"}}) == "server");
  CHECK(option({{"server", "smtp://me:s3cret@example.org"}}) == "server");
  CHECK(option({{"sender", "nobody"}}) == "sender");
  CHECK(option({{"to", "[a@example.org, nobody]"}}) == "to");
  CHECK(option({{"user", "me"}}) == "password");
  CHECK(option({{"user", "me"}, {"password", "pass"}, {"tls", "none"}}) == "tls");
  CHECK(option({}) == "nothing");
}
