// Killed and stopped again and again, a run comes to what an undisturbed one comes to: nothing lost, nothing twice.
#include <signal.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>
#include <thread>

#include "posts.hpp"
#include "stores.hpp"

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

struct Size {
  int posts, kills, seconds;  // undisturbed
};

Size size() {
  const char* form = std::getenv("EARSHOT_FAULTS");
  if (form != nullptr && std::string(form) == "full") return {200'000, 30, 30};
  return kSanitized ? Size{6'000, 5, 6} : Size{20'000, 8, 8};
}

std::uint64_t seed() {
  const char* given = std::getenv("EARSHOT_FAULTS_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

using Moment = std::pair<std::int64_t, std::int64_t>;

// Changes with each write to the file.
Moment changed(const std::string& file) {
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0) return {};
  return {about.st_mtim.tv_sec * 1'000'000'000 + about.st_mtim.tv_nsec, about.st_size};
}

// Waits for a moment to end the process: while it starts, anywhere, or just when it saves, flushes or commits.
class Moments {
 public:
  Moments(const Folder& folder, std::uint64_t seed, int longest_ms)
      : random_(seed),
        longest_(longest_ms),
        watched_{folder / "saves", folder / "found.db-wal", folder / "found.ndjson",
                 folder / "found.state/state.db-wal"} {}

  void wait(Process& process) {
    const int kind = between(0, 6);
    if (kind == 0 && may_start_) return sleep(between(0, 150'000));
    if (!process.runs()) throw std::runtime_error("it does not start; it said:\n" + process.said());
    sleep(between(30'000, longest_ * 1000));
    if (kind < 3) return;
    const std::string& file = watched_[static_cast<std::size_t>(kind - 3)];
    const Moment before = changed(file);
    wait_until([&] { return changed(file) != before || !process.lives(); }, milliseconds{2000});
    sleep(between(0, 4000));
  }
  void never_at_start() { may_start_ = false; }

 private:
  int between(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
  static void sleep(int some_us) { std::this_thread::sleep_for(microseconds{some_us}); }

  std::mt19937_64 random_;
  int longest_;
  bool may_start_ = true;
  std::vector<std::string> watched_;
};

void make_expected(const Folder& folder, int posts) {
  write_posts(folder, posts);
  const Ended ended = run({"run", "--quiet", write_pipeline(folder, "expected")}, folder / "expected.log");
  INFO(folder.read("expected.log"));
  REQUIRE(ended.code == 0);
  const std::string store = folder / "expected.db";
  REQUIRE(one(store, "SELECT count(*) FROM posts") == std::to_string(posts));
  REQUIRE(one(store, "SELECT observed FROM alerts WHERE kind = 'count'") == std::to_string(posts) + ".0");
  REQUIRE(one(store, "SELECT count(*) > 0 FROM alerts WHERE kind = 'spike'") == "1");
  REQUIRE(one(store, "SELECT count(*) > 0 FROM alerts WHERE kind IN ('drop', 'silence')") == "1");
}

// So slow that no run ends by itself between the signals; whoever wants its end writes the pipeline anew, unthrottled.
std::string throttled(const Folder& folder, const Size& wanted) {
  return write_pipeline(folder, "found",
                        {.rate = wanted.posts / wanted.seconds / 6, .moody = ", mark: " + folder / "saves"});
}

}  // namespace

TEST_CASE("killed at random moments, a run loses nothing and does nothing twice") {
  const Size wanted = size();
  const std::uint64_t chance = seed();
  INFO("EARSHOT_FAULTS_SEED=" << chance);
  Folder folder;
  make_expected(folder, wanted.posts);
  const std::string pipeline = throttled(folder, wanted), log = folder / "found.log";
  Moments moments(folder, chance, 1500 * wanted.seconds / wanted.kills);
  int kills = 0;
  for (; kills < wanted.kills; ++kills) {
    Process process({"run", "--quiet", pipeline}, log);
    moments.wait(process);
    process.signal(SIGKILL);
    if (process.wait().code != 128 + SIGKILL) break;
  }
  INFO(folder.read("found.log"));
  CHECK(kills == wanted.kills);
  REQUIRE(run({"run", "--quiet", write_pipeline(folder, "found")}, log).code == 0);
  check_same(folder, "expected", "found");
}

TEST_CASE("stopped with SIGTERM at random moments, a run exits with 0 each time and loses nothing") {
  const Size wanted{kSanitized ? 4'000 : 10'000, kSanitized ? 3 : 5, 5};
  const std::uint64_t chance = seed();
  INFO("EARSHOT_FAULTS_SEED=" << chance);
  Folder folder;
  make_expected(folder, wanted.posts);
  const std::string pipeline = throttled(folder, wanted), log = folder / "found.log";
  Moments moments(folder, chance, 1000 * wanted.seconds / wanted.kills);
  moments.never_at_start();  // before it runs there is nobody to take the signal
  for (int i = 0; i < wanted.kills; ++i) {
    Process process({"run", "--quiet", pipeline}, log);
    moments.wait(process);
    process.signal(SIGTERM);
    const Ended ended = process.wait();
    INFO(process.said());
    REQUIRE(ended.code == 0);
  }
  REQUIRE(run({"run", "--quiet", write_pipeline(folder, "found")}, log).code == 0);
  INFO(folder.read("found.log"));
  check_same(folder, "expected", "found");
}
