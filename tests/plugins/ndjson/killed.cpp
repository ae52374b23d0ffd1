// The ndjson sink killed in the middle of its work, again and again, and going on from its last checkpoint each time.
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdio>
#include <earshot/testing.hpp>
#include <filesystem>
#include <random>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

constexpr int kPosts = 12000, kPerCheckpoint = 25;

std::string name_of(int post) {
  return std::string("<").append(std::to_string(post)).append(">");
}

// A checkpoint as a host keeps it: the sink's place, and how many posts are behind it; written in one step.
void keep(const Folder& folder, const State& state, int posts) {
  std::string text = std::to_string(posts) + "\n";
  for (const auto& [key, value] : state) text += key + "\n" + value + "\n";
  const std::string path = folder.write("checkpoint.new", text);
  std::filesystem::rename(path, folder / "checkpoint");
}

int resume(const Folder& folder, State& state) {
  std::ifstream in(folder / "checkpoint");
  int posts = 0;
  std::string line, key, value;
  if (std::getline(in, line)) posts = std::stoi(line);
  while (std::getline(in, key) && std::getline(in, value)) state[key] = value;
  return posts;
}

// Writes what is left, with checkpoints; runs in a process of its own.
[[noreturn]] void work(const Folder& folder, const std::vector<Setting>& options) {
  SinkHarness sink(loaded("ndjson"), options);
  int posts = resume(folder, sink.state());
  sink.reload();
  while (posts < kPosts) {
    for (int i = 0; i < kPerCheckpoint; ++i) sink.post("number").with_id(name_of(posts++));
    sink.write(7);
    sink.flush();
    keep(folder, sink.save(), posts);
  }
  sink.stop();
  ::_exit(0);
}

std::string unpacked(const std::string& name, const std::string& bytes) {
  std::string all(16 << 20, '\0');
  if (name.ends_with(".gz")) {
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(all.data());
    stream.avail_out = static_cast<uInt>(all.size());
    while (stream.avail_in > 0 && inflate(&stream, Z_NO_FLUSH) == Z_STREAM_END) inflateReset(&stream);
    CHECK(stream.avail_in == 0);
    all.resize(all.size() - stream.avail_out);
    inflateEnd(&stream);
    return all;
  }
  if (!name.ends_with(".zst")) return bytes;
  const std::size_t size = ZSTD_decompress(all.data(), all.size(), bytes.data(), bytes.size());
  REQUIRE(ZSTD_isError(size) == 0);
  all.resize(size);
  return all;
}

}  // namespace

TEST_CASE("each line stands once after up to thirty kills, also packed and rotated") {
  const std::string name = GENERATE(as<std::string>(), "out.ndjson", "out.ndjson.gz", "out.ndjson.zst");
  const bool rotates = GENERATE(false, true);
  Folder folder;
  std::filesystem::create_directory(folder / "files");
  std::vector<Setting> options{{"path", folder / ("files/" + name)}, {"sync", false}};
  if (rotates) options.push_back({"rotate_size", name == "out.ndjson" ? "30KiB" : "2KiB"});
  std::mt19937 random(11);
  int kills = 0;
  for (;;) {
    const pid_t child = ::fork();
    if (child == 0) work(folder, options);
    if (kills < 30) {
      ::usleep(static_cast<useconds_t>(std::uniform_int_distribution<int>(300, 2500)(random)));
      ::kill(child, SIGKILL);
      ++kills;
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status)) {
      REQUIRE(WEXITSTATUS(status) == 0);
      break;
    }
  }
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "files")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  CHECK((files.size() > 1) == rotates);
  std::string all;
  for (const std::string& file : files) {
    std::ifstream in(file);
    all += unpacked(name, {std::istreambuf_iterator<char>(in), {}});
  }
  int lines = 0;
  for (std::size_t begin = 0, end; (end = all.find('\n', begin)) != std::string::npos; begin = end + 1) {
    const std::string_view line(all.data() + begin, end - begin);
    REQUIRE(line.find(name_of(lines++)) != std::string_view::npos);  // in their order, too
  }
  CHECK(lines == kPosts);
  CHECK(kills > 5);
}
