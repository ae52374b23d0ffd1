// `earshot new`: what it makes builds, passes its own tests and runs, without one edit.
#include <catch2/catch.hpp>

#include "../command.hpp"

namespace {

const std::string kEarshot = std::string("'") + EARSHOT_BINARY + "'";

void succeeds(const std::string& line) {
  const Ended ended = run(line);
  INFO(line << "\n" << ended.output);
  REQUIRE(ended.status == 0);
}

// Everything that the README of a new plugin says, in its order.
std::filesystem::path make_and_try(const Folder& temp, const std::string& kind, const std::string& name) {
  std::filesystem::path folder = temp.path / name;
  const std::string in = "cd '" + folder.string() + "' && ";
  succeeds("cd '" + temp.path.string() + "' && " + kEarshot + " new " + kind + " " + name);
  succeeds(in + "cmake -S . -B build -DCMAKE_BUILD_TYPE=Debug");
  succeeds(in + "cmake --build build");
  succeeds(in + "ctest --test-dir build --no-tests=error --output-on-failure");
  if (has_verb("validate")) succeeds(in + kEarshot + " --plugin-path build validate pipeline.yaml");
  if (has_verb("run")) succeeds(in + kEarshot + " --plugin-path build run pipeline.yaml > said.txt");
  return folder;
}

}  // namespace

TEST_CASE("a new detector builds, passes its tests and runs") {
  const Folder temp;
  const auto folder = make_and_try(temp, "detector", "loud_posts");
  if (has_verb("run")) CHECK(read_file(folder / "said.txt").find("\"kind\":\"loud_posts\"") != std::string::npos);
}

TEST_CASE("a new source builds, passes its tests and runs") {
  const Folder temp;
  const auto folder = make_and_try(temp, "source", "my_forum");
  if (has_verb("run")) CHECK(read_file(folder / "said.txt").find("a quiet afternoon") != std::string::npos);
}

TEST_CASE("a new sink builds, passes its tests and runs") {
  const Folder temp;
  const auto folder = make_and_try(temp, "sink", "mailbox2");
  if (!has_verb("run")) return;
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator(folder / "var/mailbox2")) ++files;
  CHECK(files == 3);
}

TEST_CASE("a name that cannot be one is refused with the reason, and nothing is made") {
  const Folder temp;
  for (const char* name : {"Loud", "2loud", "loud-posts", "loud__posts", "loud_", "l/oud", "test", "''"}) {
    const Ended ended = run("cd '" + temp.path.string() + "' && " + kEarshot + " new detector " + name);
    INFO(name << ": " << ended.output);
    CHECK(ended.status == 1);
    CHECK(ended.output.find(name[0] == '\'' ? "lower-case" : name) != std::string::npos);
    CHECK(std::filesystem::is_empty(temp.path));
  }
}

TEST_CASE("a folder that holds something is never written into") {
  const Folder temp;
  std::filesystem::create_directory(temp.path / "loud");
  std::ofstream(temp.path / "loud/README.md") << "mine";
  const Ended ended = run("cd '" + temp.path.string() + "' && " + kEarshot + " new detector loud");
  CHECK(ended.status == 1);
  CHECK(ended.output.find("there already") != std::string::npos);
  CHECK(read_file(temp.path / "loud/README.md") == "mine");
}

TEST_CASE("another folder is named by --into, in folders that are not there yet") {
  const Folder temp;
  succeeds(kEarshot + " new sink mailbox --into '" + (temp.path / "a/b").string() + "'");
  CHECK(std::filesystem::exists(temp.path / "a/b/mailbox.hpp"));
}
