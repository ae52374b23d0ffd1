// A new config while the old one runs.
#include <catch2/catch.hpp>

#include "rig.hpp"

using namespace rig;

namespace {

struct Running {
  Rig rig;
  std::atomic<std::uint64_t> counted{0};
  explicit Running(const std::filesystem::path& state) : rig(state) {
    rig.source("in");
    rig.detector("count", {"in"});
    rig.sink("out", {"count"});
    rig.sources["in"].endless = true;
    for (int i = 0; i < 100; ++i) rig.sources["in"].posts.push_back({std::to_string(i), 1000 + i});
    rig.detectors["count"].post = [this](const earshot::Post&, earshot::Out&) { ++counted; };
    rig.detectors["count"].save = [this](earshot::StateOut& out) { out.put("n", std::to_string(counted)); };
    rig.start();
    REQUIRE(rig.wait([&] { return rig.ids("out").size() == 100; }));
  }
  bool said(const std::string& text) {
    return rig.wait([&] { return rig.log().find(text) != std::string::npos; });
  }
};

}  // namespace

TEST_CASE("a reload adds and removes components; what is unchanged runs on, without a stop") {
  Folder folder;
  Running running(folder.path());
  Rig& rig = running.rig;
  Plan next = rig.plan;
  rig.read_again = [&]() -> std::optional<Plan> {
    Rig& r = rig;
    ComponentPlan extra = r.plan.sinks[0];
    extra.id = "extra";
    Plan plan = r.plan;
    plan.sinks.push_back(extra);
    return plan;
  };
  rig.reload();
  REQUIRE(running.said("the new config runs"));
  CHECK(rig.stopped.empty());
  CHECK(rig.started == std::vector<std::string>{"out", "count", "in", "extra"});
  CHECK(rig.stop().end == RunResult::End::stopped);
  CHECK(running.counted == 100);  // nothing came twice
}

TEST_CASE("a component whose handling changed is made anew, with its state") {
  Folder folder;
  Running running(folder.path());
  Rig& rig = running.rig;
  std::atomic<bool> loaded{false};
  rig.detectors["count"].load = [&](std::string_view, std::string_view value) { loaded = value == "100"; };
  rig.read_again = [&]() -> std::optional<Plan> {
    Plan plan = rig.plan;
    plan.detectors[0].deadline = std::chrono::seconds{7};
    return plan;
  };
  rig.reload();
  REQUIRE(running.said("the new config runs"));
  CHECK(loaded);
  CHECK(rig.stopped == std::vector<std::string>{"count"});
  rig.stop();
}

TEST_CASE("a broken new config is told, and the old one runs on") {
  Folder folder;
  Running running(folder.path());
  Rig& rig = running.rig;
  rig.read_again = [] { return std::nullopt; };
  rig.reload();
  REQUIRE(running.said("the new config has faults; the old one runs on"));
  CHECK(rig.stopped.empty());
  CHECK(rig.stop().end == RunResult::End::stopped);
}

TEST_CASE("state that the new version cannot load is told before anything stops") {
  Folder folder;
  Running running(folder.path());
  Rig& rig = running.rig;
  rig.detectors["count"].load = [](std::string_view, std::string_view) { throw earshot::unsupported("too old"); };
  REQUIRE(rig.wait([&] { return rig.metrics().find("earshot_checkpoint_seconds_count 2") != std::string::npos; }));
  rig.read_again = [&]() -> std::optional<Plan> {
    Plan plan = rig.plan;
    plan.detectors[0].deadline = std::chrono::seconds{7};
    return plan;
  };
  rig.reload();
  REQUIRE(running.said("too old"));
  CHECK(rig.stopped.empty());
  CHECK(rig.stop().end == RunResult::End::stopped);
}

TEST_CASE("new parts that do not start give way to the old ones") {
  Folder folder;
  Running running(folder.path());
  Rig& rig = running.rig;
  std::atomic<int> loads{0};
  rig.detectors["count"].load = [&](std::string_view, std::string_view) {
    if (++loads == 2) throw earshot::io_failure("the port is taken");  // the first is the trial
  };
  REQUIRE(rig.wait([&] { return rig.metrics().find("earshot_checkpoint_seconds_count 2") != std::string::npos; }));
  rig.read_again = [&]() -> std::optional<Plan> {
    Plan plan = rig.plan;
    plan.detectors[0].deadline = std::chrono::seconds{7};
    return plan;
  };
  rig.reload();
  REQUIRE(running.said("the old config runs on"));
  CHECK(rig.stopped == std::vector<std::string>{"count"});
  CHECK(rig.started.back() == "count");
  CHECK(rig.stop().end == RunResult::End::stopped);
}
