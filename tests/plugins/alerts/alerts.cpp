// The command alerts, driven through its table, on a book that a channel has filled.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "../alert_samples.hpp"
#include "../loaded.hpp"
#include "alert_book/outbox.hpp"

using namespace earshot::testing;
using namespace earshot::alert_book;
using Catch::Contains;

namespace {

constexpr ear_time kNow = 1'777'636'800'000'000'000;  // 2026-05-01T12:00:00Z, the clock of the harness

class Desk {
 public:
  Desk() : box_(folder_ / "state", "chat") {
    box_.begin("webhook", kNow);
    box_.put({alert("acme"), alert("rival", 3)}, kNow);
  }

  int run(std::initializer_list<std::string_view> words, std::vector<Setting> options = {}) {
    options.push_back({"state", folder_ / "state"}), options.push_back({"by", "ana"});
    CommandHarness command(loaded("alerts"), std::move(options));
    code_ = command.run(words);
    out_ = command.out(), err_ = command.err();
    return code_;
  }
  static Alert alert(const std::string& subject, std::uint32_t severity = 7) {
    TestAlert said;
    said.kind = "spike", said.subject = subject, said.start = said.end = at("2026-05-01T10:00:00Z");
    fill(said, severity);
    std::pmr::monotonic_buffer_resource memory;
    return alert_of(*freeze(said, memory));
  }
  static std::string id(const std::string& subject) { return alert(subject).id; }
  Book book() const { return Book(folder_ / "state"); }
  Outbox& box() { return box_; }
  const std::string& out() const { return out_; }
  const std::string& err() const { return err_; }

 private:
  Folder folder_;
  Outbox box_;
  int code_ = -1;
  std::string out_, err_;
};

}  // namespace

TEST_CASE("list shows what is open, and what holds it back") {
  Desk desk;
  desk.box().hold(Desk::id("rival"), "quiet hours", kNow + 3'600'000'000'000);
  CHECK(desk.run({"list"}) == 0);
  CHECK_THAT(desk.out(), Contains(Desk::id("acme").substr(0, 12) + "  severity 7  acme  spike"));
  CHECK_THAT(desk.out(), Contains("chat: not told; held back: quiet hours, until 2026-05-01 13:00 UTC"));
  CHECK(desk.out().find('\x1B') == std::string::npos);
  desk.run({"list"}, {{"severity", 5}});
  CHECK_THAT(desk.out(), !Contains("rival  spike"));
  desk.run({"list"}, {{"subject", "rival"}});
  CHECK_THAT(desk.out(), !Contains("acme  spike"));
}

TEST_CASE("list leaves closed alerts out, unless all are wanted") {
  Desk desk;
  desk.book().close(Desk::id("acme"), {"ben", kNow});
  desk.run({"list"});
  CHECK_THAT(desk.out(), !Contains("acme  spike"));
  desk.run({"list"}, {{"all", true}});
  CHECK_THAT(desk.out(), Contains("closed by ben"));
  desk.book().close(Desk::id("rival"), {"ben", kNow});
  desk.run({"list"});
  CHECK_THAT(desk.out(), Contains("There are no open alerts"));
}

TEST_CASE("list and show give JSON, an object a line") {
  Desk desk;
  desk.run({"list"}, {{"json", true}});
  std::istringstream in(desk.out());
  int count = 0;
  for (std::string line; std::getline(in, line); ++count) CHECK(boost::json::parse(line).at("life") == "open");
  CHECK(count == 2);
  desk.run({"show", Desk::id("acme")}, {{"json", true}});
  CHECK(boost::json::parse(desk.out()).at("evidence").as_array().size() == 2);
}

TEST_CASE("show tells all that is known about one, harmless for a terminal") {
  Desk desk;
  const std::string id = Desk::id("acme");
  desk.book().acknowledge(id, {"ben", kNow, "looking"});
  CHECK(desk.run({"show", id.substr(0, 8)}) == 0);
  CHECK_THAT(desk.out(), Contains("acknowledged by ben, 2026-05-01 12:00 UTC: looking") && Contains("mastodon/1") &&
                             Contains("observed    143, expected 31.2 (18 to 46)"));
  CHECK(desk.out().find('\x1B') == std::string::npos);
}

TEST_CASE("an alert is acknowledged, closed and opened again by who says so") {
  Desk desk;
  const std::string id = Desk::id("acme");
  CHECK(desk.run({"ack", id.substr(0, 10)}, {{"note", "on it"}}) == 0);
  CHECK_THAT(desk.out(), Contains("acknowledged " + id.substr(0, 12) + " (acme, spike)"));
  CHECK(desk.book().find(id)->life_by == "ana");
  CHECK(desk.book().find(id)->life_note == "on it");
  CHECK(desk.run({"ack", id}) == 1);
  CHECK_THAT(desk.err(), Contains("is acknowledged already"));
  CHECK(desk.run({"close", id}) == 0);
  CHECK(desk.run({"reopen", id}) == 0);
  CHECK(desk.book().find(id)->life == Life::open);
}

TEST_CASE("all that fit are acknowledged at once") {
  Desk desk;
  CHECK(desk.run({"ack"}, {{"all", true}, {"subject", "acme"}}) == 0);
  CHECK(desk.book().find(Desk::id("acme"))->life == Life::acknowledged);
  CHECK(desk.book().find(Desk::id("rival"))->life == Life::open);
  CHECK_THROWS_WITH(desk.run({"ack"}), Contains("say which"));
}

TEST_CASE("a mute is made, shown and lifted") {
  Desk desk;
  CHECK(desk.run({"mute"}, {{"subject", "acme"}, {"for", "2h"}, {"note", "campaign"}}) == 0);
  CHECK_THAT(desk.out(), Contains("mute 1 holds until 2026-05-01 14:00 UTC"));
  desk.run({"list"});
  CHECK_THAT(desk.out(), Contains("mute 1: subject acme, until 2026-05-01 14:00 UTC, by ana: campaign"));
  CHECK(desk.run({"unmute", "1"}) == 0);
  CHECK(desk.run({"unmute", "1"}) == 1);
  CHECK(desk.run({"unmute", "x"}) == 1);
  CHECK_THROWS_WITH(desk.run({"mute"}), Contains("say what to mute"));
  CHECK(desk.run({"mute", Desk::id("rival")}) == 0);
}

TEST_CASE("refused messages are shown and sent again on demand") {
  Desk desk;
  const auto routes = desk.box().to_look_at(kNow);
  std::int64_t number = 0;
  desk.box().plan([&] { number = desk.box().add({0, "alert", "k", "{}", 0, kNow}, {&routes[0]}, kNow); });
  desk.box().refused(number, kNow, "400: no");
  desk.run({"list"});
  CHECK_THAT(desk.out(), Contains("channel chat (webhook): 0 messages wait, 1 were refused"));
  CHECK(desk.run({"resend"}, {{"all", true}}) == 0);
  CHECK(desk.run({"resend"}, {{"all", true}}) == 1);
  CHECK(desk.box().due(kNow).size() == 1);
}

TEST_CASE("what cannot be understood is said in words") {
  Desk desk;
  CHECK_THROWS_WITH(desk.run({}), Contains("say what to do"));
  CHECK_THROWS_WITH(desk.run({"dance"}), Contains("'dance' is none of list"));
  CHECK_THROWS_WITH(desk.run({"show", "ffff"}), Contains("there is no alert"));
  CommandHarness nowhere(loaded("alerts"), {});
  CHECK_THROWS_WITH(nowhere.run({"list"}), Contains("--pipeline FILE"));
  const Folder folder;
  CommandHarness empty(loaded("alerts"), {{"state", folder / "x"}});
  CHECK_THROWS_WITH(empty.run({"list"}), Contains("there is no alert book"));
}
