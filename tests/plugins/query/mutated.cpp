// Queries as somebody might mistype or forge them: none crashes or hangs, and a fault always points into the query.
#include <catch2/catch.hpp>
#include <chrono>
#include <random>

#include "cases.hpp"
#include "query/query.hpp"
#include "sample/post_copy.hpp"

using namespace earshot::query;
using earshot::sample::PostCopy;

namespace {

const std::string kTable = EARSHOT_SOURCE_DIR "/tests/data/query/cases.tsv";

#ifdef NDEBUG
constexpr int kQueries = 100'000;
#else
constexpr int kQueries = 3'000;
#endif

// Pieces of the language, and bytes that are none.
std::string piece(std::mt19937& random) {
  static const std::string kPieces[] = {"(",         ")",
                                        "\"",        " AND ",
                                        " OR ",      " NOT ",
                                        "-",         "*",
                                        "?",         "~3",
                                        " NEAR/",    "5s ",
                                        ":",         "/",
                                        "exact:",    "followers:",
                                        ">10",       "..",
                                        "@",         "#",
                                        "image:",    "score:>",
                                        "acme",      "\\",
                                        "[a-z]+",    "{9,99}",
                                        "\n",        "//",
                                        "\xC3\xA9",  "\xFF",
                                        "東京",      "subject:",
                                        "spam:true", "title:",
                                        "+",         "@list:",
                                        "=",         "published:2026-01",
                                        " ",         "\xE2\x80\x9C"};
  return kPieces[random() % std::size(kPieces)];
}

std::string mutated(std::string query, std::mt19937& random) {
  for (auto times = 1 + random() % 5; times > 0; --times) {
    const std::size_t at = random() % (query.size() + 1);
    switch (random() % 4) {
      case 0:
        query.insert(at, piece(random));
        break;
      case 1:
        query.erase(at, 1 + random() % 4);
        break;
      case 2:
        if (at < query.size()) query[at] = static_cast<char>(random() % 256);
        break;
      default:
        query += query.substr(at, 20);
    }
  }
  return query;
}

}  // namespace

TEST_CASE("mutated queries are answered or refused, at a place in the query") {
  std::vector<std::string> seeds;
  for (const auto& one : earshot::query_cases::read_cases(kTable)) seeds.push_back(one.query);
  PostCopy copy =
      earshot::sample::from_text("Acme's new battery isn't near the café in 東京, says @acme #fail https://acme.com");
  const auto fold = std::make_shared<const SearchFold>();
  Evaluator evaluator(fold);
  std::mt19937 random(5);
  int refused = 0;
  auto slowest = std::chrono::steady_clock::duration::zero();
  for (int i = 0; i < kQueries; ++i) {
    std::string text = mutated(seeds[random() % seeds.size()], random);
    if (i % 10 == 0)
      for (text.clear(); random() % 12 != 0;) text += piece(random);
    const auto begin = std::chrono::steady_clock::now();
    try {
      const Query query(text, {}, fold);
      query.match(copy.post(), evaluator);
    } catch (const Fault& fault) {
      ++refused;
      if (fault.offset > text.size() || std::string(fault.what()).empty()) FAIL("a fault without place: " << text);
    }
    slowest = std::max(slowest, std::chrono::steady_clock::now() - begin);
  }
  CHECK(refused > kQueries / 20);
  CHECK(refused < kQueries * 19 / 20);
  CHECK(slowest < std::chrono::seconds(5));
}
