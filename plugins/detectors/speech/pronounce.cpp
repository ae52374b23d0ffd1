#include "speech/pronounce.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <earshot/error.hpp>
#include <map>
#include <set>

#include "speech/analogy.hpp"
#include "speech/espeak.hpp"

namespace earshot::speech {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr double kEspeak = 0.4;    // its share beside the readings by analogy
constexpr double kUnlikely = 0.1;  // a reading with less of the probability than this, against the best, is left out

constexpr std::array<std::string_view, 10> kDigits{"zero", "one", "two",   "three", "four",
                                                   "five", "six", "seven", "eight", "nine"};

// Where readings are equally long, what they have at one place may go with what they have at another.
std::vector<Reading> mixed(std::vector<Reading> readings) {
  std::map<std::size_t, std::vector<Reading>> by_length;
  for (const Reading& reading : readings) by_length[reading.phones.size()].push_back(reading);
  for (const auto& [length, same] : by_length) {
    double total = 0;
    for (const Reading& reading : same) total += reading.probability;
    std::vector<Reading> grown{{{}, total}};
    for (std::size_t at = 0; at < length; ++at) {
      std::map<Phone, double> here;
      for (const Reading& reading : same) here[reading.phones[at]] += reading.probability / total;
      std::vector<Reading> next;
      for (const Reading& reading : grown)
        for (const auto& [phone, share] : here) {
          next.push_back({reading.phones, reading.probability * share});
          next.back().phones.push_back(phone);
        }
      std::stable_sort(next.begin(), next.end(), [](auto& a, auto& b) { return a.probability > b.probability; });
      if (next.size() > 40) next.resize(40);
      grown = std::move(next);
    }
    for (const Reading& reading : grown)
      if (std::none_of(readings.begin(), readings.end(), [&](const Reading& r) { return r.phones == reading.phones; }))
        readings.push_back(reading);
  }
  std::stable_sort(readings.begin(), readings.end(), [](auto& a, auto& b) { return a.probability > b.probability; });
  return readings;
}

std::vector<Reading> readings_of(const Lexicon& lexicon, const std::string& word,
                                 const std::map<std::string, std::vector<Reading>>& analogies) {
  std::vector<Reading> readings;
  for (Phones& phones : lexicon.find(word)) readings.push_back({std::move(phones), 1});
  if (!readings.empty()) return readings;
  if (Phones spoken = from_ipa(espeak_ipa(word)); !spoken.empty()) readings.push_back({std::move(spoken), kEspeak});
  const auto found = analogies.find(word);
  if (found != analogies.end())
    for (const Reading& reading : found->second) {
      if (reading.probability < kUnlikely * found->second[0].probability) break;
      const auto same =
          std::find_if(readings.begin(), readings.end(), [&](const Reading& r) { return r.phones == reading.phones; });
      if (same != readings.end())
        same->probability += (1 - kEspeak) * reading.probability;
      else
        readings.push_back({reading.phones, (1 - kEspeak) * reading.probability});
    }
  return mixed(std::move(readings));
}

}  // namespace

Phones given_pronunciation(std::string_view text, std::string_view item) {
  const std::string place = "watchlist." + std::string(item) + ".pronunciations";
  const bool ipa = text.find_first_of("/[") != std::string_view::npos;
  const auto arpabet = ipa ? std::nullopt : from_arpabet(text);
  Phones phones = ipa ? from_ipa(text) : arpabet.value_or(Phones{});
  if (phones.empty() || text.size() > kLongestName)
    throw invalid("a pronunciation of '" + std::string(item) +
                  "' is neither ARPAbet (\"S EH N T R IH K S\") nor IPA between slashes (\"/sɛntrɪks/\")")
        .at_option(place);
  return phones;
}

std::vector<std::string> spoken_words(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status) || name.size() > kLongestName) return {};
  icu::UnicodeString text =
      folding->normalize(icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())}), status);
  text.toLower(icu::Locale::getEnglish());
  std::vector<std::string> words(1);
  for (std::int32_t i = 0; i < text.length(); ++i) {
    const char16_t c = text[i];
    if (c >= u'a' && c <= u'z') {
      words.back() += static_cast<char>(c);
    } else if (c >= u'0' && c <= u'9') {
      if (!words.back().empty()) words.emplace_back();
      words.back() = kDigits[c - u'0'], words.emplace_back();
    } else if (c == u'&') {
      words.emplace_back("and"), words.emplace_back();
    } else if (c == u'ß') {
      words.back() += "ss";
    } else if (c == u'\'' || c == u'’' || u_charType(c) == U_NON_SPACING_MARK) {
      continue;
    } else if (u_isalpha(c) != 0) {
      return {};
    } else {
      words.emplace_back();
    }
  }
  std::erase(words, "");
  return words;
}

std::vector<std::vector<Phones>> pronounce(const Lexicon& lexicon, const std::vector<std::vector<std::string>>& names,
                                           std::size_t most) {
  std::set<std::string> unknown;
  for (const auto& words : names)
    for (const std::string& word : words)
      if (lexicon.find(word).empty()) unknown.insert(word);
  const auto analogies = read_by_analogy(lexicon, {unknown.begin(), unknown.end()}, 6);
  std::vector<std::vector<Phones>> all;
  for (const auto& words : names) {
    std::vector<Reading> readings{{{}, 1}};
    for (const std::string& word : words) {
      std::vector<Reading> next;
      for (const Reading& before : readings)
        for (const Reading& reading : readings_of(lexicon, word, analogies)) {
          next.push_back({before.phones, before.probability * reading.probability});
          next.back().phones.insert(next.back().phones.end(), reading.phones.begin(), reading.phones.end());
        }
      std::stable_sort(next.begin(), next.end(), [](auto& a, auto& b) { return a.probability > b.probability; });
      if (next.size() > most) next.resize(most);
      readings = std::move(next);
    }
    std::vector<Phones>& said = all.emplace_back();
    for (Reading& reading : readings)
      if (!reading.phones.empty()) said.push_back(std::move(reading.phones));
  }
  return all;
}

}  // namespace earshot::speech
