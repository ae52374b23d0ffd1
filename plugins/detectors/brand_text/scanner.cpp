#include "brand_text/scanner.hpp"

#include <algorithm>
#include <tuple>

#include "brand_text/joined.hpp"
#include "brand_text/walk.hpp"
#include "text/utf8.hpp"

namespace earshot::brand_text {
namespace {

using text::Place;
using text::Range;

bool overlap(Range a, Range b) {
  return a.begin < b.end && b.begin < a.end;
}

std::string_view part(std::string_view text, Range range) {
  return text.substr(range.begin, range.end - range.begin);
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

bool is_tag_byte(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || c == '_' || (c >= '0' && c <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z');
}

// A quick "no word" for what stands between words beyond ASCII: punctuation, symbols, emoji; and scripts that put no
// space between words, where a word cannot be told without a dictionary.
bool parts_words(char32_t c) {
  return c == text::invalid_byte || c < 0xAA || (c >= 0x2000 && c < 0x2C00) || c == 0xFFFD || c >= 0x1F000 ||
         text::is_spaceless(c);
}

}  // namespace

Scanner::Scanner(std::shared_ptr<const Model> model) : model_(std::move(model)), scratch_(model_->literals_) {}

void Scanner::add(std::string_view text) {
  texts_.push_back(text);
  model_->folder_.append(folded_, text);
}

const std::vector<Mention>& Scanner::scan() {
  mentions_.clear(), hits_.clear(), written_otherwise_.clear();
  model_->literals_.scan(folded_.bytes(), scratch_, [&](const patterns::Hit& hit) { hits_.push_back(hit); });
  if (!model_->writings_.empty()) look_at_words();
  // Hits come in the order of their ends, and so text by text.
  auto hit = hits_.begin();
  auto word = written_otherwise_.begin();
  for (std::uint32_t text = 0; text < texts_.size(); ++text) {
    const std::uint32_t end = folded_.place(text).end;
    for (; hit != hits_.end() && hit->end <= end; ++hit)
      if (candidates_.size() < 4 * most) collect(text, *hit);
    for (; word != written_otherwise_.end() && word->text == text; ++word)
      if (candidates_.size() < 4 * most) candidates_.push_back(*word);
    if (!candidates_.empty()) resolve(text);
  }
  clear();
  return mentions_;
}

// Known words are the most, and cost one look into the set; those seen before one into a line of the cache. Lists first
// and branches last: what a word is cannot be foreseen by the processor.
void Scanner::look_at_words() {
  const std::string_view bytes = folded_.bytes();
  const KnownWords& known = model_->writings_.known();
  const std::size_t edges = find_edges(bytes, edges_);
  if (hashes_.size() < edges / 2 + 1) hashes_.resize(edges / 2 + 1);
  std::size_t unknown = 0;
  for (std::size_t i = 0; i < edges; i += 2) {
    const std::uint32_t begin = edges_[i], end = edges_[i + 1];
    if (end - begin < shortest_word || end - begin > longest_word) continue;
    const std::uint64_t hash = word_hash(bytes.substr(begin, end - begin), bytes.size() - begin);
    edges_[2 * unknown] = begin, edges_[2 * unknown + 1] = end;  // overwrites what is done with
    hashes_[unknown] = hash;
    unknown += known.has(hash) ? 0 : 1;
  }
  std::size_t fresh = 0;
  for (std::size_t i = 0; i < unknown; ++i) {
    edges_[2 * fresh] = edges_[2 * i], edges_[2 * fresh + 1] = edges_[2 * i + 1];
    fresh += nothing_.has(hashes_[i]) ? 0 : 1;
  }
  std::uint32_t text = 0;
  for (std::size_t i = 0; i < fresh; ++i) {
    while (edges_[2 * i] > folded_.place(text).end) ++text;
    look_at_word(text, edges_[2 * i], edges_[2 * i + 1]);
  }
}

// A run of letters that is no known word: cut where it is several.
void Scanner::look_at_word(std::uint32_t text, std::size_t begin, std::size_t end) {
  const std::string_view bytes = folded_.bytes();
  if (begin > 0 && (bytes[begin - 1] == '@' || bytes[begin - 1] == '/')) return;
  while (begin < end && bytes[begin] == '$') ++begin;
  while (begin < end && bytes[end - 1] == '$') --end;
  std::size_t first = begin, at = begin;
  bool cut = false;
  while (at < end) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const text::CodePoint c = text::decode(bytes, at);
    if (parts_words(c.value)) {
      if (at - first >= shortest_word) look_up(text, first, at);
      first = at + c.length, cut = true;
    }
    at += c.length;
  }
  if (end - std::min(first, end) < shortest_word) return;
  if (cut && model_->writings_.known().has(bytes.substr(first, end - first))) return;
  look_up(text, first, end);
}

void Scanner::look_up(std::uint32_t text, std::size_t begin, std::size_t end) {
  const std::string_view bytes = folded_.bytes(), word = bytes.substr(begin, end - begin);
  const std::uint64_t hash = word_hash(word, bytes.size() - begin);
  if (nothing_.has(hash)) return;
  model_->writings_.look_up(word, words_);
  const bool may_look_alike = model_->writings_.may_look_alike(word, words_);
  if (words_.seen.empty() && !may_look_alike) nothing_.add(hash);
  if (may_look_alike) {
    const auto range = folded_.original(text, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
    if (range) model_->writings_.look_alike(part(texts_[text], *range), words_);
  }
  const Range place = folded_.place(text);
  for (const Seen& seen : words_.seen) {
    const std::string_view before = seen.form->before, behind = seen.form->behind;
    if (begin - place.begin < before.size() || place.end - end < behind.size()) continue;
    if (!bytes.substr(0, begin).ends_with(before) || !bytes.substr(end).starts_with(behind)) continue;
    auto whole = folded_.original(text, static_cast<std::uint32_t>(begin - before.size()),
                                  static_cast<std::uint32_t>(end + behind.size()));
    if (!whole || !text::begins_word(texts_[text], whole->begin) || !text::ends_word(texts_[text], whole->end))
      continue;
    const text::Token token = text::token_around(texts_[text], *whole);
    if (token.place == Place::hashtag && before.empty() && behind.empty()) whole = token.whole;
    if (token.place == Place::plain || token.place == Place::hashtag)
      written_otherwise_.push_back({text, *whole, seen.form->name, seen.rule, seen.score});
  }
}

void Scanner::collect(std::uint32_t text, const patterns::Hit& hit) {
  const auto range = folded_.original(text, hit.begin, hit.end);
  if (!range) return;
  const std::string_view whole = texts_[text];
  const bool begins = text::begins_word(whole, range->begin);
  if (!begins || !text::ends_word(whole, range->end)) {
    if (model_->parts_) collect_part(text, hit, *range, begins);
    return;
  }
  const std::string_view found = part(whole, *range);
  const text::Token token = text::token_around(whole, *range);
  for (const Model::Target& target : model_->targets_[hit.literal]) {
    const Model::Name& name = model_->names_[target.name];
    Range place = *range;
    if (!fits(target.rule, name, whole, place, token)) continue;
    const bool other = target.rule == Rule::name ? found != name.written
                                                 : target.rule == Rule::joined || target.rule == Rule::misspelling;
    candidates_.push_back({text, place, target.name, target.rule, other ? 0.9 : 1.0});
  }
}

// The name is only a part of a word: its plural, or one of the words of a hashtag or handle.
void Scanner::collect_part(std::uint32_t text, const patterns::Hit& hit, Range range, bool begins) {
  if (begins && collect_inflection(text, hit, range)) return;
  constexpr std::size_t reach = 100;
  const std::string_view whole = texts_[text];
  std::size_t begin = range.begin, end = range.end;
  while (begin > 0 && range.begin - begin < reach && is_tag_byte(whole[begin - 1])) --begin;
  if (begin == 0 || (whole[begin - 1] != '#' && whole[begin - 1] != '@')) return;
  const std::string_view found = part(whole, range);
  if (!std::all_of(found.begin(), found.end(), is_tag_byte)) return;
  while (end < whole.size() && end - range.end < reach && is_tag_byte(whole[end])) ++end;
  const text::Token token =
      text::token_around(whole, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  const bool hashtag = token.place == Place::hashtag;
  if (!hashtag && token.place != Place::handle) return;
  const std::string_view tag = whole.substr(begin, end - begin);
  const Range in_tag{static_cast<std::uint32_t>(range.begin - begin), static_cast<std::uint32_t>(range.end - begin)};
  if (hashtag ? !is_word_of_hashtag(tag, in_tag, model_->writings_.known()) : !is_service_handle(tag, in_tag)) return;
  for (const Model::Target& target : model_->targets_[hit.literal])
    if ((target.rule == Rule::name || target.rule == Rule::hashtag) && model_->names_[target.name].allowed.joined)
      candidates_.push_back({text,
                             {static_cast<std::uint32_t>(begin - 1), static_cast<std::uint32_t>(end)},
                             target.name,
                             Rule::joined,
                             hashtag ? 0.8 : 0.6});
}

// "Acmes", "Foxes".
bool Scanner::collect_inflection(std::uint32_t text, const patterns::Hit& hit, Range range) {
  const std::string_view whole = texts_[text], literal = model_->literals_[hit.literal];
  const auto at = [&](std::size_t i) { return i < whole.size() ? static_cast<char>(whole[i] | 0x20) : ' '; };
  const char last = literal.back();
  const bool hisses = last == 's' || last == 'x' || last == 'z';
  const std::size_t more = at(range.end) == 's' && !hisses ? 1
                           : at(range.end) == 'e' && at(range.end + 1) == 's' && (hisses || last == 'h' || last == 'o')
                               ? 2
                               : 0;
  if (more == 0 || last < 'a' || last > 'z' || !text::ends_word(whole, range.end + more)) return false;
  range.end += static_cast<std::uint32_t>(more);
  const text::Token token = text::token_around(whole, range);
  if (token.place != Place::plain && token.place != Place::hashtag) return false;
  bool any = false;
  for (const Model::Target& target : model_->targets_[hit.literal]) {
    const Model::Name& name = model_->names_[target.name];
    if (target.rule != Rule::name || !name.allowed.inflections || literal.size() < 3) continue;
    // More than one apple is no company.
    if (name.ordinary && model_->writings_.known().has(std::string(literal) + (more == 1 ? "s" : "es"))) continue;
    candidates_.push_back(
        {text, token.place == Place::hashtag ? token.whole : range, target.name, Rule::inflection, 0.9});
    any = true;
  }
  return any;
}

// Does what stands around the literal allow the rule? Widens the range to what a reader would mark.
bool Scanner::fits(Rule rule, const Model::Name& name, std::string_view text, Range& range,
                   const text::Token& token) const {
  const std::string_view found = part(text, range);
  const char after = range.end + 1 < text.size() ? text[range.end] : ' ';
  const bool goes_on = (after == '.' || after == '-' || after == '@') && text::begins_word(text, range.end + 1) &&
                       text::is_word(static_cast<unsigned char>(text[range.end + 1]));
  switch (rule) {
    case Rule::name:
    case Rule::misspelling:
      // "Nestle" is the name; to "nestle" is a verb.
      if (rule == Rule::misspelling && name.ordinary && found[0] >= 'a' && found[0] <= 'z') return false;
      if (token.place == Place::hashtag && rule == Rule::misspelling) return range = token.whole, true;
      if (token.place == Place::hashtag) return found.find_first_of(" \t\r\n") != std::string_view::npos;
      return token.place == Place::plain || (token.bare && token.host == range);
    case Rule::joined:
      return token.place == Place::plain;
    case Rule::hashtag:
      if (token.place == Place::hashtag && found.find_first_of(" \t\r\n") == std::string_view::npos) {
        range = token.whole;
        return true;
      }
      return is_hashtag(text, range);
    case Rule::handle:
      // "joe@acme" is an address and "@acme.example" another account
      if (range.begin > 0 && text::is_word(static_cast<unsigned char>(text[range.begin - 1]))) return false;
      return token.place != Place::link && !goes_on &&
             same_joints(name.written, found.substr(found.find('@') == 0 ? 1 : 0));
    case Rule::link:
      if (token.place != Place::link || range.end != token.host.end || range.begin < token.host.begin) return false;
      if (range.begin > token.host.begin && text[range.begin - 1] != '.') return false;
      if (!same_joints(name.written, found)) return false;
      range.begin = token.host.begin;
      return true;
    case Rule::lookalike:
    case Rule::elongation:
    case Rule::inflection:
    case Rule::reading:
      break;  // not of literals
  }
  return false;
}

// The longest of what overlaps has the place; items that share a name have it together.
void Scanner::resolve(std::uint32_t text) {
  const auto key = [&](const Candidate& c) {
    return std::tuple(c.range.begin - c.range.end, c.range.begin, model_->names_[c.name].item, -c.score, c.rule);
  };
  if (candidates_.size() > 1)
    std::sort(candidates_.begin(), candidates_.end(),
              [&](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
  taken_.clear();
  const std::size_t first = mentions_.size();
  const Candidate* last = nullptr;
  for (const Candidate& candidate : candidates_) {
    const Model::Name& name = model_->names_[candidate.name];
    const auto at = std::lower_bound(taken_.begin(), taken_.end(), candidate.range,
                                     [](Range a, Range b) { return a.end <= b.begin; });
    const bool free = at == taken_.end() || !overlap(*at, candidate.range);
    if (!free && *at != candidate.range) continue;
    const bool same_item =
        last != nullptr && last->range == candidate.range && model_->names_[last->name].item == name.item;
    if (same_item) continue;
    if (free) taken_.insert(at, candidate.range);
    last = &candidate;
    mentions_.push_back(
        {text, candidate.range, candidate.score, candidate.rule, name.item, model_->id_of(name), name.written});
    if (mentions_.size() - first >= most) break;
  }
  std::stable_sort(mentions_.begin() + static_cast<std::ptrdiff_t>(first), mentions_.end(),
                   [](const Mention& a, const Mention& b) { return a.range.begin < b.range.begin; });
  candidates_.clear();
}

}  // namespace earshot::brand_text
