// corpus.hpp: labelled texts of public data sets, read as one list, for learning and measuring. One thread; no detector
// links it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace earshot::perception {

enum class Set : std::uint8_t {
  tweeteval,
  tweeteval_val,
  topic_ce,
  topic_bd,
  dong,
  laptops,
  restaurants,
  mams,
  mams_val,
  sanders,
  apple,
  sxsw,
  entity,
  airline,
  emotion,
  emotion_val
};
inline constexpr const char* kSetNames[] = {
    "tweeteval", "tweeteval val", "semeval CE", "semeval BD", "Dong tweets", "laptops", "restaurants", "MAMS",
    "MAMS val",  "Sanders",       "Apple",      "SXSW",       "entity",      "airline", "emotion",     "emotion val"};

// Labels of sentiment.
enum : std::uint16_t { kNegative, kNeutral, kPositive };

struct Row {
  std::string text;
  std::uint32_t begin = 0, end = 0;  // the target in it; none: both 0
  std::uint16_t label = 0;
  Set set = Set::tweeteval;
  std::string topic;       // what it is about, where the set says so
  std::uint64_t same = 0;  // equal for texts that are the same up to links, handles, case and signs
};

// Throws std::runtime_error where a file is missing.
std::vector<Row> read_sentiment(const std::filesystem::path& data);
std::vector<Row> read_airline(const std::filesystem::path& data);
std::vector<Row> read_emotion(const std::filesystem::path& data);

std::uint64_t same_text(std::string_view text);

}  // namespace earshot::perception
