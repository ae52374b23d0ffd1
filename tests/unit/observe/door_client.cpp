#include "observe/door_client.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "observe/tap.hpp"

using namespace earshot::host;

namespace {

struct Fixture {
  Log log{{Level::error, false, [](std::string_view) {}}};
  TapHub hub;
  std::shared_ptr<TapPoint> point = hub.point("a/b", Side::out);
  std::unique_ptr<Door> door = std::make_unique<Door>("127.0.0.1:0", log);
  std::string address;
  std::vector<std::string> lines;
  bool whole = false;
  std::thread follower;

  Fixture() {
    hub.serve_at(*door);
    door->open();
    address = door->address();
  }
  ~Fixture() {
    if (follower.joinable()) follower.join();
  }
  // Follows until `enough` lines have come; comes back when the point is watched.
  void start(const std::string& more, std::size_t enough) {
    follower = std::thread([this, more, enough] {
      whole = follow(address, "/tap?component=" + percent_encoded("a/b") + more, [&](std::string_view line) {
        lines.emplace_back(line);
        return lines.size() < enough;
      });
    });
    while (!point->wanted()) std::this_thread::yield();
  }
};

}  // namespace

TEST_CASE("lines come whole and in order until the limit") {
  Fixture f;
  const std::string large(300'000, 'x');
  f.start("&limit=3", 99);
  for (const std::string& line : {std::string("one"), large, std::string("three")}) f.point->push(line);
  f.follower.join();
  CHECK(f.whole);
  CHECK(f.lines == std::vector<std::string>{"one", large, "three"});
}

TEST_CASE("who follows may stop at any line") {
  Fixture f;
  f.start("", 1);
  f.point->push("one");
  f.follower.join();
  CHECK(f.whole);
  CHECK(f.lines == std::vector<std::string>{"one"});
}

TEST_CASE("the end of the run is told apart from the end of the answer") {
  Fixture f;
  f.start("", 99);
  f.door.reset();
  f.follower.join();
  CHECK_FALSE(f.whole);
}

TEST_CASE("a refusal is a fault with the door's own words") {
  Fixture f;
  CHECK_THROWS_WITH(follow(f.address, "/tap?component=x", [](std::string_view) { return true; }),
                    Catch::Contains("a/b (out)"));
  f.door.reset();
  CHECK_THROWS_WITH(follow(f.address, "/tap", [](std::string_view) { return true; }), Catch::Contains(f.address));
}

TEST_CASE("what stands in a target is encoded") {
  CHECK(percent_encoded("a-b_c.d~1") == "a-b_c.d~1");
  CHECK(percent_encoded("a b&c=ü") == "a%20b%26c%3D%C3%BC");
}
