// The alert book: what detectors say and people do is kept, and each channel finds what it has to tell.
#include "alert_book/book.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <thread>

#include "../loaded.hpp"
#include "alert_book/outbox.hpp"
#include "earshot/testing.hpp"

using namespace earshot::alert_book;
using Catch::Contains;
using earshot::testing::Folder;
using earshot::testing::TestAlert;

namespace {

constexpr ear_time kHour = 3'600'000'000'000;
constexpr ear_time kNow = 1'767'225'600'000'000'000;

// An alert as a detector says it.
Alert said(std::string subject, std::uint64_t revision = 1, bool over = false) {
  TestAlert alert;
  alert.kind = "spike", alert.subject = std::move(subject), alert.summary = "more than usual", alert.severity = 6;
  alert.start = earshot::time(kNow - kHour), alert.end = earshot::time(kNow), alert.revision = revision;
  alert.state = over ? EAR_ALERT_CLOSED : EAR_ALERT_OPEN;
  alert.evidence.push_back(
      {"mastodon", "1", "https://example.org/1", "ana", "Acme \xFF fell", earshot::time(kNow), 0.5});
  alert.attributes.push_back(earshot::testing::Tree("down"));
  alert.attributes.back().key = "term";
  std::pmr::monotonic_buffer_resource memory;
  return alert_of(*freeze(alert, memory));
}

std::vector<std::string> subjects(const std::vector<Route>& routes) {
  std::vector<std::string> all;
  for (const Route& route : routes) all.push_back(route.alert.subject);
  return all;
}

using Subjects = std::vector<std::string>;

std::int64_t tell(Outbox& box, ear_time now, const std::string& key = "k1") {
  const std::vector<Route> routes = box.to_look_at(now);
  std::vector<const Route*> all;
  for (const Route& route : routes) all.push_back(&route);
  std::int64_t number = 0;
  box.plan([&] { number = box.add({0, "alert", key, "{}", 0, 0}, all, now); });
  return number;
}

}  // namespace

TEST_CASE("an alert is kept with its evidence and attributes, and text that is no UTF-8 is mended") {
  const Folder folder;
  Outbox(folder / "state", "chat").put({said("acme")}, kNow);
  const Book book(folder / "state");
  const std::vector<Alert> all = book.list({});
  REQUIRE(all.size() == 1);
  CHECK(all[0].subject == "acme");
  CHECK(all[0].severity == 6);
  CHECK(all[0].life == Life::open);
  CHECK(all[0].raised == kNow);
  CHECK_THAT(all[0].evidence, Contains(R"("author":"ana")") && Contains("Acme \xEF\xBF\xBD fell"));
  CHECK(all[0].attributes == R"({"term":"down"})");
}

TEST_CASE("the book is for its owner alone") {
  const Folder folder;
  const Book book(folder / "state");
  struct stat about {};
  for (const char* file : {"alerts.db", "alerts.db-wal"}) {
    REQUIRE(::stat((folder / (std::string("state/") + file)).c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
  }
}

TEST_CASE("without a state folder there is no book, and the message says what to write") {
  CHECK_THROWS_WITH(Book(""), Contains("state: var/NAME"));
}

TEST_CASE("a lower revision and the same one change nothing, a higher one is told again") {
  const Folder folder;
  Outbox box(folder / "state", "chat");
  box.put({said("acme", 2)}, kNow);
  box.sent(tell(box, kNow), kNow, "200");
  for (const Route& route : box.to_look_at(kNow)) box.settle(route.alert.id, EAR_TIME_END);
  box.put({said("acme", 1), said("acme", 2)}, kNow + 1);
  CHECK(box.to_look_at(kNow + 1).empty());
  box.put({said("acme", 3)}, kNow + 2);
  CHECK(subjects(box.to_look_at(kNow + 2)) == Subjects{"acme"});
}

TEST_CASE("each channel has a route of its own for an alert") {
  const Folder folder;
  Outbox chat(folder / "state", "chat"), mail(folder / "state", "mail");
  chat.put({said("acme")}, kNow), mail.put({said("acme")}, kNow);
  chat.sent(tell(chat, kNow), kNow, "200");
  CHECK(Book(folder / "state").list({}).size() == 1);
  CHECK(subjects(mail.to_look_at(kNow)) == Subjects{"acme"});
  CHECK(mail.to_look_at(kNow)[0].told == 0);
  CHECK(chat.to_look_at(kNow)[0].told == 1);
}

TEST_CASE("a life: open, acknowledged, closed, open again, each with who did it") {
  const Folder folder;
  Outbox(folder / "state", "chat").put({said("acme")}, kNow);
  Book book(folder / "state");
  const std::string id = book.list({})[0].id;
  CHECK(book.acknowledge(id, {"ana", kNow + 1, "looking"}));
  CHECK_FALSE(book.acknowledge(id, {"ben", kNow + 2}));
  CHECK(book.find(id)->life == Life::acknowledged);
  CHECK(book.find(id)->life_by == "ana");
  CHECK(book.close(id, {"ben", kNow + 3, "fixed"}));
  CHECK_FALSE(book.close(id, {"ben", kNow + 4}));
  CHECK(book.reopen(id, {"cleo", kNow + 5}));
  CHECK(book.find(id)->life == Life::open);
  const std::vector<LogEntry> log = book.log(id);
  REQUIRE(log.size() == 3);
  CHECK(log[0].what == "reopen");
  CHECK(log[2].who == "ana");
  CHECK(log[2].detail == "looking");
}

TEST_CASE("a detector closes what it says is over, and never undoes what a person closed") {
  const Folder folder;
  Outbox box(folder / "state", "chat");
  box.put({said("acme"), said("rival")}, kNow);
  Book book(folder / "state");
  const std::string acme = said("acme").id, rival = said("rival").id;
  book.close(rival, {"ana", kNow});
  box.put({said("acme", 2, true), said("rival", 2)}, kNow + 1);
  CHECK(book.find(acme)->life == Life::closed);
  CHECK(book.find(acme)->life_by.empty());
  CHECK(book.find(rival)->life == Life::closed);
  CHECK(book.find(rival)->life_by == "ana");
  box.put({said("acme", 3)}, kNow + 2);
  CHECK(book.find(acme)->life == Life::open);
}

TEST_CASE("a mute covers what it names until its time is over or it is lifted") {
  const Folder folder;
  Book book(folder / "state");
  const std::int64_t number = book.mute({.subject = "acme", .kind = "spike"}, kNow + kHour, {"ana", kNow, "campaign"});
  const std::vector<Mute> mutes = book.mutes(kNow);
  REQUIRE(mutes.size() == 1);
  CHECK(mutes[0].scope.covers(said("acme")));
  CHECK_FALSE(mutes[0].scope.covers(said("rival")));
  CHECK(book.mutes(kNow + kHour).empty());
  CHECK(book.unmute(number, {"ana", kNow + 1}));
  CHECK_FALSE(book.unmute(number, {"ana", kNow + 2}));
  CHECK(book.mutes(kNow + 2).empty());
  CHECK_THROWS_WITH(book.mute({}, kNow + kHour, {"ana", kNow}), Contains("say what to mute"));
  CHECK_THROWS(book.mute({.subject = "acme"}, kNow, {"ana", kNow}));
}

TEST_CASE("nobody can change or shorten the log") {
  const Folder folder;
  Outbox(folder / "state", "chat").put({said("acme")}, kNow);
  Book book(folder / "state");
  book.acknowledge(said("acme").id, {"ana", kNow});
  CHECK_THROWS_WITH(book.database().execute("DELETE FROM log"), Contains("only added to"));
  CHECK_THROWS_WITH(book.database().execute("UPDATE log SET who = 'ben'"), Contains("only added to"));
}

TEST_CASE("an alert is named by the beginning of its id where only one has it") {
  const Folder folder;
  Outbox(folder / "state", "chat").put({said("acme"), said("rival")}, kNow);
  const Book book(folder / "state");
  const std::string id = said("acme").id;
  CHECK(book.named(id.substr(0, 12)).id == id);
  CHECK_THROWS_WITH(book.named("zzzz"), Contains("there is no alert"));
  CHECK_THROWS_WITH(book.named("a"), Contains("4 digits"));
}

TEST_CASE("a message waits until it is sent, with the same key all the time") {
  const Folder folder;
  Outbox box(folder / "state", "chat");
  box.put({said("acme")}, kNow);
  const std::int64_t number = tell(box, kNow, "key-1");
  box.failed(number, kNow, kNow + 5, "503");
  CHECK(box.due(kNow).empty());
  CHECK(box.next_due() == kNow + 5);
  Outbox after_a_crash(folder / "state", "chat");
  after_a_crash.begin("webhook", kNow);
  REQUIRE(after_a_crash.due(kNow + 5).size() == 1);
  CHECK(after_a_crash.due(kNow + 5)[0].key == "key-1");
  CHECK(after_a_crash.to_look_at(kNow)[0].under_way);
  after_a_crash.sent(number, kNow + 6, "200");
  CHECK(box.next_due() == EAR_TIME_END);
  const std::vector<Sending> sendings = box.book().sendings(said("acme").id);
  REQUIRE(sendings.size() == 1);
  CHECK(sendings[0].attempts == 2);
  CHECK(sendings[0].state == "sent");
}

TEST_CASE("a refused message waits again where somebody asks for it") {
  const Folder folder;
  Outbox box(folder / "state", "chat");
  box.put({said("acme")}, kNow);
  box.refused(tell(box, kNow), kNow, "400: bad template");
  CHECK(box.waiting() == 0);
  CHECK(box.book().resend(said("acme").id, {"ana", kNow + 1}) == 1);
  CHECK(box.due(kNow + 1).size() == 1);
}

TEST_CASE("what an author said goes out of alerts and messages") {
  const Folder folder;
  Outbox box(folder / "state", "chat");
  box.put({said("acme")}, kNow);
  const std::vector<Route> routes = box.to_look_at(kNow);
  box.plan([&] {
    box.add({0, "alert", "k", R"({"alerts":[{"evidence":)" + routes[0].alert.evidence + "}]}", 0, 0}, {&routes[0]},
            kNow);
  });
  CHECK(box.book().erase("mastodon", "nobody", {"ana", kNow}) == 0);
  CHECK(box.book().erase("mastodon", "ana", {"ben", kNow}) == 1);
  CHECK(box.book().list({})[0].evidence == "[]");
  CHECK(box.due(kNow)[0].content == R"({"alerts":[{"evidence":[]}]})");
}

TEST_CASE("who is erased is no cause any more, and a summary that tells of them gives way to the figures") {
  const Folder folder;
  Outbox box(folder / "state", "chat");
  Alert one = said("one"), other = said("other"), third = said("third");
  one.attributes = R"({"causes":{"authors":[{"value":"mastodon/ana","share":0.9},{"value":"mastodon/anabel"}]},)"
                   R"("key":"mastodon/ana","also":["mastodon/ana","down"]})";
  one.summary = "more than usual, mostly the author mastodon/ana (90 %)";
  other.summary = "acme: ana on mastodon: Acme fell";
  third.evidence = "[]", third.summary = "banana: ana is a word here";
  box.put({one, other, third}, kNow);
  CHECK(box.book().erase("mastodon", "ana", {"ben", kNow}) == 2);
  const Alert found = *box.book().find(one.id);
  CHECK(found.attributes == R"({"causes":{"authors":[{"value":"mastodon/anabel"}]},"key":"","also":["down"]})");
  CHECK(found.summary.empty());
  CHECK(box.book().find(other.id)->summary.empty());
  CHECK(box.book().find(third.id)->summary == third.summary);
}

TEST_CASE("what is erased stands nowhere in the files of the book") {
  const Folder folder;
  Outbox box(folder / "state", "chat");
  Alert alert = said("acme");
  alert.evidence = R"([{"platform":"mastodon","author":"ana","text":"these-were-my-words"}])";
  box.put({alert}, kNow);
  const auto in_files = [&] {
    std::string all;
    for (const char* file : {"state/alerts.db", "state/alerts.db-wal"}) all += folder.read(file);
    return all.find("these-were-my-words") != std::string::npos;
  };
  CHECK(in_files());
  box.book().erase("mastodon", "ana", {"ben", kNow});
  CHECK_FALSE(in_files());
}

TEST_CASE("alerts that were closed long ago are forgotten with their messages, the log is not") {
  const Folder folder;
  Outbox box(folder / "state", "chat");
  box.put({said("acme"), said("rival")}, kNow);
  box.sent(tell(box, kNow), kNow, "200");
  box.book().close(said("acme").id, {"ana", kNow});
  CHECK(box.forget(kNow) == 0);
  CHECK(box.forget(kNow + 1) == 1);
  CHECK(box.book().list({}).size() == 1);
  CHECK(box.book().log("").size() == 1);
}

TEST_CASE("several processes write to one book at once") {
  const Folder folder;
  { const Book first(folder / "state"); }
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      Outbox box(folder / "state", "channel" + std::to_string(t));
      for (int i = 0; i < 20; ++i) box.put({said("subject" + std::to_string(i))}, kNow + i);
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(Book(folder / "state").count({}) == 20);
  CHECK(Book(folder / "state").standings(said("subject7").id).size() == 4);
}

TEST_CASE("a book of a newer version, and a file that is none, are refused in words") {
  const Folder folder;
  {
    const Book book(folder / "state");
    book.database().execute("PRAGMA user_version = 99");
  }
  CHECK_THROWS_WITH(Book(folder / "state"), Contains("newer Earshot"));
  std::filesystem::create_directory(folder / "other");
  folder.write("other/alerts.db", std::string(5000, 'x'));
  CHECK_THROWS_WITH(Book(folder / "other"), Contains("damaged or no store"));
}
