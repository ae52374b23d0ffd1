#include "observe/tap.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "client.hpp"

using namespace earshot::host;

namespace {

struct Fixture {
  Log log{{Level::error, false, [](std::string_view) {}}};
  TapHub hub;
  Door door{"127.0.0.1:0", log};

  Fixture() {
    hub.serve_at(door);
    door.open();
  }
};

void wait_for(const TapPoint& point, bool wanted) {
  while (point.wanted() != wanted) std::this_thread::yield();
}

}  // namespace

TEST_CASE("a point is wanted while somebody watches") {
  Fixture f;
  const auto point = f.hub.point("feeds", Side::out);
  CHECK_FALSE(point->wanted());
  {
    Client client(f.door.port());
    client.get("/tap?component=feeds");
    wait_for(*point, true);
    point->push("{\"id\":\"1\"}");
    CHECK(client.until("{\"id\":\"1\"}\n").find("200 OK") != std::string::npos);
  }
  wait_for(*point, false);
}

TEST_CASE("after its limit of lines a watcher is let go") {
  Fixture f;
  const auto point = f.hub.point("feeds", Side::out);
  Client client(f.door.port());
  client.get("/tap?component=feeds&limit=2");
  wait_for(*point, true);
  for (const char* line : {"one", "two", "three"}) point->push(line);
  CHECK_FALSE(point->wanted());
  const std::string got = client.rest();
  CHECK(got.find("two\n") != got.npos);
  CHECK(got.find("three") == got.npos);
}

TEST_CASE("what comes out is watched unless the way in is asked for or is all there is") {
  Fixture f;
  const auto in = f.hub.point("spam", Side::in), out = f.hub.point("spam", Side::out),
             sink = f.hub.point("store", Side::in);
  Client first(f.door.port()), second(f.door.port()), third(f.door.port());
  first.get("/tap?component=spam");
  wait_for(*out, true);
  CHECK_FALSE(in->wanted());
  second.get("/tap?component=spam&where=in");
  wait_for(*in, true);
  third.get("/tap?component=store");
  wait_for(*sink, true);
}

TEST_CASE("a wrong question is answered with what may be asked") {
  Fixture f;
  (void)f.hub.point("feeds", Side::out);
  const std::string unknown = fetch(f.door.port(), "/tap?component=feed");
  CHECK(status(unknown) == 404);
  CHECK(unknown.find("feeds (out)") != unknown.npos);
  CHECK(status(fetch(f.door.port(), "/tap?component=feeds&where=in")) == 404);
  CHECK(status(fetch(f.door.port(), "/tap?component=feeds&where=up")) == 400);
  for (const char* limit : {"0", "-1", "x", "1x", "99999999999999999999999"})
    CHECK(status(fetch(f.door.port(), std::string("/tap?component=feeds&limit=") + limit)) == 400);
}

TEST_CASE("after a reload the same place is the same point") {
  TapHub hub;
  CHECK(hub.point("a", Side::in) == hub.point("a", Side::in));
  CHECK(hub.point("a", Side::in) != hub.point("a", Side::out));
}

TEST_CASE("many threads push while watchers come and go") {
  Fixture f;
  const auto point = f.hub.point("feeds", Side::out);
  std::atomic<bool> stop = false;
  std::vector<std::thread> pushers;
  pushers.reserve(3);
  for (int t = 0; t < 3; ++t)
    pushers.emplace_back([&] {
      while (!stop)
        if (point->wanted()) point->push("{\"n\":1}");
    });
  for (int i = 0; i < 20; ++i) {
    Client client(f.door.port());
    client.get("/tap?component=feeds");
    CHECK(client.until("{\"n\":1}\n").find("{\"n\":1}") != std::string::npos);
  }
  stop = true;
  for (auto& pusher : pushers) pusher.join();
}
