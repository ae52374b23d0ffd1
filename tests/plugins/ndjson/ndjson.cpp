// The ndjson sink, driven through its table.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <csignal>

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

// Every line has an id that is one higher than that of the line before.
void check_ids(const std::string& text, int last) {
  for (int id = 1; id <= last; ++id) CHECK(count(text, "\"id\":\"" + std::to_string(id) + "\"") == 1);
  CHECK(count(text, "\n") == static_cast<std::size_t>(last));
}

std::string gunzip(const std::string& path) {
  std::string all(1 << 22, '\0');
  gzFile file = gzopen(path.c_str(), "rb");
  all.resize(static_cast<std::size_t>(std::max(0, gzread(file, all.data(), static_cast<unsigned>(all.size())))));
  int error = 0;
  gzerror(file, &error);
  gzclose(file);
  REQUIRE(error == Z_OK);
  return all;
}

std::string unzstd(const std::string& packed) {
  std::string all(1 << 22, '\0');
  const std::size_t n = ZSTD_decompress(all.data(), all.size(), packed.data(), packed.size());
  REQUIRE(ZSTD_isError(n) == 0);
  all.resize(n);
  return all;
}

}  // namespace

TEST_CASE("ndjson writes posts, alerts and gaps a line each") {
  Folder folder;
  SinkHarness sink(loaded("ndjson"), {{"path", folder / "sub/out.ndjson"}});
  sink.post("Hello \"Acme\"");
  sink.alert("spike", "acme");
  sink.gap("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z");
  sink.write();
  const std::string text = folder.read("sub/out.ndjson");
  CHECK(count(text, "\n") == 3);
  CHECK(count(text, R"("text":"Hello \"Acme\"")") == 1);
  CHECK(count(text, "{\"alert\":{") == 1);
  CHECK(count(text, "{\"gap\":{") == 1);
}

TEST_CASE("what was written behind the last checkpoint is cut off when the run goes on") {
  const std::string name = GENERATE(as<std::string>(), "out.ndjson", "out.ndjson.gz", "out.ndjson.zst");
  Folder folder;
  const auto text = [&] {
    const std::string all = folder.read(name);
    return name.ends_with(".gz") ? gunzip(folder / name) : name.ends_with(".zst") ? unzstd(all) : all;
  };
  SinkHarness sink(loaded("ndjson"), {{"path", folder / name}});
  for (int i = 0; i < 10; ++i) sink.post("before");
  sink.write();
  sink.flush();
  sink.save();
  check_ids(text(), 10);
  for (int i = 0; i < 5; ++i) sink.post("after");
  sink.write();
  if (name == "out.ndjson") CHECK(count(text(), "\n") == 15);
  sink.reload();  // as after a kill: `stop` may have written, but the checkpoint stands
  CHECK(count(text(), "\n") == 10);
  SinkHarness again(loaded("ndjson"), {{"path", folder / name}});
  again.state() = sink.state();
  again.reload();
  for (int i = 0; i < 15; ++i) again.post("both");
  again.write(1);
  again.flush();
  CHECK(count(text(), "before") == 10);
  CHECK(count(text(), "\n") == 25);
}

TEST_CASE("a file that no checkpoint knows is replaced, or kept where asked for") {
  Folder folder;
  folder.write("out.ndjson", "old\n");
  SECTION("replaced") {
    SinkHarness sink(loaded("ndjson"), {{"path", folder / "out.ndjson"}});
    sink.post("new");
    sink.write();
    CHECK(count(folder.read("out.ndjson"), "\n") == 1);
  }
  SECTION("kept") {
    SinkHarness sink(loaded("ndjson"), {{"path", folder / "out.ndjson"}, {"when_exists", "append"}});
    sink.post("new");
    sink.write();
    CHECK(folder.read("out.ndjson").starts_with("old\n{"));
  }
}

TEST_CASE("the next file begins when one is full, and files behind the checkpoint go away") {
  Folder folder;
  SinkHarness sink(loaded("ndjson"), {{"path", folder / "out.ndjson"}, {"rotate_size", "300B"}});
  for (int i = 0; i < 6; ++i) sink.post("text");
  sink.write(1);
  sink.flush();
  sink.save();
  std::string all;
  for (int i = 1; i <= 9; ++i) all += folder.read("out.00000" + std::to_string(i) + ".ndjson");
  check_ids(all, 6);
  CHECK(folder.read("out.000001.ndjson").size() >= 300);
  CHECK(!folder.read("out.000002.ndjson").empty());
  for (int i = 0; i < 20; ++i) sink.post("lost");
  sink.write(1);
  sink.reload();
  std::string after;
  for (int i = 1; i <= 9; ++i) after += folder.read("out.00000" + std::to_string(i) + ".ndjson");
  CHECK(after == all);
}

TEST_CASE("the next file begins when its time has come") {
  Folder folder;
  SinkHarness sink(loaded("ndjson"), {{"path", folder / "out.ndjson"}, {"rotate_every", "1h"}});
  sink.post("one");
  sink.write();
  sink.now(sink.now() + std::chrono::hours(2));
  sink.post("two");
  sink.write();
  CHECK(count(folder.read("out.000001.ndjson"), "one") == 1);
  CHECK(count(folder.read("out.000002.ndjson"), "two") == 1);
}

TEST_CASE("a full disk is an io failure that leaves whole lines and takes nothing twice") {
  Folder folder;
  // The limit is of the process, so the sink runs in one of its own.
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{3000, 3000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    SinkHarness sink(loaded("ndjson"), {{"path", folder / "out.ndjson"}});
    for (int i = 0; i < 100; ++i) sink.post("a text of some length, so that the file is full after a few of them");
    try {
      sink.write(1);
    } catch (const CallFailed& failed) {
      ::_exit(failed.status == EAR_IO ? 0 : 2);
    }
    ::_exit(3);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WEXITSTATUS(status) == 0);
  const std::string text = folder.read("out.ndjson");
  REQUIRE(!text.empty());
  CHECK(text.back() == '\n');
  check_ids(text, static_cast<int>(count(text, "\n")));
}

TEST_CASE("a folder that cannot be made is told with its name") {
  Folder folder;
  folder.write("plain", "");
  SinkHarness sink(loaded("ndjson"), {{"path", folder / "plain/out.ndjson"}});
  CHECK_THROWS_WITH(sink.start(), Catch::Contains("cannot open '" + (folder / "plain/out.ndjson")));
}
