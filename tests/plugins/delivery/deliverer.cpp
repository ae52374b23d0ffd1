// The part of a deliverer without a thread: what is due is planned and attempted, whatever others do to the book.
#include "delivery/deliverer.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "../loaded.hpp"
#include "earshot/testing.hpp"

using namespace earshot::delivery;
using namespace std::chrono_literals;
using earshot::Duration;
using earshot::alert_book::Alert;
using earshot::alert_book::Outbox;
using earshot::testing::Folder;
using earshot::testing::TestHost;
using Kind = Outcome::Kind;

namespace {

Alert alert(const std::string& subject, std::uint32_t severity = 5, std::uint64_t revision = 1, bool over = false) {
  Alert a;
  a.id = "id-of-" + subject, a.revision = revision, a.detector = "unusual", a.kind = "spike", a.subject = subject;
  a.severity = severity, a.over = over, a.evidence = "[]", a.attributes = "{}";
  return a;
}

// Answers as it is told, and keeps what it took.
class Scripted : public Channel {
 public:
  Outcome send(const Envelope& envelope, const Stopped&) override {
    ++attempts;
    Outcome outcome = answer(envelope);
    if (outcome.kind == Kind::sent) taken.push_back(envelope);
    return outcome;
  }
  std::function<Outcome(const Envelope&)> answer = [](const Envelope&) { return Outcome{}; };
  std::vector<Envelope> taken;
  int attempts = 0;
};

// A channel with a book of its own, whose clock stands until it is turned.
class Desk {
 public:
  explicit Desk(Policy policy = {}) : setting_{"test", std::move(policy), {1s, 10s, 0s, 0s}, "", 24h} {
    raw_.set_state_dir(folder_ / "state");
    host_ = earshot::Host(raw_.raw());
    box.emplace(host_.state_dir(), host_.component());
    restart();
  }
  void restart() { delivering_.emplace(host_, setting_, channel, 1); }
  void raise(const Alert& a) { box->put({a}, now()); }
  ear_time step(bool stopping = false) {
    return delivering_->step(stopping, [] { return false; });
  }
  void pass(Duration time) {
    raw_.set_now(raw_.now() + time);
    step();
  }
  ear_time now() const { return earshot::ticks(raw_.now()); }
  earshot::alert_book::Act by_ana() const { return {"ana", now(), ""}; }

  // Of each message that was taken, its purpose and the subjects in it: "alert acme rival".
  std::vector<std::string> told() const {
    std::vector<std::string> all;
    for (const Envelope& e : channel.taken) {
      std::string& text = all.emplace_back(word(e.purpose));
      for (const Item& item : e.items) text += " " + item.alert.subject;
    }
    return all;
  }
  std::string held(const std::string& subject) const { return box->book().standings(alert(subject).id).at(0).held; }

  Scripted channel;
  mutable std::optional<Outbox> box;

 private:
  Folder folder_;
  TestHost raw_;
  earshot::Host host_;
  Setting setting_;
  std::optional<Delivering> delivering_;
};

using Told = std::vector<std::string>;

Policy grouped(Duration within) {
  Policy p;
  p.group_within = within;
  return p;
}

}  // namespace

TEST_CASE("what is said of an alert while the deliverer looks at it is told") {
  Desk desk;
  desk.raise(alert("acme"));
  desk.step();
  REQUIRE(desk.told() == Told{"alert acme"});

  // Another holds the book's lock when the deliverer comes to look, and closes the alert.
  std::atomic<bool> comes = false;
  std::thread looker;
  desk.box->plan([&] {
    looker = std::thread([&] { comes = true, desk.step(); });
    while (!comes) std::this_thread::yield();
    std::this_thread::sleep_for(50ms);  // time to go wrong
    desk.box->book().database().execute(
        "UPDATE alerts SET revision = 2, over = 1, life = 'closed'; UPDATE routes SET look_at = 0;");
  });
  looker.join();
  desk.step();
  CHECK(desk.told() == Told{"alert acme", "closed acme"});
}

TEST_CASE("alerts that come within the time of the first go with it, and a later one does not make them wait longer") {
  Desk desk(grouped(30s));
  desk.raise(alert("acme"));
  desk.step();
  CHECK(desk.held("acme") == "waits for others to go with");
  desk.pass(10s);
  desk.raise(alert("rival"));
  desk.step();
  CHECK(desk.told().empty());
  desk.pass(19s);
  desk.raise(alert("late"));
  desk.step();
  CHECK(desk.told().empty());
  desk.pass(1s);
  CHECK(desk.told() == Told{"alert acme rival late"});
  desk.raise(alert("next"));
  desk.step();
  CHECK(desk.told().size() == 1);
  desk.pass(30s);
  CHECK(desk.told().back() == "alert next");
}

TEST_CASE("an alert that grows while it waits for others goes with them, as it is by then") {
  Desk desk(grouped(30s));
  desk.raise(alert("acme", 4)), desk.raise(alert("rival"));
  desk.step();
  desk.pass(20s);
  desk.raise(alert("acme", 6, 2));
  desk.step();
  CHECK(desk.told().empty());
  desk.pass(10s);
  REQUIRE(desk.told() == Told{"alert acme rival"});
  CHECK(desk.channel.taken[0].items[0].alert.severity == 6);
  desk.pass(30s);
  CHECK(desk.told().size() == 1);
}

TEST_CASE("an urgent alert does not wait for others") {
  Desk desk(grouped(30s));
  desk.raise(alert("acme")), desk.raise(alert("urgent", 9));
  desk.step();
  CHECK(desk.told() == Told{"alert urgent"});
}

TEST_CASE("a stop sends what waits for others at once, and nothing that waits for its time") {
  Policy policy = grouped(1h);
  policy.remind_after = 30min, policy.remind_slowest = 24h, policy.remind_most = 3;
  Desk desk(policy);
  desk.raise(alert("old", 9));
  desk.step();
  desk.raise(alert("acme"));
  desk.step();
  desk.raise(alert("rival"));
  desk.step();
  CHECK(desk.told() == Told{"alert old"});
  desk.step(true);
  CHECK(desk.told() == Told{"alert old", "alert acme rival"});
}

TEST_CASE("what waited for others when the process ended goes out in time after it") {
  Desk desk(grouped(30s));
  desk.raise(alert("acme")), desk.raise(alert("rival"));
  desk.step();
  desk.restart();
  desk.step();
  CHECK(desk.told().empty());
  desk.pass(30s);
  CHECK(desk.told() == Told{"alert acme rival"});
}

TEST_CASE("an attempt that fails is made again, later each time, with the same key and content") {
  Desk desk;
  int failures = 5;
  std::vector<std::string> contents;
  desk.channel.answer = [&](const Envelope& e) {
    contents.push_back(e.json);
    return failures-- > 0 ? Outcome{Kind::later, "503"} : Outcome{};
  };
  desk.raise(alert("acme"));
  const auto wait = [&] {
    const ear_time next = desk.step();
    return Duration{next - desk.now()};
  };
  Duration before{0};
  for (int i = 0; i < 5; ++i) {
    const Duration next = wait();
    CHECK((next >= 500ms && next <= 20s));
    if (i == 2) CHECK(next > before);
    before = next;
    desk.raise(alert("acme", 5, static_cast<std::uint64_t>(i) + 2));  // growth meanwhile changes no message
    desk.pass(next);
  }
  desk.restart();
  desk.pass(10s);
  REQUIRE(desk.told() == Told{"alert acme"});
  CHECK(std::all_of(contents.begin(), contents.end(), [&](const std::string& c) { return c == contents[0]; }));
}

TEST_CASE("the time that a receiver asks for is given to it by all messages") {
  Desk desk;
  desk.channel.answer = [](const Envelope&) { return Outcome{Kind::later, "429", 60s}; };
  desk.raise(alert("acme")), desk.raise(alert("rival"));
  desk.step();
  CHECK(desk.channel.attempts == 1);
  desk.pass(59s);
  CHECK(desk.channel.attempts == 1);
  desk.channel.answer = [](const Envelope&) { return Outcome{}; };
  desk.pass(2s);
  CHECK(desk.told().size() == 2);
}

TEST_CASE("one message that always fails does not keep the others back") {
  Desk desk;
  desk.channel.answer = [](const Envelope& e) {
    return e.items[0].alert.subject == "poison" ? Outcome{Kind::later, "500"} : Outcome{};
  };
  desk.raise(alert("poison"));
  desk.step();
  for (int i = 0; i < 10; ++i) desk.raise(alert("acme" + std::to_string(i)));
  desk.pass(20s);
  CHECK(desk.told().size() == 10);
}

TEST_CASE("a refused message is not sent again until somebody asks for it") {
  Desk desk;
  desk.channel.answer = [](const Envelope&) { return Outcome{Kind::refused, "400: no such field"}; };
  desk.raise(alert("acme"));
  desk.step();
  desk.pass(24h);
  CHECK(desk.channel.attempts == 1);
  desk.channel.answer = [](const Envelope&) { return Outcome{}; };
  CHECK(desk.box->book().resend("", desk.by_ana()) == 1);
  desk.step();
  CHECK(desk.told() == Told{"alert acme"});
}

TEST_CASE("trouble of the channel is told in the book, and gone when messages go out again") {
  Desk desk;
  desk.channel.answer = [](const Envelope&) { return Outcome{Kind::trouble, "401"}; };
  desk.raise(alert("acme"));
  desk.step();
  CHECK(desk.box->book().channels().at(0).trouble == "401");
  desk.channel.answer = [](const Envelope&) { return Outcome{}; };
  desk.pass(20s);
  CHECK(desk.told().size() == 1);
  CHECK(desk.box->book().channels().at(0).trouble.empty());
}

TEST_CASE("an alert that nobody acknowledges is told again at growing intervals, until somebody does") {
  Policy policy;
  policy.remind_after = 1h, policy.remind_slowest = 24h, policy.remind_most = 3;
  Desk desk(policy);
  desk.raise(alert("acme"));
  desk.step();
  desk.pass(59min);
  CHECK(desk.told().size() == 1);
  desk.pass(2min);
  CHECK(desk.told().size() == 2);
  desk.pass(110min);
  CHECK(desk.told().size() == 2);
  desk.pass(11min);
  REQUIRE(desk.told() == Told{"alert acme", "reminder acme", "reminder acme"});
  CHECK(desk.channel.taken[2].items[0].reminders == 2);
  desk.box->book().acknowledge(alert("acme").id, desk.by_ana());
  desk.step();
  CHECK(desk.told().back() == "acknowledged acme");
  desk.pass(600min);
  CHECK(desk.told().size() == 4);
}

TEST_CASE("what waits is shown with the reason, and goes out when the reason is gone") {
  Policy policy;
  policy.quiet = Stretches({"11:00-14:00"}), policy.min_severity = 3;  // the test's clock: 12:00
  Desk desk(policy);
  desk.raise(alert("acme")), desk.raise(alert("small", 2)), desk.raise(alert("urgent", 10));
  desk.step();
  CHECK(desk.told() == Told{"alert urgent"});
  CHECK(desk.held("acme") == "quiet hours");
  CHECK(desk.held("small") == "severity 2 is below 3");
  CHECK(desk.held("urgent").empty());
  desk.pass(121min);
  CHECK(desk.told() == Told{"alert urgent", "alert acme"});
  CHECK(desk.held("acme").empty());
}

TEST_CASE("an escalation goes out only where nobody acknowledges in time") {
  Policy policy;
  policy.escalate_after = 30min;
  Desk desk(policy);
  desk.raise(alert("acme")), desk.raise(alert("rival"));
  desk.step();
  CHECK(desk.held("rival") == "waits whether somebody acknowledges it");
  desk.box->book().acknowledge(alert("acme").id, desk.by_ana());
  desk.pass(31min);
  REQUIRE(desk.told() == Told{"escalation rival"});
  CHECK(desk.channel.taken[0].urgent);
}

TEST_CASE("no more messages than allowed go out in an hour, and the rest goes together") {
  Policy policy;
  policy.most_per_hour = 3;
  Desk desk(policy);
  for (int i = 0; i < 10; ++i) {
    desk.raise(alert("acme" + std::to_string(i)));
    desk.pass(1s);
  }
  CHECK(desk.told().size() == 3);
  CHECK(desk.held("acme9") == "no more than 3 messages an hour");
  desk.pass(61min);
  REQUIRE(desk.told().size() == 4);
  CHECK(desk.channel.taken[3].items.size() == 7);
}

TEST_CASE("a digest gathers alerts for its time of day, as they are by then") {
  Policy policy;
  policy.digest = Moments({"14:30"}), policy.zone = Zone("Europe/Berlin");  // 12:30 in UTC
  Desk desk(policy);
  desk.raise(alert("acme", 4)), desk.raise(alert("rival"));
  desk.step();
  CHECK(desk.held("rival") == "goes into the next digest");
  desk.raise(alert("acme", 6, 2));
  desk.pass(29min);
  CHECK(desk.told().empty());
  desk.pass(1min);
  REQUIRE(desk.told() == Told{"digest acme rival"});
  CHECK(desk.channel.taken[0].items[0].alert.severity == 6);
}

TEST_CASE("a muted alert waits, and goes out where it is still open when the mute is over") {
  Desk desk;
  desk.box->book().mute({.subject = "acme"}, desk.now() + Duration(1h).count(), {"ana", desk.now(), "campaign"});
  desk.raise(alert("acme", 10));
  desk.step();
  CHECK(desk.held("acme") == "muted by ana: campaign");
  desk.pass(61min);
  CHECK(desk.told() == Told{"alert acme"});
}

TEST_CASE("an author who is erased is neither in a message that waits, nor in one that is made later") {
  Policy policy;
  policy.digest = Moments({"14:30"});
  Desk desk(policy);
  const auto by_ana = [](std::string subject, std::uint32_t severity) {
    Alert a = alert(subject, severity);
    a.evidence = R"([{"platform":"forum","id":"1","author":"ana","text":"my words"}])", a.summary = "ana: my words";
    return a;
  };
  desk.channel.answer = [](const Envelope&) { return Outcome{Kind::later, "503"}; };
  desk.raise(by_ana("gathered", 5)), desk.raise(by_ana("waiting", 9));
  desk.step();
  REQUIRE(desk.channel.attempts == 1);
  CHECK(desk.box->book().erase("forum", "ana", desk.by_ana()) == 2);
  desk.channel.answer = [](const Envelope&) { return Outcome{}; };
  desk.pass(150min);
  REQUIRE(desk.told() == Told{"alert waiting", "digest gathered"});
  for (const Envelope& e : desk.channel.taken) CHECK(e.json.find("my words") == std::string::npos);
}
