#include "plugin/seen.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "loaded.hpp"
#include "plugin/cache.hpp"

using namespace earshot::host;

namespace {

Seen example() {
  Seen seen;
  seen.module = {EAR_ABI(1, 0), "org.example.x", "1.2.3-rc.1", "Example & Söhne", "Apache-2.0", "Says \"x\"", {}};
  ComponentSchema component;
  component.kind = EAR_DETECTOR;
  component.flags = EAR_STATELESS | EAR_NEEDS_WATCHLIST;
  component.state_version = 3;
  component.name = "x";
  component.summary = "Marks";
  OptionSchema share{"share", "How much\nof it", EAR_REAL, 0, EAR_OPTION_RELOADABLE, "0.1", std::nullopt, -1, 1.5, {}};
  OptionSchema mode{"mode", "How", EAR_LIST, EAR_CHOICE, EAR_OPTION_REQUIRED, std::nullopt, "[a]", 0, 0, {"a", "b c"}};
  component.options = {share, mode};
  seen.module.components = {component};
  return seen;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

const std::filesystem::path kHost = EARSHOT_BINARY;

}  // namespace

TEST_CASE("What was seen reads back the same") {
  CHECK(seen_from_json(to_json(example())) == example());
  const Seen faulty{{}, "crashes"};
  CHECK(seen_from_json(to_json(faulty)) == faulty);
}

TEST_CASE("An answer is checked as the tables are") {
  const std::string line = to_json(example());
  CHECK_THROWS_WITH(seen_from_json(replaced(line, "\"type\":3", "\"type\":99")),
                    "org.example.x: detector 'x': option 'share': its type 99 is not known");
  CHECK_THROWS_WITH(seen_from_json(replaced(line, "1.2.3-rc.1", "one")),
                    "org.example.x: its version 'one' is not of the form 1.2.3");
}

TEST_CASE("An answer that is none is refused") {
  for (const std::string& line : {std::string("{"), std::string("[]"), std::string("{}"), std::string(R"({"fault":7})"),
                                  std::string(R"({"fault":""})"), std::string(R"({"module":{"abi":-1}})"),
                                  std::string(100'000, '['), replaced(to_json(example()), "\"abi\":", "\"abc\":")})
    CHECK_THROWS_AS(seen_from_json(line), Failure);
}

TEST_CASE("A fault cannot steer the terminal that it is shown on") {
  CHECK(seen_from_json(R"({"fault":"\u001b[2Jgone"})").fault == "\\x1b[2Jgone");
}

TEST_CASE("A long fault is cut between characters, and what was cut reads back the same") {
  for (const std::string& part : {std::string("\\u001b"), std::string("\xc3\xa4")}) {
    std::string line = R"({"fault":"x)";
    for (int i = 0; i < 5000; ++i) line += part;
    const Seen seen = seen_from_json(line + "\"}");
    CHECK(seen.fault.size() <= Longest::kDoc);
    CHECK(seen.fault.size() > Longest::kDoc - 4);
    CHECK(seen_from_json(to_json(seen)) == seen);
  }
}

TEST_CASE("The cache gives back by content what was put, and a second one reads it") {
  const earshot::testing::Folder folder;
  const std::string file = folder / "below/plugins.cache";
  SeenCache first(file, kHost);
  first.put(sha256("one"), example());
  first.put(sha256("two"), {{}, "crashes"});
  first.write();
  SeenCache second(file, kHost);
  REQUIRE(second.find(sha256("one")) != nullptr);
  CHECK(*second.find(sha256("one")) == example());
  CHECK(second.find(sha256("two"))->fault == "crashes");
  CHECK(second.find(sha256("three")) == nullptr);
  second.forget_faults();
  CHECK(second.find(sha256("two")) == nullptr);
  CHECK(second.find(sha256("one")) != nullptr);
}

TEST_CASE("Nothing but the cache stands in its folder afterwards") {
  const earshot::testing::Folder folder;
  SeenCache cache(folder / "plugins.cache", kHost);
  cache.put(sha256("one"), example());
  cache.write();
  CHECK(std::distance(std::filesystem::directory_iterator(folder / ""), {}) == 1);
}

TEST_CASE("A broken cache counts as empty and is made anew") {
  const earshot::testing::Folder folder;
  const std::string file = folder / "plugins.cache";
  SeenCache good(file, kHost);
  good.put(sha256("one"), example());
  good.write();
  const std::string text = folder.read("plugins.cache");
  for (const std::string& broken : {std::string("nonsense"), text.substr(0, text.size() / 2), text + "x\n",
                                    replaced(text, "\"module\"", "\"nodule\""), std::string(1000, '\0')}) {
    folder.write("plugins.cache", broken);
    SeenCache cache(file, kHost);
    CHECK(cache.find(sha256("one")) == nullptr);
    cache.put(sha256("one"), example());
    cache.write();
    CHECK(folder.read("plugins.cache") == text);
  }
}

TEST_CASE("What another build of the host saw does not count") {
  const earshot::testing::Folder folder;
  const std::string file = folder / "plugins.cache";
  SeenCache first(file, folder.write("host", "one build"));
  first.put(sha256("one"), example());
  first.write();
  SeenCache other(file, folder.write("host2", "another build"));
  CHECK(other.find(sha256("one")) == nullptr);
}

TEST_CASE("A hash is the one that sha256sum prints") {
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
