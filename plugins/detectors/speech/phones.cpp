#include "speech/phones.hpp"

#include <algorithm>
#include <array>

namespace earshot::speech {
namespace {

constexpr std::array<std::string_view, kPhones> kNames{
    "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F",  "G", "HH", "IH", "IY", "JH", "K",
    "L",  "M",  "N",  "NG", "OW", "OY", "P", "R",  "S", "SH", "T",  "TH", "UH", "UW", "V", "W",  "Y",  "Z",  "ZH"};

struct Sign {
  std::string_view ipa, arpabet;
};

// Longer ones first where one begins with another. What English lacks takes the nearest that it has.
constexpr Sign kSigns[] = {{"aɪ", "AY"}, {"aʊ", "AW"},    {"eɪ", "EY"},  {"oʊ", "OW"}, {"əʊ", "OW"}, {"ɔɪ", "OY"},
                           {"tʃ", "CH"}, {"dʒ", "JH"},    {"ɜːɹ", "ER"}, {"ɜː", "ER"}, {"ɜ", "ER"},  {"ɝ", "ER"},
                           {"əɹ", "ER"}, {"ɚɹ", "ER R"},  {"ɚ", "ER"},   {"ɑː", "AA"}, {"ɑ", "AA"},  {"ɒ", "AA"},
                           {"ɔː", "AO"}, {"oːɹ", "AO R"}, {"oː", "OW"},  {"ɔ", "AO"},  {"æ", "AE"},  {"aː", "AA"},
                           {"a", "AE"},  {"ʌ", "AH"},     {"ə", "AH"},   {"ɐ", "AH"},  {"ɛ", "EH"},  {"eː", "EY"},
                           {"e", "EH"},  {"iː", "IY"},    {"i", "IY"},   {"ɪ", "IH"},  {"ᵻ", "IH"},  {"o", "OW"},
                           {"ʊ", "UH"},  {"uː", "UW"},    {"u", "UW"},   {"y", "UW"},  {"ø", "ER"},  {"œ", "ER"},
                           {"p", "P"},   {"b", "B"},      {"t", "T"},    {"d", "D"},   {"k", "K"},   {"ɡ", "G"},
                           {"g", "G"},   {"f", "F"},      {"v", "V"},    {"θ", "TH"},  {"ð", "DH"},  {"s", "S"},
                           {"z", "Z"},   {"ʃ", "SH"},     {"ʒ", "ZH"},   {"h", "HH"},  {"ç", "HH"},  {"x", "K"},
                           {"m", "M"},   {"n̩", "AH N"},   {"n", "N"},    {"ɲ", "N Y"}, {"ŋ", "NG"},  {"l̩", "AH L"},
                           {"l", "L"},   {"ɫ", "L"},      {"ɹ", "R"},    {"r", "R"},   {"ʁ", "R"},   {"j", "Y"},
                           {"w", "W"},   {"ʍ", "W"},      {"ɾ", "T"},    {"ʔ", "T"},   {"β", "V"},   {"ɣ", "G"}};

}  // namespace

std::string_view name_of(Phone phone) {
  return kNames[phone];
}

std::optional<Phone> phone_of(std::string_view name) {
  if (!name.empty() && name.back() >= '0' && name.back() <= '2') name.remove_suffix(1);
  const auto found = std::lower_bound(kNames.begin(), kNames.end(), name);
  if (found == kNames.end() || *found != name) return {};
  return static_cast<Phone>(found - kNames.begin());
}

bool is_vowel(Phone phone) {
  const char first = kNames[phone][0];
  return first == 'A' || first == 'E' || first == 'I' || first == 'O' || first == 'U';
}

std::optional<Phones> from_arpabet(std::string_view text) {
  Phones all;
  while (true) {
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t\r")));
    if (text.empty()) return all;
    const std::size_t end = std::min(text.size(), text.find_first_of(" \t\r"));
    const auto phone = phone_of(text.substr(0, end));
    if (!phone) return {};
    all.push_back(*phone);
    text.remove_prefix(end);
  }
}

std::string to_arpabet(const Phones& phones) {
  std::string text;
  for (const Phone phone : phones) (text += text.empty() ? "" : " ") += kNames[phone];
  return text;
}

Phones from_ipa(std::string_view text) {
  Phones all;
  while (!text.empty()) {
    const auto sign =
        std::find_if(std::begin(kSigns), std::end(kSigns), [&](const Sign& s) { return text.starts_with(s.ipa); });
    if (sign == std::end(kSigns)) {
      text.remove_prefix(1);
      continue;
    }
    text.remove_prefix(sign->ipa.size());
    const Phones phones = *from_arpabet(sign->arpabet);
    all.insert(all.end(), phones.begin(), phones.end());
  }
  return all;
}

}  // namespace earshot::speech
