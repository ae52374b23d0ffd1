// What `place` tells of places as people declare them, on the profiles of the airline tweets, which nothing was made
// with. The data does not ship with the project: without it the tests say so and pass.
//
// labels.tsv has 200 of its 1,921 different places, those with the lowest hashes, by their hash (model/hash.hpp), with
// the country that a reader would be sure of, or "-": a joke, several countries, or none that can be told. They were
// labelled before the detector was run on them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <charconv>
#include <cstdio>
#include <earshot/testing.hpp>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "../../plugins/loaded.hpp"
#include "../data.hpp"
#include "model/hash.hpp"

using namespace earshot::testing;
using namespace earshot::quality;

namespace {

struct Profile {
  std::string place, zone;
};

std::vector<Profile> profiles() {
  std::vector<Profile> all;
  const auto file = data("airline/tweets_dev.csv");
  if (!file) return all;
  const auto rows = read_csv(*file);
  const auto column = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), name) - rows[0].begin());
  };
  const std::size_t place = column("tweet_location"), zone = column("user_timezone");
  for (std::size_t i = 1; i < rows.size(); ++i)
    if (rows[i].at(place).find_first_not_of(' ') != std::string::npos)
      all.push_back({rows[i].at(place), rows[i].at(zone)});
  return all;
}

// The country that is told of each declared place alone; empty: none.
std::vector<std::string> told(const std::vector<std::string>& places) {
  DetectorHarness h(loaded("place"), {});
  for (std::size_t i = 0; i < places.size(); ++i) {
    TestPost post;
    post.id = std::to_string(i), post.author = "ana", post.place = places[i];
    h.add(post.body("Hello"));
  }
  h.run();
  std::vector<std::string> countries(places.size());
  for (const TestFinding& f : h.findings("place")) countries[f.post] = f.value;
  return countries;
}

std::map<std::uint64_t, std::string> labels() {
  std::map<std::uint64_t, std::string> all;
  std::ifstream in(EARSHOT_SOURCE_DIR "/tests/quality/place/labels.tsv");
  for (std::string line; std::getline(in, line);) {
    std::uint64_t hash = 0;
    std::from_chars(line.data(), line.data() + 16, hash, 16);
    all[hash] = line.substr(17);
  }
  return all;
}

bool is_north_american(const std::string& zone) {
  for (const char* part : {"(US & Canada)", "Arizona", "Alaska", "Hawaii", "Indiana (East)"})
    if (zone.find(part) != zone.npos) return true;
  return false;
}

}  // namespace

TEST_CASE("places that a reader can tell are told, and what is told is right") {
  const auto all = profiles();
  if (all.empty()) {
    WARN("skipped: there is no airline/tweets_dev.csv below EARSHOT_DATA nor in ../shared/data");
    return;
  }
  const auto labelled = labels();
  std::map<std::string, std::string> truth;
  for (const Profile& p : all)
    if (const auto found = labelled.find(earshot::model::hash(p.place)); found != labelled.end())
      truth[p.place] = found->second;
  std::vector<std::string> places;
  for (const auto& [place, country] : truth) places.push_back(place);
  const auto said = told(places);
  int right = 0, wrong = 0, can = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::string& country = truth.at(places[i]);
    can += country != "-" ? 1 : 0;
    if (said[i] == country) {
      ++right;
    } else if (!said[i].empty()) {
      ++wrong;
      std::printf("  wrong: %s: %s, not %s\n", places[i].c_str(), said[i].c_str(), country.c_str());
    } else if (country != "-") {
      std::printf("  missed: %s (%s)\n", places[i].c_str(), country.c_str());
    }
  }
  const double precision = static_cast<double>(right) / (right + wrong), recall = static_cast<double>(right) / can;
  std::printf("%zu declared places, %d of which a reader can tell: precision %.3f, recall %.3f\n", places.size(), can,
              precision, recall);
  CHECK(places.size() == 200);
  CHECK(precision >= 0.95);
  CHECK(recall >= 0.65);
}

TEST_CASE("where the time zone is one of the United States and Canada, so is the place") {
  const auto all = profiles();
  if (all.empty()) {
    WARN("skipped: there is no airline/tweets_dev.csv below EARSHOT_DATA nor in ../shared/data");
    return;
  }
  std::vector<std::string> places;
  for (const Profile& p : all)
    if (is_north_american(p.zone)) places.push_back(p.place);
  const auto said = told(places);
  int some = 0, same = 0;
  for (const std::string& country : said) some += country.empty() ? 0 : 1, same += country == "US" || country == "CA";
  std::printf("%zu tweets with a place and such a time zone: a country told of %.3f, of which %.3f agree\n",
              places.size(), static_cast<double>(some) / static_cast<double>(places.size()),
              static_cast<double>(same) / some);
  CHECK(same >= some * 95 / 100);
}
