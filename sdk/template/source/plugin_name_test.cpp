#include "plugin_name.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

using earshot::testing::Harness;

namespace {

// A file of the test's own, gone with it.
struct Lines {
  std::filesystem::path path = std::filesystem::temp_directory_path() /
                               ("plugin_name-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + "-" +
                                std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
  explicit Lines(const std::string& text) { std::ofstream(path) << text; }
  ~Lines() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("each line is a post") {
  const Lines lines("one\ntwo\nthree");
  Harness<PluginName> h{{"path", lines.path}};
  h.poll_until_end();
  REQUIRE(h.posts().size() == 3);
  CHECK(h.posts()[2].text() == "three");
}

TEST_CASE("after a restart the posts behind the cursor come, and no other") {
  const Lines lines("one\ntwo\nthree\n");
  Harness<PluginName> h{{"path", lines.path}};
  h.max_posts(1);
  h.poll();
  const std::string cursor = h.cursor();
  h.clear();
  h.reopen(cursor);
  h.poll_until_end();
  REQUIRE(h.posts().size() == 2);
  CHECK(h.posts()[0].text() == "two");
}

TEST_CASE("a missing file is told") {
  Harness<PluginName> h{{"path", "/nowhere/posts.txt"}};
  CHECK_THROWS_WITH(h.open(), Catch::Contains("/nowhere/posts.txt"));
}
