#include "brand_text/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <earshot/error.hpp>
#include <stdexcept>

#include "text/utf8.hpp"

namespace earshot::brand_text {
namespace {

constexpr std::size_t kShortestJoined = 8;  // letters of a name of several words that is misspelt without its spaces

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

// As people write it who have no such keys: "Nestle" and, in German, "Mueller".
std::string without_accents(const std::string& folded, const Confusables& confusables, bool spelt_out) {
  std::string all;
  for (std::size_t at = 0; at < folded.size();) {
    const text::CodePoint c = text::decode(folded, at);
    const std::string_view itself = std::string_view(folded).substr(at, c.length);
    at += c.length;
    const bool latin = (c.value >= 0xC0 && c.value < 0x250) || (c.value >= 0x1E00 && c.value < 0x1F00);
    const char like = latin ? confusables.ascii_like(c.value) : '\0';
    const std::string_view two = c.value == U'ä' || c.value == U'æ'   ? "ae"
                                 : c.value == U'ö' || c.value == U'ø' ? "oe"
                                 : c.value == U'ü'                    ? "ue"
                                                                      : "";
    if (spelt_out && !two.empty()) {
      all += two;
    } else if (like != '\0') {
      all += like;
    } else {
      all += itself;
    }
  }
  return all;
}

}  // namespace

Model::Model(const std::vector<WatchItem>& items) : writings_(KnownWords{}) {
  for (const WatchItem& item : items) add_item(item, distinct_);
  // No name is a misspelling of another.
  for (const Name& name : names_) {
    const std::string folded = folder_.fold(name.written);
    for (std::size_t at = 0; at < folded.size();) {
      const std::size_t end = std::min(folded.find(' ', at), folded.size());
      writings_.add_known(std::string_view(folded).substr(at, end - at));
      at = end + 1;
    }
    writings_.add_known(without_spaces(folded));
  }
  writings_.seal();
}

void Model::add_known(const std::vector<std::string>& words) {
  for (const std::string& word : words) writings_.add_known(folder_.fold(word));
}

void Model::compile(const std::filesystem::path& cache) {
  std::vector<std::string> literals;
  for (auto& [literal, targets] : distinct_) {
    literals.push_back(literal);
    targets_.push_back(std::move(targets));
  }
  distinct_.clear();
  try {
    literals_ = patterns::Literals(std::move(literals), cache);
  } catch (const std::runtime_error& e) {
    throw unsupported(fmt::format("the names of the watchlist cannot be compiled: {}", e.what()));
  }
}

void Model::add_item(const WatchItem& item, Distinct& to) {
  const auto number = static_cast<std::uint32_t>(ids_.size());
  ids_.push_back(item.id);
  parts_ = parts_ || item.writings.joined || item.writings.inflections;
  for (const std::string& name : item.names) add_name(item, number, name, to);
  for (const std::string& tag : item.hashtags) {
    const std::string folded = folder_.fold(tag);
    add(Rule::hashtag, number, tag, {}, fmt::format("#{}", folded), to);
    if (folded.find(' ') != std::string::npos)
      add(Rule::hashtag, number, tag, {}, fmt::format("#{}", without_spaces(folded)), to);
  }
  for (const std::string& handle : item.handles) add(Rule::handle, number, handle, {}, folder_.fold("@" + handle), to);
  for (const std::string& link : item.links) add(Rule::link, number, link, {}, folder_.fold(link), to);
  add_variants(item, number, to);
  for (const std::string& word : item.exclude) writings_.add_known(folder_.fold(word));
}

void Model::add_name(const WatchItem& item, std::uint32_t number, const std::string& name, Distinct& to) {
  const std::string folded = folder_.fold(name);
  add(Rule::name, number, name, item.writings, folded, to);
  const auto at = static_cast<std::uint32_t>(names_.size() - 1);
  to[folded].push_back({Rule::hashtag, at});
  writings_.add(at, folded, name, item.writings);
  if (folded.find(' ') == std::string::npos) return;
  const std::string joined = without_spaces(folded);
  to[joined].push_back({Rule::hashtag, at});
  if (!item.writings.joined) return;
  if (joined.size() >= kShortestJoined) writings_.add(at, joined, joined, item.writings);
  if (!writings_.known().has(joined)) to[joined].push_back({Rule::joined, at});
}

// What the item lists, and names without their accents.
void Model::add_variants(const WatchItem& item, std::uint32_t number, Distinct& to) {
  for (const std::string& variant : item.variants)
    add(Rule::misspelling, number, variant, {}, folder_.fold(variant), to), names_.back().ordinary = false;
  if (!item.writings.misspellings) return;
  for (const std::string& name : item.names) {
    const std::string folded = folder_.fold(name);
    for (const bool spelt_out : {false, true}) {
      const std::string plain = without_accents(folded, writings_.confusables(), spelt_out);
      if (plain != folded && plain.size() >= 4) add(Rule::misspelling, number, name, {}, plain, to);
    }
  }
}

void Model::add(Rule rule, std::uint32_t item, const std::string& written, const Writings& allowed,
                const std::string& literal, Distinct& to) {
  if (literal.find_first_not_of(" -#@") == std::string::npos) {
    const std::string key = rule == Rule::misspelling ? "variants" : fmt::format("{}s", name_of(rule));
    throw invalid(fmt::format("'{}' of '{}' has no letter or digit to look for", written, ids_[item]))
        .at_option(fmt::format("watchlist.{}.{}", ids_[item], key));
  }
  to[literal].push_back({rule, static_cast<std::uint32_t>(names_.size())});
  const bool ordinary = literal.find(' ') == std::string::npos && writings_.known().has(literal);
  names_.push_back({item, written, allowed, ordinary});
}

}  // namespace earshot::brand_text
