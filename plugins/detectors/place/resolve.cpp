#include "place/resolve.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>

#include "text/utf8.hpp"

namespace earshot::place {
namespace {

constexpr std::size_t most_bytes = 200;  // of a declared place; what is longer is no place
constexpr std::size_t most_parts = 6;
constexpr std::size_t most_profile_bytes = 1000;

// Real names of small places that people write as a joke.
constexpr std::string_view jokes[] = {
    "earth",       "moon",         "the moon",     "mars",      "hell",         "heaven", "paradise",  "home",
    "nowhere",     "everywhere",   "somewhere",    "universe",  "the universe", "world",  "worldwide", "global",
    "internet",    "the internet", "online",       "here",      "there",        "space",  "neverland", "wonderland",
    "bed",         "my bed",       "planet earth", "milky way", "hogwarts",     "narnia", "atlantis",  "gotham",
    "gotham city", "your mom",     "your heart",   "your mind", "of",           "most",   "nice",      "reading",
    "mobile",      "page",         "remote",       "cloud",     "the cloud",    "web",    "metaverse", "asia",
    "africa",      "europe",       "eu",           "love",      "happy",        "best",   "same",      "see",
    "can",         "bar",          "man",          "split",     "orange",       "hope",   "eden",      "normal",
    "uk us",       "all",          "any",          "in"};

// Words before a place that are no part of it.
constexpr std::string_view before[] = {"based in ", "living in ",    "lives in ",     "live in ",  "located in ",
                                       "born in ",  "currently in ", "somewhere in ", "in ",       "from ",
                                       "near ",     "greater ",      "the ",          "aus ",      "wohnhaft in ",
                                       "city of ",  "north ",        "south ",        "downtown ", "central "};
// The forms in a profile text that are followed by a place.
constexpr std::string_view speaks_of[] = {"based in ",   "living in ", "lives in ", "live in ",  "located in ",
                                          "i am from ",  "im from ",   "i'm from ", "i’m from ", "wohne in ",
                                          "lebe in ",    "vivo en ",   "vivo em ",  "vivo a ",   "habite à ",
                                          "j'habite à ", "woon in "};

bool is_joke(std::string_view key) {
  return std::find(std::begin(jokes), std::end(jokes), key) != std::end(jokes);
}

double weight_of(const Entry& entry) {
  switch (entry.kind) {
    case Kind::country:
      return 30e6;
    case Kind::country_code:
      return 3e6;
    case Kind::state:
      return 2e6;
    case Kind::state_code:
      return 1.5e6;
    case Kind::city:
      return entry.people;
  }
  return 0;
}

struct Part {
  std::string written;
  std::vector<Entry> entries;
};

std::string_view trimmed(std::string_view text) {
  const auto is_edge = [](unsigned char c) {
    return std::isspace(c) != 0 || c == '.' || c == '!' || c == '~' || c == '*';
  };
  while (!text.empty() && is_edge(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && is_edge(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

bool is_capitals(std::string_view text) {
  return text.size() >= 2 && text.size() <= 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

class Parts {
 public:
  Parts(const Gazetteer& gazetteer, std::string_view text) : gazetteer_(gazetteer) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size() && parts_.size() < most_parts;) {
      const text::CodePoint c = text::decode(text, at);
      if (parts_words(text, at, c)) {
        take(trimmed(text.substr(begin, at - begin)));
        begin = at + c.length;
      }
      at += c.length;
    }
    if (begin < text.size()) take(trimmed(text.substr(begin)));
    // "Nice, France" is a place, "nice" and "home, bed" are none.
    if (std::all_of(parts_.begin(), parts_.end(), [](const Part& part) { return is_joke(key_of(part.written)); }))
      parts_.clear();
  }
  const std::vector<Part>& all() const { return parts_; }
  std::size_t unknown() const { return unknown_; }

 private:
  static bool parts_words(std::string_view text, std::size_t at, const text::CodePoint& c) {
    if (c.value == '-' || c.value == 0x2013 || c.value == 0x2014)  // "Baden-Württemberg" is one
      return at > 0 && text[at - 1] == ' ';
    if (c.value > 0x2000 && c.value < 0x3000) return c.value != 0x2019;
    return c.value == ',' || c.value == '/' || c.value == '|' || c.value == ';' || c.value == '(' || c.value == ')' ||
           c.value == '\n' || c.value == '&' || c.value == '+' || c.value == 0xB7 || c.value == 0x3001 ||
           c.value == 0xFF0C || c.value >= 0x1F000;
  }

  void take(std::string_view written) {
    if (written.empty()) return;
    Part part{std::string(written), {}};
    if (look_up(written, part.entries) || take_apart(written)) {
      if (!part.entries.empty()) parts_.push_back(std::move(part));
      return;
    }
    ++unknown_;
  }

  bool look_up(std::string_view written, std::vector<Entry>& entries) const {
    std::string key = key_of(written);
    entries.clear();
    if (is_capitals(written)) gazetteer_.find_code(written, entries);
    bool found = gazetteer_.find(key, entries);
    for (const std::string_view word : before) {
      if (found) break;
      if (key.starts_with(word)) {
        key.erase(0, word.size());
        found = gazetteer_.find(key, entries);
      }
    }
    return !entries.empty();
  }

  // "Berlin Germany", "Austin TX": two places without a comma between them.
  bool take_apart(std::string_view written) {
    if (std::count(written.begin(), written.end(), ' ') > 4) return false;
    for (std::size_t space = written.find(' '); space != std::string_view::npos; space = written.find(' ', space + 1)) {
      Part first{std::string(written.substr(0, space)), {}}, second{std::string(trimmed(written.substr(space))), {}};
      if (!look_up(first.written, first.entries) || !look_up(second.written, second.entries)) continue;
      const bool ends_wide = std::any_of(second.entries.begin(), second.entries.end(),
                                         [](const Entry& e) { return e.kind != Kind::city; });
      if (!ends_wide) continue;
      parts_.push_back(std::move(first)), parts_.push_back(std::move(second));
      return true;
    }
    return false;
  }

  const Gazetteer& gazetteer_;
  std::vector<Part> parts_;
  std::size_t unknown_ = 0;
};

// How likely it is that a part means a place in each country, by how many people are meant; a part that fits no country
// of another speaks against it. A small town by itself may as well be no place at all.
using Chances = std::map<std::string_view, double>;

Chances chances_of(const Part& part, const Hints& hints) {
  constexpr double no_place = 30'000;
  Chances chances;
  double total = no_place;
  for (const Entry& entry : part.entries) {
    double weight = weight_of(entry);
    if (std::find(hints.likely.begin(), hints.likely.end(), entry.country) != hints.likely.end()) weight *= 3;
    chances[entry.country.view()] += weight;
    total += weight;
  }
  for (auto& [country, chance] : chances) chance /= total;
  return chances;
}

std::optional<Place> best_of(const std::vector<Part>& parts, const Hints& hints, std::size_t unknown) {
  constexpr double elsewhere = 0.003;  // that a part belongs to another country than its neighbour
  Chances all;
  std::vector<Chances> each;
  for (const Part& part : parts) each.push_back(chances_of(part, hints));
  for (const Chances& chances : each)
    for (const auto& [country, chance] : chances) all[country] = 1;
  double total = 0, sure = 0;
  for (auto& [country, product] : all) {
    double best = 0;
    for (const Chances& chances : each) {
      const auto at = chances.find(country);
      product *= at == chances.end() ? elsewhere : std::max(at->second, elsewhere);
      if (at != chances.end()) best = std::max(best, at->second);
    }
    total += product;
    if (parts.size() > 1) best = std::max(best, 0.9);
    sure = std::max(sure, best);
  }
  if (all.empty() || total <= 0) return {};
  const auto best = std::max_element(all.begin(), all.end(), [](auto& a, auto& b) { return a.second < b.second; });
  double probability = best->second / total;
  if (parts.size() == 1) probability *= sure;
  probability *= std::pow(0.8, static_cast<double>(unknown));
  Place place{{{best->first[0], best->first[1]}}, std::min(probability, 0.99), {}};
  for (const Part& part : parts) place.told_by += (place.told_by.empty() ? "" : ", ") + part.written;
  return place;
}

}  // namespace

std::vector<Country> flags_in(std::string_view text) {
  std::vector<Country> flags;
  const auto letter = [](char32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF ? static_cast<char>('A' + (c - 0x1F1E6)) : '\0';
  };
  for (std::size_t at = 0; at < text.size() && flags.size() < most_parts;) {
    const text::CodePoint first = text::decode(text, at);
    at += first.length;
    if (letter(first.value) == 0 || at >= text.size()) continue;
    const text::CodePoint second = text::decode(text, at);
    if (letter(second.value) == 0) continue;
    at += second.length;
    const Country flag{{letter(first.value), letter(second.value)}};
    if (std::find(flags.begin(), flags.end(), flag) == flags.end()) flags.push_back(flag);
  }
  return flags;
}

std::optional<Place> resolve(const Gazetteer& gazetteer, std::string_view declared, const Hints& hints) {
  declared = trimmed(declared);
  if (declared.empty() || declared.size() > most_bytes) return {};
  const std::vector<Country> flags = flags_in(declared);
  Part whole{std::string(declared), {}};
  const std::string key = key_of(declared);
  if (!is_joke(key)) gazetteer.find(key, whole.entries);
  std::vector<Part> parts;
  std::size_t unknown = 0;
  if (!whole.entries.empty() && !is_capitals(declared)) {
    parts.push_back(std::move(whole));
  } else {
    const Parts apart(gazetteer, declared);
    parts = apart.all(), unknown = apart.unknown();
  }
  for (const Country flag : flags)
    if (gazetteer.is_code(flag.view()))
      parts.push_back({"flag " + std::string(flag.view()), {{flag, Kind::country, 0}}});
  if (parts.empty()) return {};
  return best_of(parts, hints, unknown);
}

std::optional<Place> resolve_profile(const Gazetteer& gazetteer, std::string_view text, const Hints& hints) {
  constexpr double said_in_passing = 0.9;
  text = text.substr(0, most_profile_bytes);
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  const auto place_at = [&](std::size_t at) -> std::optional<Place> {
    constexpr std::string_view ends = ".|\n!?;()#@";
    std::string_view rest = text.substr(at);
    rest = trimmed(rest.substr(0, std::min(rest.find_first_of(ends), std::size_t{60})));
    // "Berlin and I love coffee": the longest beginning that is a place.
    for (int tries = 0; tries < 8 && !rest.empty(); ++tries) {
      if (auto place = resolve(gazetteer, rest, hints)) return place;
      const std::size_t space = rest.find_last_of(" ,");
      if (space == std::string_view::npos) break;
      rest = trimmed(rest.substr(0, space));
    }
    return {};
  };
  for (const std::string_view form : speaks_of) {
    const std::size_t at = lower.find(form);
    if (at == std::string::npos || (at > 0 && std::isalpha(static_cast<unsigned char>(lower[at - 1])) != 0)) continue;
    if (auto place = place_at(at + form.size())) return place->probability *= said_in_passing, place;
  }
  constexpr std::string_view pin = "\U0001F4CD";
  if (const std::size_t at = text.find(pin); at != std::string_view::npos)
    if (auto place = place_at(at + pin.size())) return place->probability *= said_in_passing, place;
  const std::vector<Country> flags = flags_in(text);
  if (flags.size() != 1 || !gazetteer.is_code(flags[0].view())) return {};
  return Place{flags[0], 0.7, "flag " + std::string(flags[0].view())};
}

}  // namespace earshot::place
