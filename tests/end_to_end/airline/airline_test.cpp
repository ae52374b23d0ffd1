// Real tweets to six airlines, each labelled with the one that it is about, run through a pipeline as a user writes it.
// The data does not ship with the project: without it the test says so and passes.
#include <simdjson.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "../../quality/data.hpp"

namespace {

namespace fs = std::filesystem;

// Tweets labelled Delta are in truth addressed to @JetBlue.
constexpr const char* kPipeline = R"(
pipeline: airlines
watchlist:
  - {id: united,         names: [United Airlines],                             handles: [united]}
  - {id: us_airways,     names: [US Airways, USAirways],                       handles: [USAirways]}
  - {id: american,       names: [American Airlines],                           handles: [AmericanAir]}
  - {id: southwest,      names: [Southwest, Southwest Airlines, SouthwestAir], handles: [SouthwestAir]}
  - {id: delta,          names: [Delta, JetBlue, Jet Blue],                    handles: [JetBlue, DeltaAssist]}
  - {id: virgin_america, names: [Virgin America],                              handles: [VirginAmerica]}
sources:
  tweets:
    plugin: file
    path: ${TWEETS}
    columns:
      id: tweet_id
      published: tweet_created
      author: name
      attributes.airline: airline
    constants: {platform: twitter}
detectors:
  mentions: {plugin: brand_text, from: tweets}
sinks:
  found: {plugin: ndjson, from: mentions, path: found.ndjson}
)";

std::optional<fs::path> tweets_file() {
  const auto found = earshot::quality::data("airline/tweets_dev.csv");
  return found ? std::optional(fs::canonical(*found)) : std::nullopt;
}

struct Folder {
  Folder() {
    std::string name = fs::temp_directory_path() / "earshot-airline-XXXXXX";
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

// "Virgin America" is the watch item virgin_america.
std::string item_of(std::string_view airline) {
  std::string item(airline);
  for (char& c : item) c = c == ' ' ? '_' : static_cast<char>(c | 0x20);
  return item;
}

bool is_found(simdjson::dom::element post) {
  const std::string airline = item_of(post["attributes"]["airline"]);
  simdjson::dom::array findings;
  if (post["findings"].get(findings) != simdjson::SUCCESS) return false;
  for (const simdjson::dom::element finding : findings)
    if (std::string_view(finding["subject"]) == airline) return true;
  return false;
}

}  // namespace

TEST_CASE("the labelled airline is found in at least 0.98 of real tweets") {
  const auto file = tweets_file();
  if (!file) {
    WARN("skipped: there is no airline/tweets_dev.csv below EARSHOT_DATA nor in ../shared/data");
    return;
  }
  const Folder folder;
  std::ofstream(folder.path / "airlines.yaml") << kPipeline;
  const std::string run = "cd '" + folder.path.string() + "' && TWEETS='" + file->string() +
                          "' '" EARSHOT_BINARY "' run --strict airlines.yaml >log 2>&1";
  REQUIRE(std::system(run.c_str()) == 0);  // --strict: every tweet was read

  simdjson::dom::parser parser;
  std::ifstream posts(folder.path / "found.ndjson");
  int tweets = 0, found = 0;
  for (std::string line; std::getline(posts, line); ++tweets) found += is_found(parser.parse(line));
  REQUIRE(tweets > 1000);
  const double share = found / static_cast<double>(tweets);
  WARN("the airline was found in " << share << " of " << tweets << " tweets");
  CHECK(share >= 0.98);
}
