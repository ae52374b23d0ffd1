#include "brand_text/model.hpp"

#include <fmt/format.h>
#include <hs.h>

#include <algorithm>
#include <earshot/error.hpp>
#include <map>
#include <stdexcept>
#include <tuple>

#include "text/utf8.hpp"

namespace earshot::brand_text {
namespace {

using text::Place;
using text::Range;

bool overlap(Range a, Range b) {
  return a.begin < b.end && b.begin < a.end;
}

// Handles and host names keep their hyphens and underscores apart, which folding does not.
bool same_joints(std::string_view written, std::string_view found) {
  if (written.size() != found.size()) return true;  // not ASCII: folded forms are equal already
  for (std::size_t i = 0; i < written.size(); ++i) {
    const bool joint = written[i] == '-' || written[i] == '_';
    if (joint ? written[i] != found[i] : found[i] == '-' || found[i] == '_' || found[i] == ' ') return false;
  }
  return true;
}

// Begins with the sign, which stands behind no word: the "#" of "page#acme" is a part of a link.
bool is_hashtag(std::string_view text, Range range) {
  const char32_t sign = text::decode(text, range.begin).value;
  return (sign == '#' || sign == 0xFF03) &&
         (range.begin == 0 || !text::is_word(text::decode_before(text, range.begin).value));
}

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

}  // namespace

Model::Model(const std::vector<WatchItem>& items) {
  for (const WatchItem& item : items) {
    const auto number = static_cast<std::uint32_t>(ids_.size());
    ids_.push_back(item.id);
    for (const std::string& name : item.names) {
      const std::string folded = folder_.fold(name);
      add(Rule::name, number, name, folded);
      add(Rule::hashtag, number, name, folded);
      if (folded.find(' ') != std::string::npos)
        add(Rule::hashtag, number, name, fmt::format("#{}", without_spaces(folded)));
    }
    for (const std::string& tag : item.hashtags) {
      const std::string folded = folder_.fold(tag);
      add(Rule::hashtag, number, tag, fmt::format("#{}", folded));
      if (folded.find(' ') != std::string::npos)
        add(Rule::hashtag, number, tag, fmt::format("#{}", without_spaces(folded)));
    }
    for (const std::string& handle : item.handles) add(Rule::handle, number, handle, folder_.fold("@" + handle));
    for (const std::string& link : item.links) add(Rule::link, number, link, folder_.fold(link));
  }
  compile();
}

Model::~Model() {
  hs_free_database(database_);
}

void Model::add(Rule rule, std::uint32_t item, const std::string& written, const std::string& literal) {
  static constexpr const char* words[] = {"name", "hashtag", "handle", "link"};
  if (literal.find_first_not_of(" -#@") == std::string::npos)
    throw invalid(fmt::format("'{}' of '{}' has no letter or digit to look for", written, ids_[item]))
        .at_option(fmt::format("watchlist.{}.{}s", ids_[item], words[static_cast<int>(rule)]));
  literals_.push_back(literal);
  targets_.push_back({{rule, item, written, fmt::format("{}: {}", words[static_cast<int>(rule)], written)}});
}

void Model::compile() {
  // One literal each, however many items ask for it.
  std::map<std::string, std::vector<Target>> distinct;
  for (std::size_t i = 0; i < literals_.size(); ++i) {
    auto& all = distinct[literals_[i]];
    all.insert(all.end(), targets_[i].begin(), targets_[i].end());
  }
  literals_.clear(), targets_.clear();
  std::vector<const char*> expressions;
  std::vector<unsigned> flags, ids;
  std::vector<std::size_t> lengths;
  for (auto& [literal, targets] : distinct) {
    ids.push_back(static_cast<unsigned>(literals_.size()));
    literals_.push_back(literal);
    targets_.push_back(std::move(targets));
  }
  if (literals_.empty()) return;
  for (const std::string& literal : literals_) {
    expressions.push_back(literal.data());
    lengths.push_back(literal.size());
    flags.push_back(HS_FLAG_SOM_LEFTMOST);
  }
  hs_compile_error_t* error = nullptr;
  if (hs_compile_lit_multi(expressions.data(), flags.data(), ids.data(), lengths.data(),
                           static_cast<unsigned>(literals_.size()), HS_MODE_BLOCK, nullptr, &database_,
                           &error) != HS_SUCCESS) {
    const std::string message = error != nullptr ? error->message : "no reason given";
    hs_free_compile_error(error);
    throw unsupported("the names of the watchlist cannot be compiled: " + message);
  }
}

Scanner::Scanner(std::shared_ptr<const Model> model) : model_(std::move(model)) {
  if (model_->database_ != nullptr && hs_alloc_scratch(model_->database_, &scratch_) != HS_SUCCESS)
    throw std::bad_alloc();
}
Scanner::Scanner(const Scanner& other) : Scanner(other.model_) {}
Scanner::~Scanner() {
  hs_free_scratch(scratch_);
}

void Scanner::add(std::string_view text) {
  texts_.push_back(text);
  model_->folder_.append(folded_, text);
}

const std::vector<Mention>& Scanner::scan() {
  mentions_.clear();
  hits_.clear();
  const std::string_view bytes = folded_.bytes();
  if (model_->database_ != nullptr && !bytes.empty()) {
    const auto on_match = [](unsigned id, unsigned long long from, unsigned long long to, unsigned, void* self) {
      static_cast<Scanner*>(self)->hits_.push_back(
          {id, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
      return 0;
    };
    if (hs_scan(model_->database_, bytes.data(), static_cast<unsigned>(bytes.size()), 0, scratch_, on_match, this) !=
        HS_SUCCESS)
      throw std::runtime_error("vectorscan failed on a block of text");
  }
  // Hits come in the order of their ends, and so text by text.
  std::uint32_t text = 0;
  for (const Hit& hit : hits_) {
    if (hit.end > folded_.place(text).end) {
      resolve(text);
      while (hit.end > folded_.place(text).end) ++text;
    }
    if (candidates_.size() < 4 * most) collect(text, hit);
  }
  resolve(text);
  clear();
  return mentions_;
}

void Scanner::collect(std::uint32_t text, const Hit& hit) {
  const auto range = folded_.original(text, hit.begin, hit.end);
  if (!range) return;
  const std::string_view whole = texts_[text];
  if (!text::begins_word(whole, range->begin) || !text::ends_word(whole, range->end)) return;
  const std::string_view found = whole.substr(range->begin, range->end - range->begin);
  const text::Token token = text::token_around(whole, *range);
  for (const Model::Target& target : model_->targets_[hit.literal]) {
    Range place = *range;
    if (!fits(target, whole, place, token)) continue;
    const bool as_written = target.rule != Model::Rule::name || found == target.written;
    candidates_.push_back({place, &target, as_written ? 1.0 : 0.9});
  }
}

// Does what stands around the literal allow the rule? Widens the range to what a reader would mark.
bool Scanner::fits(const Model::Target& target, std::string_view text, Range& range, const text::Token& token) const {
  const std::string_view found = text.substr(range.begin, range.end - range.begin);
  const char after = range.end + 1 < text.size() ? text[range.end] : ' ';
  const bool goes_on = (after == '.' || after == '-' || after == '@') && text::begins_word(text, range.end + 1) &&
                       text::is_word(static_cast<unsigned char>(text[range.end + 1]));
  switch (target.rule) {
    case Model::Rule::name:
      if (token.place == Place::hashtag) return found.find_first_of(" \t\r\n") != std::string_view::npos;
      return token.place == Place::plain || (token.bare && token.host == range);
    case Model::Rule::hashtag:
      if (token.place == Place::hashtag && found.find_first_of(" \t\r\n") == std::string_view::npos) {
        range = token.whole;
        return true;
      }
      return is_hashtag(text, range);
    case Model::Rule::handle:
      // "joe@acme" is an address and "@acme.example" another account
      if (range.begin > 0 && text::is_word(static_cast<unsigned char>(text[range.begin - 1]))) return false;
      return token.place != Place::link && !goes_on &&
             same_joints(target.written, found.substr(found.find('@') == 0 ? 1 : 0));
    case Model::Rule::link:
      if (token.place != Place::link || range.end != token.host.end || range.begin < token.host.begin) return false;
      if (range.begin > token.host.begin && text[range.begin - 1] != '.') return false;
      if (!same_joints(target.written, found)) return false;
      range.begin = token.host.begin;
      return true;
  }
  return false;
}

// The longest of what overlaps has the place; items that share a name have it together.
void Scanner::resolve(std::uint32_t text) {
  if (candidates_.empty()) return;
  const auto key = [](const Candidate& c) {
    return std::tuple(c.range.begin - c.range.end, c.range.begin, c.target->item, -c.score, c.target->rule);
  };
  if (candidates_.size() > 1)
    std::sort(candidates_.begin(), candidates_.end(),
              [&](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
  taken_.clear();
  const std::size_t first = mentions_.size();
  const Candidate* last = nullptr;
  for (const Candidate& candidate : candidates_) {
    const auto at = std::lower_bound(taken_.begin(), taken_.end(), candidate.range,
                                     [](Range a, Range b) { return a.end <= b.begin; });
    const bool free = at == taken_.end() || !overlap(*at, candidate.range);
    if (!free && *at != candidate.range) continue;
    const bool same_item =
        last != nullptr && last->range == candidate.range && last->target->item == candidate.target->item;
    if (same_item) continue;
    if (free) taken_.insert(at, candidate.range);
    last = &candidate;
    mentions_.push_back(
        {text, candidate.range, candidate.score, model_->ids_[candidate.target->item], candidate.target->reason});
    if (mentions_.size() - first >= most) break;
  }
  std::stable_sort(mentions_.begin() + static_cast<std::ptrdiff_t>(first), mentions_.end(),
                   [](const Mention& a, const Mention& b) { return a.range.begin < b.range.begin; });
  candidates_.clear();
}

}  // namespace earshot::brand_text
