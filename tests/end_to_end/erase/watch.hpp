// watch.hpp: a pipeline with whatever remembers something of authors, over posts of which some are by one whom a test
// erases. One thread.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <string>
#include <thread>

#include "../verbs/at_work.hpp"

class Watch : public AtWork {
 public:
  Watch() {
    write("posts.ndjson", posts());
    write("p.yaml", R"(pipeline: p
state: state
listen: 'off'
watchlist: [{id: acme, names: [Acme]}]
sources:
  feed: {plugin: file, path: posts.ndjson, follow: ${FOLLOW:-no}}
detectors:
  mentions: {plugin: brand_text, from: feed}
  copies:   {plugin: duplicates, from: mentions}
  phrases:  {plugin: keyphrases, from: copies}
  topics:   {plugin: topics, from: phrases}
  news:     {plugin: novelty, from: topics, learn: 1d}
  loud:     {plugin: rule, from: news, where: "chargers", count: 3, within: 1h, per: author}
  unusual:  {plugin: spike, from: loud, window: 1h}
sinks:
  store: {plugin: sqlite, from: unusual, path: var/acme.db}
  desk:  {plugin: alert_file, from: unusual, takes: alerts, path: desk.ndjson}
)");
  }

  Ended earshot_ok(const std::string& words) const {
    const Ended ended = earshot(words);
    INFO(words << "\n" << ended.output);
    REQUIRE(ended.status == 0);
    return ended;
  }

  // Runs the pipeline beside the test, following its file; stop() ends it.
  void begin() const {
    run("cd '" + path().string() +
        "' && { FOLLOW=yes XDG_CACHE_HOME=\"$PWD/cache\" EARSHOT_PLUGIN_PATH='" EARSHOT_PLUGIN_DIR "' '" EARSHOT_BINARY
        "' run p.yaml --quiet >run.log 2>&1 & echo $! >pid; }");
  }
  bool stop() const {
    const std::string pid = "$(cat '" + (path() / "pid").string() + "')";
    run("kill -TERM " + pid);
    return wait([&] { return run("kill -0 " + pid).status != 0; });
  }

  // The first number that SQL gives, from a database in the folder.
  std::int64_t ask(const std::string& file, const char* sql) const {
    sqlite3* database = nullptr;
    std::int64_t number = -1;
    sqlite3_open_v2((path() / file).c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
    sqlite3_busy_timeout(database, 20'000);
    sqlite3_exec(
        database, sql,
        [](void* to, int, char** row, char**) {
          *static_cast<std::int64_t*>(to) = row[0] == nullptr ? 0 : std::atoll(row[0]);
          return 0;
        },
        &number, nullptr);
    sqlite3_close(database);
    return number;
  }

  // False: it did not come.
  static bool wait(const std::function<bool()>& until) {
    for (int i = 0; i < 3000; ++i, std::this_thread::sleep_for(std::chrono::milliseconds{20}))
      if (until()) return true;
    return false;
  }

  static std::string post(int number, const std::string& author, const std::string& text) {
    char time[32];
    std::snprintf(time, sizeof time, "2026-03-%02dT%02d:%02d:00Z", 1 + number / 1440, number / 60 % 24, number % 60);
    return R"({"platform":"mastodon","id":"p)" + std::to_string(number) + R"(","published":")" + time +
           R"(","text":")" + text + R"(","url":"https://mastodon.example/@)" + author + "/" + std::to_string(number) +
           R"(","author":{"id":"id-of-)" + author + R"(","handle":")" + author + R"(","name":"Name of )" + author +
           "\"}}\n";
  }

 private:
  static std::string posts() {
    std::string all;
    for (int i = 0; i < 4000; ++i)
      all += post(i, "reader" + std::to_string(i % 97), "Acme battery number " + std::to_string(i % 13) + " is fine");
    for (int i = 4000; i < 4060; ++i)
      all += post(i, i % 2 == 0 ? "ana_quixote" : "reader" + std::to_string(i % 97),
                  i % 2 == 0 ? "Acme chargers hum like gargantuan xylophones tonight #xylophonia" + std::to_string(i)
                             : "Acme chargers are loud tonight");
    all += R"({"platform":"mastodon","id":"broken","published":"never","author":{"handle":"ana_quixote"}})"
           "\n";
    return all;
  }
};
