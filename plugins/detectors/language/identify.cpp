#include "language/identify.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
// CLD2's header uses FILE and does not include <cstdio>.
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "text/utf8.hpp"

namespace earshot::language {
namespace {

// CLD2 is asked below this probability, and from so many letters on: it knows little of single words.
constexpr double unsure = 0.6;
constexpr std::uint32_t enough_for_cld2 = 16;
constexpr double weight_of_cld2 = 2.5;  // its answer multiplies the chance of its language by this

// So many nats ahead of the second, a language is not overtaken any more.
constexpr double far_ahead = 6;

std::string_view only_language(Script script) {
  switch (script) {
    case Script::han:
      return "zh";
    case Script::kana:
      return "ja";
    case Script::hangul:
      return "ko";
    case Script::hebrew:
      return "he";
    case Script::greek:
      return "el";
    case Script::armenian:
      return "hy";
    case Script::georgian:
      return "ka";
    case Script::bengali:
      return "bn";
    case Script::gujarati:
      return "gu";
    case Script::gurmukhi:
      return "pa";
    case Script::tamil:
      return "ta";
    case Script::telugu:
      return "te";
    case Script::kannada:
      return "kn";
    case Script::malayalam:
      return "ml";
    case Script::sinhala:
      return "si";
    case Script::oriya:
      return "or";
    case Script::thai:
      return "th";
    case Script::lao:
      return "lo";
    case Script::khmer:
      return "km";
    case Script::burmese:
      return "my";
    case Script::tibetan:
      return "bo";
    case Script::ethiopic:
      return "am";
    case Script::thaana:
      return "dv";
    default:
      return {};
  }
}

// "pt-BR" is "pt"; what else platforms write for the same languages.
std::string_view primary(std::string_view tag) {
  tag = tag.substr(0, tag.find_first_of("-_"));
  if (tag == "no") return "nb";
  if (tag == "in") return "id";
  if (tag == "iw") return "he";
  if (tag == "fil") return "tl";
  return tag;
}

void append_utf8(std::string& to, char16_t c) {
  if (c < 0x80) {
    to.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    to.push_back(static_cast<char>(0xC0 | c >> 6)), to.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    to.push_back(static_cast<char>(0xE0 | c >> 12)), to.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    to.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

}  // namespace

Guess Identifier::guess(const Asked& asked) {
  Script script = words_.main_script();
  if (script == Script::common || script == Script::other) return {};
  // A Japanese text may have more Han than Kana, but no Chinese one has Kana to speak of.
  if (script == Script::han && words_.count(Script::kana) * 8 >= words_.count(Script::han)) script = Script::kana;
  if (const Group* group = model_->group(script)) return by_model(*group, asked);
  return by_script(script);
}

Guess Identifier::by_script(Script script) const {
  const std::uint32_t letters = words_.count(script) + (script == Script::kana ? words_.count(Script::han) : 0);
  return {only_language(script), 0.99 * letters / words_.letter_count()};
}

Guess Identifier::by_model(const Group& group, const Asked& asked) {
  if (words_.letter_count() < 3) return {};
  const std::uint32_t known = add_up(group);
  if (known == 0) return {};
  const double scale = model_->unit() / (std::sqrt(known) * model_->temperature());
  const std::int32_t most = *std::max_element(sums_.begin() + group.begin, sums_.begin() + group.end);
  double total = 0;
  const std::string_view declared = primary(asked.declared);
  for (std::uint32_t i = group.begin; i < group.end; ++i) {
    chances_[i] = std::exp((sums_[i] - most) * scale);
    // The platform's word counts like odds that hold before a letter was read.
    if (asked.trust > 0 && !declared.empty() && model_->languages()[i] == declared) chances_[i] *= 1 + 9 * asked.trust;
    total += chances_[i];
  }
  auto best = std::max_element(chances_.begin() + group.begin, chances_.begin() + group.end);
  if (asked.second && *best < unsure * total && words_.letter_count() >= enough_for_cld2) {
    ask_cld2(group);
    total = 0;
    for (std::uint32_t i = group.begin; i < group.end; ++i) total += chances_[i];
    best = std::max_element(chances_.begin() + group.begin, chances_.begin() + group.end);
  }
  const double probability = *best / total;
  if (only_names(probability)) return {};
  return {model_->languages()[static_cast<std::size_t>(best - chances_.begin())], probability};
}

// Sums the weights, a few words at a time, until one language is far ahead; returns how many n-grams are known.
std::uint32_t Identifier::add_up(const Group& group) {
  sums_.fill(0);
  const std::span<const char16_t> letters = words_.letters();
  std::uint32_t known = 0;
  std::size_t begin = 0, last = 0;  // at spaces: of what is not added yet, and the last one seen
  for (std::size_t at = 1; at < letters.size(); ++at) {
    if (letters[at] != u' ') continue;
    if (at + 1 - begin > Model::most_letters && last > begin) {
      known += model_->add(letters.subspan(begin, last + 1 - begin), sums_);
      if (is_clear(group, known)) return known;
      begin = last;
    }
    last = at;
  }
  if (last > begin) known += model_->add(letters.subspan(begin, last + 1 - begin), sums_);
  return known;
}

bool Identifier::is_clear(const Group& group, std::uint32_t known) const {
  std::int32_t first = -1 << 30, second = first;
  for (std::uint32_t i = group.begin; i < group.end; ++i) {
    second = std::max(second, std::min(first, sums_[i]));
    first = std::max(first, sums_[i]);
  }
  return (first - second) * model_->unit() > far_ahead * std::sqrt(known) * model_->temperature();
}

void Identifier::ask_cld2(const Group& group) {
  utf8_.clear();
  for (const char16_t c : words_.letters()) append_utf8(utf8_, c >= 0xD800 && c < 0xE000 ? u' ' : c);
  bool reliable = false;
  const CLD2::Language answer = CLD2::DetectLanguage(utf8_.data(), static_cast<int>(utf8_.size()), true, &reliable);
  if (!reliable) return;
  const std::string_view language = primary(CLD2::LanguageCode(answer));
  for (std::uint32_t i = group.begin; i < group.end; ++i)
    if (model_->languages()[i] == language) chances_[i] *= weight_of_cld2;
}

// "Angela Merkel" is of no language.
bool Identifier::only_names(double probability) const {
  return words_.names() == words_.word_count() && words_.word_count() >= 2 && words_.word_count() <= 4 &&
         probability < 0.9;
}

}  // namespace earshot::language
