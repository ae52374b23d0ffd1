// The part of a deliverer without a thread: what is due is planned and attempted, whatever others do to the book.
#include "delivery/deliverer.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "../loaded.hpp"
#include "earshot/testing.hpp"

using namespace earshot::delivery;
using namespace std::chrono_literals;
using earshot::alert_book::Alert;
using earshot::alert_book::Outbox;
using earshot::testing::Folder;
using earshot::testing::TestHost;

namespace {

Alert alert(const std::string& id) {
  Alert a;
  a.id = id, a.revision = 1, a.detector = "unusual", a.kind = "spike", a.subject = "acme", a.severity = 5;
  a.evidence = "[]", a.attributes = "{}";
  return a;
}

// Takes everything, and keeps what it took.
class Taking : public Channel {
 public:
  Outcome send(const Envelope& envelope, const Stopped&) override {
    taken.push_back(envelope);
    return {Outcome::Kind::sent, "taken"};
  }
  std::vector<Envelope> taken;
};

// A channel in a book of its own. The clock stands still.
struct Delivery {
  explicit Delivery(Setting setting = {}) {
    raw.set_state_dir(folder / "state");
    host = earshot::Host(raw.raw());
    box.emplace(host.state_dir(), host.component());
    delivering.emplace(host, std::move(setting), channel, 1);
  }
  ear_time step(bool stopping = false) {
    return delivering->step(stopping, [] { return false; });
  }

  Folder folder;
  TestHost raw;
  earshot::Host host;
  Taking channel;
  std::optional<Outbox> box;
  std::optional<Delivering> delivering;
};

}  // namespace

TEST_CASE("what is said of an alert while the deliverer looks at it is told") {
  Delivery d;
  const ear_time now = earshot::ticks(d.host.now());
  d.box->put({alert("a")}, now);
  d.step();
  REQUIRE(d.channel.taken.size() == 1);

  // Another holds the book's lock when the deliverer comes to look, and closes the alert.
  std::atomic<bool> comes = false;
  std::thread looker;
  d.box->plan([&] {
    looker = std::thread([&] { comes = true, d.step(); });
    while (!comes) std::this_thread::yield();
    std::this_thread::sleep_for(50ms);  // time to go wrong
    d.box->book().database().execute(
        "UPDATE alerts SET revision = 2, over = 1, life = 'closed'; UPDATE routes SET look_at = 0;");
  });
  looker.join();
  d.step();
  REQUIRE(d.channel.taken.size() == 2);
  CHECK(d.channel.taken[1].purpose == Purpose::closed);
}
