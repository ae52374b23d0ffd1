// Backups of a pipeline that runs, sealed exports and dead letters, pseudonyms and retention, as people use them.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "../erase/watch.hpp"

using Catch::Contains;

namespace {

// With another sink, or other keys at the top.
void change(const Watch& work, const std::string& from, const std::string& to) {
  std::string pipeline = work.read("p.yaml");
  const std::size_t at = pipeline.find(from);
  REQUIRE(at != pipeline.npos);
  work.write("p.yaml", pipeline.replace(at, from.size(), to));
}

std::string only_backup(const Watch& work) {
  for (const auto& entry : std::filesystem::directory_iterator(work.path() / "backups"))
    return "backups/" + entry.path().filename().string();
  return {};
}

}  // namespace

TEST_CASE("a backup of a pipeline that writes is of one moment, and a run from it goes on") {
  const Watch work;
  work.begin();
  REQUIRE(Watch::wait([&] { return work.ask("var/acme.db", "SELECT count(*) FROM posts") > 0; }));
  // It goes on writing while the copies are made.
  std::ofstream more(work.path() / "posts.ndjson", std::ios::app);
  for (int i = 5000; i < 9000; ++i) more << Watch::post(i, "reader" + std::to_string(i % 50), "Acme is louder now");
  more.flush();
  const Ended ended = work.earshot("backup --pipeline p.yaml --to backups");
  INFO(ended.output << work.read("run.log"));
  REQUIRE(ended.status == 0);
  REQUIRE(work.stop());
  const std::string backup = only_backup(work);
  work.earshot_ok("restore --from " + backup + " --to again");
  for (const char* file : {"again/acme.db", "again/state.db", "again/alerts.db"}) {
    INFO(file);
    CHECK(work.ask(file, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'") == 0);
  }
  CHECK(work.ask("again/acme.db",
                 "SELECT count(*) FROM posts p WHERE NOT EXISTS(SELECT 1 FROM segments s WHERE"
                 " s.post = p.post)") == 0);
  CHECK(work.ask("again/acme.db", "SELECT count(*) FROM posts p WHERE p.author NOT IN (SELECT author FROM authors)") ==
        0);
  CHECK(work.ask(
            "again/acme.db",
            "SELECT count(*) - (SELECT coalesce(sum(posts), 0) FROM facts WHERE subject = 0) FROM posts, rollup_state"
            " WHERE post <= rolled_up_to") == 0);
  // From the restored files the run takes up what came since then, once.
  std::filesystem::remove_all(work.path() / "state");
  std::filesystem::remove_all(work.path() / "var");
  std::filesystem::create_directories(work.path() / "state");
  std::filesystem::create_directories(work.path() / "var");
  std::filesystem::rename(work.path() / "again/state.db", work.path() / "state/state.db");
  std::filesystem::rename(work.path() / "again/alerts.db", work.path() / "state/alerts.db");
  std::filesystem::rename(work.path() / "again/acme.db", work.path() / "var/acme.db");
  work.earshot_ok("run p.yaml --quiet");
  CHECK(work.ask("var/acme.db", "SELECT count(*) FROM posts") == 4060 + 4000);
}

TEST_CASE("with a key file dead letters are sealed, and who has the key reads them and brings them back") {
  const Watch work;
  work.earshot_ok("key --new acme.key");
  change(work, "state: state", "state: state\nkey_file: acme.key");
  work.earshot_ok("run p.yaml --quiet");
  CHECK(work.ask("state/state.db", "SELECT count(*) FROM dead_letters WHERE instr(payload, 'ana_quixote') > 0") == 0);
  CHECK_THAT(work.earshot_ok("dlq show p.yaml").output, Contains("ana_quixote"));
  CHECK_THAT(work.earshot_ok("dlq show state").output, Contains("sealed") && !Contains("ana_quixote"));
  work.earshot_ok("dlq replay p.yaml --all");
  work.earshot_ok("run p.yaml --quiet");
  CHECK_THAT(work.earshot_ok("dlq show p.yaml").output, Contains("ana_quixote"));  // it is as broken as before
  work.earshot_ok("erase --pipeline p.yaml --author mastodon/ana_quixote");
  CHECK(work.ask("state/state.db", "SELECT count(*) FROM dead_letters") == 0);
}

TEST_CASE("a key that others may read stops the run before it begins") {
  const Watch work;
  work.earshot_ok("key --new acme.key");
  std::filesystem::permissions(work.path() / "acme.key", std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  change(work, "state: state", "state: state\nkey_file: acme.key");
  const Ended ended = work.earshot("run p.yaml --quiet");
  CHECK(ended.status != 0);
  CHECK_THAT(ended.output, Contains("chmod 600"));
}

TEST_CASE("a sealed file of the ndjson sink goes on over runs, and is opened with its key") {
  const Watch work;
  work.earshot_ok("key --new acme.key");
  change(work, "  desk: ", "  lines: {plugin: ndjson, from: mentions, path: posts.out, key_file: acme.key}\n  desk: ");
  work.earshot_ok("run p.yaml --quiet");
  std::ofstream(work.path() / "posts.ndjson", std::ios::app) << Watch::post(9999, "zoe", "Acme once more");
  work.earshot_ok("run p.yaml --quiet");
  CHECK_THAT(work.read("posts.out"), !Contains("reader1"));
  const Ended ended = work.earshot_ok("unseal posts.out --to plain.ndjson --key-file acme.key --store var/acme.db");
  CHECK_THAT(ended.output, Contains("no end mark"));
  const std::string plain = work.read("plain.ndjson");
  CHECK(std::count(plain.begin(), plain.end(), '\n') == 4061);
  CHECK_THAT(plain, Contains("Acme once more"));
  CHECK_THAT(work.earshot_ok("audit --pipeline p.yaml").output, Contains("unseal: opened posts.out"));
}

TEST_CASE("what is searched goes into a file, sealed or not, and the audit log tells of it without the query") {
  const Watch work;
  work.earshot_ok("key --new acme.key");
  work.earshot_ok("run p.yaml --quiet");
  work.earshot_ok("search 'author:ana_quixote' --pipeline p.yaml --json --to found.ndjson");
  CHECK_THAT(work.read("found.ndjson"), Contains("xylophones"));
  CHECK(work.earshot("search xylophones --pipeline p.yaml --to found.ndjson").status == 1);
  work.earshot_ok("search xylophones --pipeline p.yaml --json --to sealed.ndjson --key-file acme.key");
  CHECK_THAT(work.read("sealed.ndjson"), !Contains("xylophones"));
  work.earshot_ok("unseal sealed.ndjson --to plain.ndjson --key-file acme.key --pipeline p.yaml");
  CHECK_THAT(work.read("plain.ndjson"), Contains("xylophones"));
  const std::string log = work.earshot_ok("audit --pipeline p.yaml").output;
  CHECK_THAT(log, Contains("search: posts, 20") && Contains("found.ndjson") && Contains("search: posts, sealed") &&
                      !Contains("quixote") && !Contains("xylophones"));
  // An export that was told of is told by an erasure.
  CHECK_THAT(work.earshot_ok("erase --pipeline p.yaml --author mastodon/ana_quixote").output,
             Contains("Given away before") && Contains("found.ndjson") && Contains("it is sealed"));
}

TEST_CASE("what people do with alerts and backups is in the audit log") {
  const Watch work;
  work.earshot_ok("run p.yaml --quiet");
  work.earshot_ok("alerts ack --all --kind rule --pipeline p.yaml --by ana");
  work.earshot_ok("alerts mute --subject acme --pipeline p.yaml");
  work.earshot_ok("backup --pipeline p.yaml --to backups");
  const std::string log = work.earshot_ok("audit --pipeline p.yaml").output;
  CHECK_THAT(log, Contains("ana (") && Contains("alerts: ack") && Contains("alerts: mute, 1") &&
                      Contains("backup: plain copies") && Contains("/backups/p-"));
  CHECK_THAT(work.earshot_ok("erase --pipeline p.yaml --author mastodon/ana_quixote").output,
             Contains("Backups from before, which cannot be reached"));
}

TEST_CASE("retention at the command removes what is too old, and says what it would") {
  const Watch work;
  work.earshot_ok("run p.yaml --quiet");
  const Ended dry = work.earshot_ok("retention --pipeline p.yaml --posts 1d --dead-letters 100d --dry-run");
  CHECK_THAT(dry.output, Contains("posts") && Contains("4060"));
  CHECK(work.ask("var/acme.db", "SELECT count(*) FROM posts") == 4060);
  const Ended ended = work.earshot_ok("retention --pipeline p.yaml --posts 1d --dead-letters 0s");
  CHECK_THAT(ended.output, Contains("removed 4060 posts") && Contains("removed 1 dead letter"));
  CHECK(work.ask("var/acme.db",
                 "SELECT (SELECT count(*) FROM posts) + (SELECT count(*) FROM authors) +"
                 " (SELECT count(*) FROM facts) + (SELECT count(*) FROM terms)") == 0);
  CHECK_THAT(work.earshot_ok("audit --pipeline p.yaml").output, Contains("retention: 4060 posts"));
}

TEST_CASE("under pseudonyms nobody is found by name, and who has the key erases them") {
  const Watch work;
  work.earshot_ok("key --new authors.key");
  change(work, "path: var/acme.db", "path: var/acme.db, pseudonyms: authors.key");
  work.earshot_ok("run p.yaml --quiet");
  CHECK(work.ask("var/acme.db", "SELECT count(DISTINCT author) FROM posts") == 98);
  CHECK(work.earshot("search 'author:ana_quixote' --pipeline p.yaml").status == 1);
  const Ended ended = work.earshot("erase --pipeline p.yaml --author mastodon/id-of-ana_quixote");
  INFO(ended.output);
  CHECK_THAT(ended.output, Contains("with 30 posts"));
  CHECK(work.ask("var/acme.db", "SELECT count(*) FROM posts") == 4030);
}

TEST_CASE("a deletion on the platform reaches the store, its index and what alerts quote") {
  const Watch work;
  work.earshot_ok("run p.yaml --quiet");
  REQUIRE(work.ask("var/acme.db", "SELECT count(*) FROM evidence WHERE text IS NOT NULL") > 0);
  std::ofstream gone(work.path() / "posts.ndjson", std::ios::app);
  for (int i = 4000; i < 4060; ++i)
    gone << R"({"platform":"mastodon","id":"p)" << i << R"(","change":"deleted","revision":1})" << '\n';
  gone.close();
  work.earshot_ok("run p.yaml --quiet");
  CHECK(work.ask("var/acme.db", "SELECT count(*) FROM posts WHERE state = 'deleted'") == 60);
  CHECK(work.ask("var/acme.db", "SELECT count(*) FROM search WHERE search MATCH 'xylophones OR loud'") == 0);
  CHECK(work.ask("var/acme.db", "SELECT count(*) FROM segments s JOIN posts p USING(post) WHERE p.state = 'deleted'") ==
        0);
  CHECK(work.ask("var/acme.db",
                 "SELECT count(*) FROM evidence e JOIN posts p USING(platform, id) WHERE"
                 " p.state = 'deleted' AND e.text IS NOT NULL") == 0);
  CHECK(work.ask("var/acme.db", "SELECT sum(posts) FROM facts WHERE subject = 0") == 4000);
}
