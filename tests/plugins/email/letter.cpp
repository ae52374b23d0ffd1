// A message as a mail: its headers, text, HTML and chart.
#include "email/letter.hpp"

#include <catch2/catch.hpp>

#include "../alert_samples.hpp"
#include "alert_book/alert.hpp"
#include "earshot/error.hpp"
#include "email/chart.hpp"

using namespace earshot::email;
using namespace earshot::delivery;
using Catch::Contains;
using Catch::StartsWith;
using earshot::alert_book::Route;

namespace {

const Sender kSender{read_address("Earshot <earshot@example.org>"), {read_address("desk@example.org")}, "[Earshot]"};

Envelope message(Purpose purpose, const std::string& subject = "acme", const std::string& pipeline = "watch") {
  earshot::testing::TestAlert said;
  said.kind = "spike", said.subject = subject, said.start = earshot::testing::at("2026-05-01T10:00:00Z");
  said.end = earshot::testing::at("2026-05-01T12:00:00Z");
  earshot::testing::fill(said);
  std::pmr::monotonic_buffer_resource memory;
  Route route;
  route.alert = earshot::alert_book::alert_of(*freeze(said, memory));
  const LinkMaker links{"https://watch.example.org", std::string(32, 'k'), "mail"};
  return read_envelope(
      content_of({"0123abcd", pipeline, "mail", purpose, false, 1'777'636'800'000'000'000}, {&route}, links));
}

Letter letter(const Envelope& envelope) {
  return write_letter(envelope, kSender, Zone("UTC"));
}

std::string value_of(const Letter& letter, const std::string& name) {
  for (const std::string& header : letter.headers)
    if (header.starts_with(name + ": ")) return header.substr(name.size() + 2);
  return "none";
}

}  // namespace

TEST_CASE("mails about one alert are one thread: the same subject, and what they refer to") {
  const Letter first = letter(message(Purpose::alert)), second = letter(message(Purpose::closed));
  CHECK(value_of(first, "Subject") == "[Earshot] acme: spike since 2026-05-01 10:00 UTC");
  CHECK(value_of(first, "Subject") == value_of(second, "Subject"));
  CHECK(value_of(first, "References") == value_of(second, "References"));
  CHECK_THAT(value_of(first, "References"), StartsWith("<") && Contains(".mail.watch@example.org>"));
  CHECK(value_of(first, "List-Id") == "<mail.watch.example.org>");
  CHECK(value_of(first, "Message-ID") == "<0123abcd@example.org>");
  CHECK(value_of(first, "Date") == "Fri, 1 May 2026 12:00:00 +0000");
  CHECK(value_of(first, "Auto-Submitted") == "auto-generated");
}

TEST_CASE("no header has a line break but where it is folded, whatever anybody is called") {
  const std::string nasty = "a\r\nBcc: x@example.org\r\n\r\nbody\n\xE2\x80\xA8\x01";
  const Letter made = letter(message(Purpose::alert, nasty, nasty));
  for (const std::string& header : made.headers) {
    INFO(header);
    for (std::size_t at = header.find_first_of("\r\n"); at != std::string::npos;
         at = header.find_first_of("\r\n", at)) {
      CHECK(header.substr(at, 3) == "\r\n ");
      at += 3;
    }
    CHECK_FALSE(header.starts_with("Bcc"));
    for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 2) {
      end = header.find("\r\n", begin);
      CHECK(header.substr(begin, end - begin).size() <= 200);
    }
  }
}

TEST_CASE("a subject of any language is encoded in words that part no character") {
  const std::string subject = header("Subject", "東京 東京 東京 東京 東京 東京 東京 é ü 東京 東京 東京 東京");
  CHECK_THAT(subject, StartsWith("Subject: =?UTF-8?B?"));
  for (const char c : subject) CHECK((c == '\r' || c == '\n' || (c >= 0x20 && c < 0x7F)));
  CHECK(header("X", "plain") == "X: plain");
  CHECK_THAT(header("Subject", std::string(100, 'a') + " " + std::string(30, 'b')), Contains("\r\n b"));
}

TEST_CASE("HTML shows what posts say and runs none of it") {
  const Letter made = letter(message(Purpose::alert));
  CHECK_THAT(made.html, !Contains("<script>") && !Contains("href=\"javascript") && !Contains("<b>"));
  CHECK_THAT(made.html, Contains("&lt;script&gt;") && Contains("ana&lt;b&gt; on mastodon"));
  CHECK_THAT(made.html, Contains("/ack?until=") && Contains(">Acknowledge</a>"));
  CHECK_THAT(made.text, Contains("Acknowledge: https://watch.example.org/alerts/") && Contains("143 (31.2 expected"));
}

TEST_CASE("the chart is a PNG that the HTML names") {
  const Letter made = letter(message(Purpose::alert));
  REQUIRE(made.pictures.size() == 1);
  CHECK_THAT(made.pictures[0].png, StartsWith("\x89PNG\r\n\x1A\n"));
  CHECK_THAT(made.html, Contains("src=\"cid:" + made.pictures[0].id + "\""));
  CHECK(made.pictures[0].png.size() < 2000);
}

TEST_CASE("there is no chart of nothing") {
  CHECK(chart_png({}).empty());
  earshot::alert_book::Alert odd;
  odd.observed = -5, odd.expected = 1e300, odd.lower = -1e300, odd.upper = 1e308;
  CHECK_FALSE(chart_png(odd).empty());
}

TEST_CASE("addresses are read strictly") {
  CHECK(read_address("desk@example.org").address == "desk@example.org");
  CHECK(read_address("Brand \"desk\" <desk@example.org>").name == "Brand desk");
  for (const char* wrong :
       {"", "desk", "@example.org", "desk@", "a b@example.org", "a@b@c", "a@example.org, b@example.org",
        "a@example.org\r\nBcc: b@example.org", "x <a@example.org> y", "<a@exämple.org>"})
    CHECK_THROWS_WITH(read_address(wrong), Contains("is no mail address"));
}
