// Lines and rows that are no posts: counted, told once a kind with their place, kept as dead letters; the run goes on.
#include <catch2/catch.hpp>
#include <fstream>
#include <map>

#include "posts.hpp"
#include "stores.hpp"

namespace {

constexpr long kLong = kSanitized ? 10'000'000 : 100'000'000;  // bytes of the longest line

struct Input {
  int good = 0, bad = 0;
  std::map<std::string, int> kinds = {};  // of what is bad, as the reasons begin
  std::map<std::string, int> first = {};  // the line in which each kind comes first
};

// Each bad line stands between two good ones.
Input write_lines(const std::string& file) {
  Input input;
  std::ofstream out(file, std::ios::binary);
  int line = 0;
  const auto good = [&] { out << post_line("lines", input.good++, "Acme"), ++line; };
  const auto bad = [&](const std::string& text, const std::string& kind) {
    good();
    out << text << '\n', ++line, ++input.bad;
    ++input.kinds[kind];
    input.first.try_emplace(kind, line);
  };
  const std::string begin = R"({"platform":"p","id":"x","published":1,)";
  for (int twice = 0; twice < 2; ++twice) {
    bad(R"({"platform":"p","id":"cut)", "not JSON");
    bad(std::string("\x7F"
                    "ELF\2\1\1\0\0\0",
                    10),
        "not JSON");
    bad(begin + "\"text\":\"\xFF\"}", "not UTF-8");
    bad(begin + R"("attributes":{"a":)" + std::string(5000, '[') + std::string(5000, ']') + "}}", "too deep");
    bad(begin + R"("likes":"many"})", "wrong type");
    bad(begin + R"("author":[]})", "wrong type");
    bad(R"({"platform":"p","id":"x","published":"yesterday"})", "not a time");
    bad(R"({"id":"x","published":1})", "no platform");
    bad("17", "not JSON");
  }
  good();
  const std::string part(1'000'000, 'x');
  for (long written = 0; written < kLong; written += 1'000'000) out << part;
  out << '\n', ++line, ++input.bad;
  ++input.kinds["too long"], input.first["too long"] = line;
  good();
  return input;
}

Input write_rows(const std::string& file) {
  Input input;
  std::ofstream out(file);
  out << "id,published,text\n";
  for (int line = 2; line < 60; ++line) {
    if (line % 6 != 0) {
      out << line << ",1772323200,Acme\n", ++input.good;
      continue;
    }
    out << (line % 12 == 0 ? "1,2\n" : "1,2,3,4,5\n"), ++input.bad;
    ++input.kinds["ragged"];
    input.first.try_emplace("ragged", line);
  }
  return input;
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++count;
  return count;
}

void check(const Folder& folder, const std::string& file, const Input& input) {
  const std::string source = "  posts: {plugin: file, path: " + file + "}\n";
  const std::string pipeline = write_pipeline(folder, "found", {.sources = source});
  const Ended ended = run({"run", pipeline}, folder / "found.log");
  const std::string log = folder.read("found.log");
  INFO(log);
  REQUIRE(ended.code == 0);
  CHECK(one(folder / "found.db", "SELECT count(*) FROM posts") == std::to_string(input.good));
  const std::string state = folder / "found.state/state.db";
  CHECK(one(state, "SELECT count(*) FROM dead_letters") == std::to_string(input.bad));
  for (const auto& [kind, count] : input.kinds) {
    INFO(kind);
    CHECK(one(state,
              "SELECT count(*) FROM dead_letters WHERE substr(reason || ':', 1, instr(reason || ':', ':') - 1) = '" +
                  kind + "'") == std::to_string(count));
    CHECK(occurrences(log, ": " + kind) == 1);  // by its first line
    CHECK(occurrences(log, file + ":" + std::to_string(input.first.at(kind)) + ": " + kind) == 1);
  }
  const Ended listed = run({"dlq", "list", pipeline}, folder / "dlq");
  CHECK(listed.code == 0);
  CHECK(folder.read("dlq").find(input.kinds.begin()->first) != std::string::npos);
  if (!kSanitized) CHECK(ended.most_kilobytes < 120 * 1024);
}

}  // namespace

TEST_CASE("lines that are no posts are told once a kind, kept and passed over") {
  Folder folder;
  const std::string file = folder / "bad.ndjson";
  check(folder, file, write_lines(file));
}

TEST_CASE("ragged rows are told once, kept and passed over") {
  Folder folder;
  const std::string file = folder / "bad.csv";
  check(folder, file, write_rows(file));
}

TEST_CASE("the flag --strict exits with 1 where there was a bad line, and with 0 where there was none") {
  Folder folder;
  const std::string good = post_line("p", 1, "Acme"), bad = "no post\n";
  const std::string source = "  posts: {plugin: file, path: " + folder / "posts.ndjson" + "}\n";
  folder.write("posts.ndjson", good + bad);
  const Ended refused =
      run({"run", "--strict", write_pipeline(folder, "bad", {.sources = source})}, folder / "bad.log");
  CHECK(refused.code == 1);
  CHECK(one(folder / "bad.db", "SELECT count(*) FROM posts") == "1");
  folder.write("posts.ndjson", good);
  CHECK(run({"run", "--strict", write_pipeline(folder, "good", {.sources = source})}, folder / "good.log").code == 0);
}
