// The command report, and the sink that makes reports on a schedule.
#include <catch2/catch.hpp>
#include <chrono>
#include <set>
#include <thread>

#include "week.hpp"

using namespace earshot::testing;
using Catch::Contains;

namespace {

// The component of that kind in the plugin, which has two of one name.
const ear_component& component(std::uint32_t kind) {
  static_cast<void>(loaded("report"));
  void* library = ::dlopen((std::string(EARSHOT_PLUGIN_DIR) + "/report.so").c_str(), RTLD_NOW | RTLD_LOCAL);
  const auto* module = static_cast<const ear_module*>(::dlsym(library, "earshot_module"));
  for (auto at = module->components; *at != nullptr; ++at)
    if ((*at)->kind == kind) return **at;
  throw std::runtime_error("there is no such component");
}

struct Scheduled {
  Scheduled(Filled& filled, std::string out, const char* schedule = "0 7 * * mon")
      : sink(component(EAR_SINK), {{"store", filled.path},
                                   {"path", out},
                                   {"schedule", schedule},
                                   {"format", std::vector<std::string>{"json"}}}),
        folder(std::move(out)) {}
  // Turns the clock to that time, and waits for a report that is in the making.
  void go_to(const char* time) {
    sink.pass(at(time) - sink.now());
    for (int i = 0; i < 1000 && sink.metric("reports") + sink.metric("reports_failed") == done_; ++i) {
      sink.pass(std::chrono::seconds{1});
      std::this_thread::sleep_for(std::chrono::milliseconds{i < 20 ? 5 : 20});
      if (i == 30 && files().size() == static_cast<std::size_t>(done_)) break;  // nothing is due
    }
    done_ = sink.metric("reports") + sink.metric("reports_failed");
  }
  std::set<std::string> files() const {
    std::set<std::string> all;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none)) all.insert(entry.path().filename());
    return all;
  }
  SinkHarness sink;
  std::string folder;
  double done_ = 0;
};

}  // namespace

TEST_CASE("the command writes a report and says where") {
  Filled filled(two_weeks);
  const Folder folder;
  CommandHarness command(component(EAR_COMMAND), {{"store", filled.path},
                                                  {"period", "2026-05-11..2026-05-17"},
                                                  {"out", folder / "r"},
                                                  {"format", std::vector<std::string>{"html,md", "json"}}});
  CHECK(command.run() == 0);
  CHECK_THAT(command.out(),
             Contains("report-2026-05-11_2026-05-17.html\n") && Contains(".md\n") && Contains(".json\n"));
  CHECK_THAT(folder.read("r/report-2026-05-11_2026-05-17.html"), Contains("11 to 17 May 2026") && Contains("up 101 %"));
}

TEST_CASE("on its schedule the sink writes the week that is over") {
  Filled filled(two_weeks);
  const Folder folder;
  Scheduled report(filled, folder / "r");
  report.sink.now("2026-05-15T00:00:00Z");
  report.sink.start();
  report.go_to("2026-05-18T06:59:00Z");
  CHECK(report.files().empty());
  report.go_to("2026-05-18T07:00:01Z");
  CHECK(report.files() == std::set<std::string>{"report-2026-05-11_2026-05-17.json"});
}

TEST_CASE("what was due while nothing ran is made up once, for the last of it") {
  Filled filled(two_weeks);
  const Folder folder;
  Scheduled report(filled, folder / "r");
  report.sink.now("2026-05-01T00:00:00Z");
  report.sink.start();
  report.sink.save();
  report.sink.stop();
  report.sink.now("2026-05-20T12:00:00Z");  // three Mondays later
  report.sink.reload();
  report.go_to("2026-05-20T12:00:01Z");
  CHECK(report.files() == std::set<std::string>{"report-2026-05-11_2026-05-17.json"});
  report.sink.save();
  report.sink.reload();
  report.go_to("2026-05-20T12:30:00Z");
  CHECK(report.files().size() == 1);
}

TEST_CASE("a report that fails is told and tried again") {
  Filled filled(two_weeks);
  const Folder folder;
  Scheduled report(filled, folder.write("file", "in the way"));
  report.sink.now("2026-05-18T06:59:00Z");
  report.sink.start();
  report.go_to("2026-05-18T07:00:01Z");
  CHECK_THAT(report.sink.log_text(), Contains("the report was not made: cannot write"));
  std::filesystem::remove(folder / "file");
  report.go_to("2026-05-18T07:11:00Z");
  CHECK(report.files().size() == 1);
}

TEST_CASE("at the end of a run the last period with posts is written, where that is wanted") {
  Filled filled(two_weeks);
  const Folder folder;
  for (const bool wanted : {false, true}) {
    SinkHarness sink(component(EAR_SINK), {{"store", filled.path},
                                           {"path", folder / "r"},
                                           {"at_end", wanted},
                                           {"format", std::vector<std::string>{"html", "json"}}});
    sink.now("2027-01-01T00:00:00Z");
    sink.start();
    sink.flush();
    sink.stop();
    CHECK(std::filesystem::exists(folder / "r/report-2026-05-11_2026-05-17.html") == wanted);
    CHECK(std::filesystem::exists(folder / "r/report-2026-05-11_2026-05-17.json") == wanted);
  }
}

TEST_CASE("a report at the end that cannot be made is told, and ends nothing") {
  const Folder folder;
  SinkHarness sink(component(EAR_SINK), {{"store", folder / "nowhere.db"}, {"path", folder / "r"}, {"at_end", true}});
  sink.start();
  sink.stop();
  CHECK_THAT(sink.log_text(), Contains("the report was not made: there is no store"));
}

TEST_CASE("a schedule or zone that cannot be is told with its option") {
  const auto made = [](const char* option, const char* value) {
    SinkHarness sink(component(EAR_SINK), {{option, value}});
    sink.create();
  };
  CHECK_THROWS_WITH(made("schedule", "sometimes"), Contains("is no cron expression"));
  CHECK_THROWS_WITH(made("time_zone", "Mars/Olympus"), Contains("this is no time zone"));
}
