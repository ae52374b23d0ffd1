// The parts of erase: what tells of a person, where it is looked for, and that it is found where it is hard to see.
#include <catch2/catch.hpp>
#include <fstream>

#include "../store/filled.hpp"
#include "erase/index_terms.hpp"
#include "erase/redact.hpp"
#include "erase/traces.hpp"
#include "erase/who.hpp"
#include "store/database.hpp"

using namespace earshot::testing;
using namespace earshot::erase;
namespace store = earshot::store;

namespace {

constexpr std::chrono::seconds kPatience{1};

std::uint64_t found_in(const std::filesystem::path& file, std::vector<std::string> literals) {
  Matcher matcher(std::move(literals));
  Traces traces;
  look(file, "f", matcher, traces);
  return traces["f"].places;
}

}  // namespace

TEST_CASE("an author is meant by platform and id or handle, with or without @") {
  CHECK(asked("mastodon/ana").platform == "mastodon");
  CHECK(asked("mastodon/@ana").name == "ana");
  CHECK(asked("@ana").name == "ana");
  CHECK(asked("bluesky/did:plc:x/y").name == "did:plc:x/y");
  CHECK_THROWS(asked(""));
  CHECK_THROWS(asked("mastodon/"));
  CHECK_THROWS(asked("/ana"));
}

TEST_CASE("what only the author says tells of them, and what others say too does not") {
  Filled filled([](SinkHarness& sink) {
    sink.post("a Chameleon in the kitchen").by("ana");
    sink.post("my kitchen, a banana").by("bea");
  });
  const Who who = find({"test", "ana"}, {filled.path});
  CHECK(who.posts == 1);
  const Telling told = telling(who);
  const std::vector<std::string> all = told.all();
  const auto has = [&](const std::string& word) { return std::find(all.begin(), all.end(), word) != all.end(); };
  CHECK(has("chameleon"));
  CHECK_FALSE(has("kitchen"));
  CHECK_FALSE(has("ana"));  // in "banana", so nobody could tell whom it means
  CHECK(told.of_others.contains("kitchen"));
}

TEST_CASE("a word is found in bytes across the border of two blocks") {
  Folder folder;
  std::string bytes(5 << 20, '.');
  for (const std::size_t at : {std::size_t{0}, (std::size_t{4} << 20) - 3, bytes.size() - 9})
    bytes.replace(at, 9, "Chameleon");
  CHECK(found_in(folder.write("f", bytes), {"chameleon"}) == 3);
}

TEST_CASE("short names are looked for in texts, and not in bytes where they are by chance") {
  Folder folder;
  CHECK(found_in(folder.write("f", "by ana"), {"ana"}) == 0);
  const std::string file = folder / "x.db";
  {
    const store::Database database(file, store::Database::Mode::write, kPatience);
    database.execute("CREATE TABLE t(x); INSERT INTO t VALUES('by ana'), (x'616e61')");
  }
  Matcher matcher({"ana"});
  Traces traces;
  look(file, "x", matcher, traces);
  CHECK(traces["x: t"].places == 1);
}

TEST_CASE("a sealed or compressed file is told, since nobody can look into it") {
  Folder folder;
  Matcher matcher({"chameleon"});
  Traces traces;
  look(folder.write("a", "EARSEAL2 chameleon"), "a", matcher, traces);
  look(folder.write("b", "\x1f\x8b\x08 chameleon"), "b", matcher, traces);
  CHECK(traces["a"].unread == "it is sealed");
  CHECK(traces["b"].unread == "it is compressed");
}

TEST_CASE("a word that was deleted from a full-text index is found there until the index is merged") {
  Folder folder;
  const std::string file = folder / "x.db";
  const auto in_index = [&] {
    Matcher matcher({"chameleon"});
    Traces traces;
    look(file, "x", matcher, traces);
    return traces["x: words of t"].places;
  };
  const store::Database database(file, store::Database::Mode::write, kPatience);
  // "chamber" comes before it, so the index keeps the end of the word alone.
  database.execute("CREATE VIRTUAL TABLE t USING fts5(x); INSERT INTO t VALUES('chamber chameleon zebra')");
  CHECK(in_index() == 1);
  database.execute("DELETE FROM t; INSERT INTO t VALUES('chamber zebra')");
  CHECK(database.integer("SELECT count(*) FROM t WHERE t MATCH 'chameleon'") == 0);
  CHECK(in_index() > 0);
  database.execute("INSERT INTO t(t) VALUES('optimize')");
  CHECK(in_index() == 0);
}

TEST_CASE("a record of an index that is cut or made up is read no further than it goes") {
  std::size_t terms = 0;
  const auto count = [&](std::string_view) { ++terms; };
  const std::int64_t leaf = (1LL << 37) + 1;
  for (std::size_t size = 0; size < 40; ++size)
    for (const char fill : {'\x00', '\x7f', '\x80', '\xff'}) each_term(leaf, std::string(size, fill), count);
  each_term(leaf,
            std::string("\x00\x00\x00\x05\x02"
                        "0a\xff\xff\xff\xff\xff\xff\xff\xff\xff",
                        16),
            count);
  each_term(10, "\x00\x00\x00\x04\x04\x02", count);
  CHECK(terms < 100);
}

TEST_CASE("texts lose what tells of a person and keep the rest") {
  Matcher matcher({"chameleon", "meleon", "ana_q"});
  CHECK(redacted("A Chameleon by ana_q, twice", matcher) == "A [erased] by [erased], twice");
  CHECK(redacted("nothing", matcher) == "nothing");
}
