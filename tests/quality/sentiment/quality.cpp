// The models that ship, on labelled texts that they never learned from. The data does not ship with the project:
// without it the tests say so and pass.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

#include "measure.hpp"

namespace {

namespace fs = std::filesystem;
namespace perception = earshot::perception;
namespace quality = earshot::quality;
using perception::Set;

std::optional<fs::path> data() {
  const char* folder = std::getenv("EARSHOT_DATA");
  const fs::path path = folder != nullptr ? fs::path(folder) : fs::path(EARSHOT_SOURCE_DIR) / "../shared/data";
  if (fs::exists(path / "tweeteval/sentiment/val_text.txt") && fs::exists(path / "absa/mams_atsa_val.xml")) return path;
  WARN("skipped: there is no labelled data at " << path << "; EARSHOT_DATA names the folder");
  return {};
}

std::string bytes_of(const char* model) {
  std::ifstream in(fs::path(EARSHOT_SOURCE_DIR) / "plugins/detectors" / model, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("sentiment reaches its figures on texts that it never saw") {
  const auto folder = data();
  if (!folder) return;
  std::vector<perception::Row> rows = perception::read_sentiment(*folder);
  std::erase_if(rows, [](const perception::Row& row) { return !perception::is_never_learned(row.set); });
  const auto corpus = perception::make_corpus(std::move(rows), perception::sentiment_features());
  const auto blend = perception::read_blend(bytes_of("sentiment/sentiment.model"), "sentiment");
  const auto tweets = quality::answer(*blend, corpus, quality::rows_of(corpus, Set::tweeteval_val));
  CHECK(quality::quality_of(tweets, corpus).macro_recall() >= 0.68);
  CHECK(quality::calibration_error_of(tweets, corpus) <= 0.08);
  CHECK(quality::risk_at(tweets, corpus, 0.8F).risk <= 0.12);
  const auto targets = quality::answer(*blend, corpus, quality::rows_of(corpus, Set::mams_val));
  CHECK(quality::quality_of(targets, corpus).accuracy() >= 0.74);
}

TEST_CASE("emotion reaches its figures on texts that it never saw") {
  const auto folder = data();
  if (!folder) return;
  const auto corpus = perception::make_corpus(perception::read_emotion(*folder), perception::emotion_features());
  const auto model = earshot::model::read(bytes_of("emotion/emotion.model"), "emotion");
  const auto answers = quality::answer(*model, corpus, quality::rows_of(corpus, Set::emotion_val));
  CHECK(quality::quality_of(answers, corpus).macro_f1() >= 0.60);
}
