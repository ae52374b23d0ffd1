// Stores of older versions are brought up to date and lose nothing.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "counted.hpp"
#include "store/schema.hpp"

using namespace earshot::testing;

namespace {

// A store as the release made it, from the script that is kept of it.
void make(const std::string& path, const char* script) {
  std::ifstream in(std::string(EARSHOT_SOURCE_DIR "/tests/data/store/") + script);
  std::stringstream sql;
  sql << in.rdbuf();
  REQUIRE(!sql.str().empty());
  const earshot::store::Database database(path, earshot::store::Database::Mode::write, std::chrono::seconds{10});
  database.execute(sql.str().c_str());
}

}  // namespace

TEST_CASE("a store of version 1 is brought up to date, with its posts counted and all rows kept") {
  const Folder folder;
  const std::string path = folder / "acme.db";
  make(path, "version1.sql");
  const std::string before = contents(path);
  REQUIRE(one(path, "PRAGMA user_version") == "1");
  {
    SinkHarness sink(loaded("sqlite"), {{"path", path}});
    sink.start();
    sink.stop();
  }
  CHECK(one(path, "PRAGMA user_version") == std::to_string(earshot::store::kVersion));
  CHECK(contents(path) == before);
  CHECK(rows(path, "SELECT subject, day, posts, unique_posts, negative FROM days ORDER BY subject, day") ==
        "-|2026-05-01|1|1|1\n-|2026-05-02|1|0|0\nacme|2026-05-01|1|1|1\nacme|2026-05-02|1|0|0\n");
  CHECK(one(path, "SELECT rolled_up_to, indexed_to FROM rollup_state, search_state") == "4|4");
  CHECK(one(path, "SELECT value FROM names WHERE kind = 'hashtag'") == "fail");
  CHECK(integrity(path) == "ok");
}

TEST_CASE("what only reads says who brings an older store up to date") {
  const Folder folder;
  const std::string path = folder / "acme.db";
  make(path, "version1.sql");
  CHECK_THROWS_WITH(earshot::store::open_for_reading(std::filesystem::path(path), std::chrono::seconds{1}),
                    Catch::Contains("the sqlite sink brings it up to date"));
}
