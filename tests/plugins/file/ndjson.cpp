// The file source on NDJSON, driven through its table.
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

std::string line(int id, std::size_t size = 20) {
  return R"({"platform":"p","id":")" + std::to_string(id) + R"(","published":)" + std::to_string(id) + R"(,"text":")" +
         std::string(size, 'x') + "\"}\n";
}
std::string lines(int from, int to, std::size_t size = 20) {
  std::string all;
  for (int i = from; i < to; ++i) all += line(i, size);
  return all;
}

void check_ids(const std::vector<TestPost>& posts, int from, int to) {
  REQUIRE(posts.size() == static_cast<std::size_t>(to - from));
  for (int i = from; i < to; ++i) CHECK(posts[static_cast<std::size_t>(i - from)].id == std::to_string(i));
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string all(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(all.data());
  stream.avail_out = static_cast<uInt>(all.size());
  deflate(&stream, Z_FINISH);
  all.resize(stream.total_out);
  deflateEnd(&stream);
  return all;
}
std::string zstd(const std::string& text) {
  std::string all(ZSTD_compressBound(text.size()), '\0');
  all.resize(ZSTD_compress(all.data(), all.size(), text.data(), text.size(), 3));
  return all;
}

}  // namespace

TEST_CASE("a file is read to its end, also where its last line has no end") {
  Folder folder;
  const std::string path = folder.write("a.ndjson", lines(0, 3000) + R"({"platform":"p","id":"3000","published":1})");
  SourceHarness source(loaded("file"), {{"path", path}});
  source.poll_until_end();
  check_ids(source.posts(), 0, 3001);
  CHECK(source.rejects().empty());
}

TEST_CASE("BOM, carriage returns and blank lines are no posts and no faults") {
  Folder folder;
  const std::string path = folder.write(
      "a", "\xEF\xBB\xBF{\"platform\":\"p\",\"id\":\"0\",\"published\":1}\r\n\r\n  \n\n" + line(1) + "\r\n");
  SourceHarness source(loaded("file"), {{"path", path}});
  source.poll_until_end();
  check_ids(source.posts(), 0, 2);
  CHECK(source.rejects().empty());
}

TEST_CASE("reading goes on behind a cursor, wherever it was cut") {
  Folder folder;
  const std::string text = lines(0, 4000, 300);
  const auto [name, content] = GENERATE_COPY(
      table<std::string, std::string>({{"a.ndjson", text},
                                       {"a.gz", gzip(text)},
                                       {"a.zst", zstd(text)},
                                       {"two.gz", gzip(lines(0, 100, 300)) + gzip(lines(100, 4000, 300))}}));
  const std::string path = folder.write(name, content);
  SourceHarness source(loaded("file"), {{"path", path}});
  source.max_posts(1);
  while (source.poll() != EAR_END) source.reopen(source.cursor());
  check_ids(source.posts(), 0, 4000);
  CHECK(source.rejects().empty());
}

TEST_CASE("what was appended since the end is read from there") {
  Folder folder;
  const std::string path = folder.write("a", lines(0, 10));
  SourceHarness source(loaded("file"), {{"path", path}});
  source.poll_until_end();
  folder.write("a", lines(10, 20), true);
  source.reopen(source.cursor());
  source.poll_until_end();
  check_ids(source.posts(), 0, 20);
}

TEST_CASE("a glob reads the files in the order of their names, and only new ones the next time") {
  Folder folder;
  folder.write("b.ndjson", lines(5, 10));
  folder.write("a.ndjson", lines(0, 5));
  folder.write("c.ndjson.gz", gzip(lines(10, 15)));
  SourceHarness source(loaded("file"), {{"path", folder / "*.ndjson*"}});
  source.poll_until_end();
  check_ids(source.posts(), 0, 15);
  folder.write("0.ndjson", lines(15, 20));
  folder.write("b.ndjson", lines(20, 25), true);
  source.reopen(source.cursor());
  source.poll_until_end();
  check_ids(source.posts(), 0, 25);
}

TEST_CASE("each faulty line is set aside with its place, and the others are read") {
  Folder folder;
  std::string bad[] = {"{\"platform\":\"p\"",
                       std::string("\x7F"
                                   "ELF\0\1",
                                   6),
                       "{\"platform\":\"p\",\"id\":\"\xFF\"}",
                       std::string(5000, '['),
                       "{\"platform\":1,\"id\":\"x\",\"published\":0}",
                       "[]"};
  std::string text;
  int id = 0;
  for (const std::string& b : bad) text += line(id++) + b + "\n";
  const std::string path = folder.write("a.ndjson", text + line(id++));
  SourceHarness source(loaded("file"), {{"path", path}});
  source.poll_until_end();
  check_ids(source.posts(), 0, id);
  REQUIRE(source.rejects().size() == std::size(bad));
  for (std::size_t i = 0; i < std::size(bad); ++i) {
    CHECK(source.rejects()[i].place == path + ":" + std::to_string(2 * i + 2));
    CHECK(source.rejects()[i].raw == bad[i]);
  }
}

TEST_CASE("a line of ten million bytes is set aside once and never held") {
  Folder folder;
  const std::string path = folder.write("a", line(0) + std::string(10'000'000, 'x') + "\n" + line(1));
  SourceHarness source(loaded("file"), {{"path", path}, {"max_line", "64KiB"}});
  while (source.poll() != EAR_END) source.reopen(source.cursor());
  check_ids(source.posts(), 0, 2);
  REQUIRE(source.rejects().size() == 1);
  CHECK(source.rejects()[0].place == path + ":2");
  CHECK(source.rejects()[0].raw.size() <= 1024);
  CHECK_THAT(source.rejects()[0].reason, Catch::StartsWith("too long"));
}

TEST_CASE("packed data that is cut short is told once, behind the posts before it") {
  Folder folder;
  const std::string packed = gzip(lines(0, 5000));
  folder.write("a.gz", packed.substr(0, packed.size() / 2));
  folder.write("b.ndjson", lines(0, 1));
  SourceHarness source(loaded("file"), {{"path", folder / "*"}});
  source.poll_until_end();
  CHECK(source.posts().size() > 100);
  CHECK(source.posts().back().id == "0");
  REQUIRE(source.rejects().size() == 1);
  CHECK(source.rejects()[0].reason == "the gzip data is cut short");
}

TEST_CASE("a file that cannot be opened is told when the source is opened") {
  Folder folder;
  SourceHarness source(loaded("file"), {{"path", folder / "none.ndjson"}});
  CHECK_THROWS_WITH(source.open(), Catch::Contains("none.ndjson': No such file"));
}

TEST_CASE("following reads what is appended, a half line once its rest has come") {
  Folder folder;
  const std::string path = folder.write("a", lines(0, 3));
  SourceHarness source(loaded("file"), {{"path", path}, {"follow", true}});
  source.poll_until_posts(3);
  const std::string next = line(3);
  folder.write("a", next.substr(0, 10), true);
  CHECK(source.poll_until_idle() == EAR_AGAIN);
  CHECK(source.posts().size() == 3);
  folder.write("a", next.substr(10) + line(4), true);
  source.poll_until_posts(5);
  check_ids(source.posts(), 0, 5);
}

TEST_CASE("following goes through rotation without losing the end of the old file") {
  Folder folder;
  const std::string path = folder.write("a", lines(0, 3));
  SourceHarness source(loaded("file"), {{"path", path}, {"follow", true}});
  source.poll_until_posts(3);
  folder.write("a", lines(3, 5), true);
  std::filesystem::rename(path, folder / "a.1");
  folder.write("a", lines(5, 8));
  source.poll_until_posts(8);
  check_ids(source.posts(), 0, 8);
}

TEST_CASE("a rotation while nobody looked is found by the cursor") {
  Folder folder;
  const std::string path = folder.write("a", lines(0, 3));
  SourceHarness source(loaded("file"), {{"path", path}, {"follow", true}});
  source.poll_until_posts(3);
  folder.write("a", lines(3, 5), true);
  std::filesystem::rename(path, folder / "a.1");
  folder.write("a", lines(5, 8));
  source.reopen(source.cursor());
  source.poll_until_posts(8);
  check_ids(source.posts(), 0, 8);
}

TEST_CASE("following starts again where the file was cut") {
  Folder folder;
  const std::string path = folder.write("a", lines(0, 3));
  SourceHarness source(loaded("file"), {{"path", path}, {"follow", true}});
  source.poll_until_posts(3);
  source.poll_until_idle();
  folder.write("a", lines(3, 4));
  source.poll_until_posts(4);
  check_ids(source.posts(), 0, 4);
}

TEST_CASE("a rate holds the posts back by the host's clock") {
  Folder folder;
  const std::string path = folder.write("a", lines(0, 1000));
  SourceHarness source(loaded("file"), {{"path", path}, {"rate", 100}});
  source.poll_until_idle();
  const std::size_t first = source.posts().size();
  CHECK(first < 60);
  source.now(source.now() + std::chrono::seconds(1));
  source.poll_until_idle();
  CHECK(source.posts().size() < first + 150);
}
