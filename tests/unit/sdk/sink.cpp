#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "earshot/command.hpp"
#include "earshot/service.hpp"
#include "earshot/sink.hpp"
#include "earshot/testing.hpp"

namespace {

using namespace earshot::testing;

struct Table {
  int (*answer)();
};
constexpr Table kTable{[] { return 42; }};

// Takes at most two deliveries a call, and never the post "bad".
class Two : public earshot::Sink<> {
 public:
  static constexpr earshot::Info info{"two", "Takes two at once"};
  std::uint32_t write(const earshot::Deliveries& deliveries) {
    std::uint32_t taken = 0;
    for (const earshot::Delivery d : deliveries) {
      if (taken == 2) break;
      if (d.is_post() && d.post().id() == "bad") throw earshot::invalid("it is bad").at_post(taken);
      host().count("taken");
      ++taken;
    }
    return taken;
  }
  void flush() { host().info("flushed"); }
};

class Answers : public earshot::Service<> {
 public:
  static constexpr earshot::Info info{"answers", "Knows the answer"};
  static constexpr const char* offers[] = {"test.answers/1", nullptr};
  const void* table(std::string_view id) { return id == offers[0] ? &kTable : nullptr; }
};

class Ask : public earshot::Command<> {
 public:
  static constexpr earshot::Info info{"ask", "Asks"};
  static constexpr const char* usage = "QUESTION";
  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    io.out(std::string(arguments[0]) + ": " + std::to_string(host().service<Table>("test.answers/1").answer()));
    return 3;
  }
};

TEST_CASE("deliveries are offered again behind the prefix that was taken", "[testing]") {
  Harness<Two> h;
  for (int i = 0; i < 5; ++i) h.post("acme");
  h.write();
  CHECK(h.calls() == 3);
  CHECK(h.metric("taken") == 5);
  h.redeliver();
  CHECK(h.metric("taken") == 10);
  h.flush();
  CHECK(h.log_text() == "flushed\n");
}

TEST_CASE("a delivery that can never be taken is passed over", "[testing]") {
  Harness<Two> h;
  h.post("acme").with_id("bad");
  h.alert("spike", "acme").summary = "Many posts";
  h.gap("2026-05-01", "2026-05-02");
  h.write();
  REQUIRE(h.refused().size() == 1);
  CHECK(h.refused()[0].second == "it is bad");
  CHECK(h.metric("taken") == 2);
}

TEST_CASE("a command is run with a fake service", "[testing]") {
  Harness<Ask> h;
  h.service("test.answers/1", &kTable);
  CHECK(h.run({"why"}) == 3);
  CHECK(h.out() == "why: 42");
}

TEST_CASE("a service's table is reached by its id", "[testing]") {
  Harness<Answers> h;
  REQUIRE(h.table<Table>("test.answers/1") != nullptr);
  CHECK(h.table<Table>("test.answers/1")->answer() == 42);
  CHECK(h.table<Table>("test.answers/2") == nullptr);
}

}  // namespace
