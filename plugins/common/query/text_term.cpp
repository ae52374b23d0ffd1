#include <unicode/normalizer2.h>

#include <algorithm>

#include "query/document.hpp"
#include "query/fault.hpp"
#include "query/glob.hpp"
#include "query/terms.hpp"
#include "text/utf8.hpp"
#include "text/words.hpp"

namespace earshot::query {
namespace {

constexpr std::size_t kMaxStars = 8, kMaxPattern = 200, kMaxWord = 1000, kMaxWords = 100;

bool is_star(char c) {
  return c == '*' || c == '?';
}

// Bytes of a sign that opens a hashtag or handle; 0: none.
std::size_t sign_length(std::string_view text, char sign, std::string_view wide) {
  return text.starts_with(sign) ? 1 : text.starts_with(wide) ? wide.size() : 0;
}

// The signs at the end that belong to the sentence, not to the word.
std::string_view without_sentence(std::string_view signs) {
  constexpr std::string_view kMarks[] = {".", ",", ";", ":", "!", "?", "'", "\"", ")", "]", "}", "(",
                                         "[", "{", "…", "’", "‘", "»", "«", "¿",  "¡", "”", "“"};
  for (bool any = true; any;) {
    any = false;
    for (const std::string_view mark : kMarks) {
      if (signs.ends_with(mark)) signs.remove_suffix(mark.size()), any = true;
      if (signs.starts_with(mark)) signs.remove_prefix(mark.size()), any = true;
    }
  }
  return signs;
}

void check_pattern(std::string_view word, std::size_t at) {
  if (std::all_of(word.begin(), word.end(), is_star))
    throw Fault("'" + std::string(word.substr(0, 20)) + "' fits every word: write letters beside it", at);
  if (std::count(word.begin(), word.end(), '*') > static_cast<std::ptrdiff_t>(kMaxStars))
    throw Fault("a word has more than 8 '*': that many fit nearly everything and take long", at);
  if (word.size() > kMaxPattern) throw Fault("a word with '*' or '?' is longer than 200 bytes", at);
}

class Words {
 public:
  Words(const Node& node, const SearchFold& fold) : node_(node), fold_(fold), text_(node.value), shape_(node.value) {
    for (std::size_t i = 0; i < shape_.size(); ++i)
      if (is_star(shape_[i]) && !is_question(i)) shape_[i] = 'x';  // a part of the word for the walk
  }

  void read(TextTerm& term) {
    std::size_t last = 0;
    for (Stretch at = next_word(shape_, 0); at.begin < at.end; at = next_word(shape_, at.end)) {
      add(term, at, last);
      last = at.end;
    }
    while (term.words.size() > 1 && is_loose_star(term.words.back())) term.words.pop_back();
    if (term.words.empty())
      throw Fault("'" + text_.substr(0, 40) + "' has no letter, digit or symbol to look for", node_.begin);
    if (term.words.size() > kMaxWords) throw Fault("a phrase has more than 100 words", node_.begin);
    if (std::all_of(term.words.begin(), term.words.end(), [](const Word& w) { return w.match == Word::Match::any; }))
      check_pattern("*", node_.begin);
    term.after = without_sentence(tight_signs(std::string_view(text_).substr(last), false));
  }

 private:
  // In a phrase a '?' behind a word ends a sentence.
  bool is_question(std::size_t i) const {
    return text_[i] == '?' && node_.form == Node::Form::phrase &&
           (i + 1 == text_.size() || text_[i + 1] == ' ' || text_[i + 1] == '?' || text_[i + 1] == '!');
  }
  static bool is_loose_star(const Word& word) { return word.match == Word::Match::any && word.is_tight; }

  static std::string_view tight_signs(std::string_view signs, bool at_end) {
    const std::size_t blank = at_end ? signs.find_last_of(" \t\r\n") : signs.find_first_of(" \t\r\n");
    if (blank == std::string_view::npos) return signs;
    return at_end ? signs.substr(blank + 1) : signs.substr(0, blank);
  }

  void add(TextTerm& term, Stretch at, std::size_t last) {
    const std::string_view written = std::string_view(text_).substr(at.begin, at.end - at.begin);
    const std::string_view gap = std::string_view(text_).substr(last, at.begin - last);
    if (written.size() > kMaxWord) throw Fault("a word is longer than 1000 bytes", node_.begin);
    Word word;
    if (term.words.empty()) {
      term.before = without_sentence(tight_signs(gap, true));
    } else {
      const bool apart = gap.find_first_of(" \t\r\n") != std::string_view::npos;  // "yes, please"
      word.between = signs_of(apart ? without_sentence(signs_of(gap)) : gap);
      word.is_tight = gap.empty();
    }
    if (is_pattern(written)) {
      pattern(word, written);
    } else {
      word.text = fold_.fold(written);
      if (node_.exact) word.exact = composed(written);
      if (!node_.exact && ends_in_hangul(word.text)) word.match = Word::Match::hangul;
    }
    word.hash = hash_of(word.text);
    term.words.push_back(std::move(word));
  }

  void pattern(Word& word, std::string_view written) const {
    if (node_.form == Node::Form::phrase && written == "*") return void(word.match = Word::Match::any);
    check_pattern(written, node_.begin);
    word.match = Word::Match::pattern;
    if (node_.exact) word.exact = composed(written);
    for (std::size_t at = 0; at < written.size();) {
      const std::size_t star = std::min(written.find_first_of("*?", at), written.size());
      word.text += fold_.fold(written.substr(at, star - at));
      if (star < written.size()) word.text += written[star];
      at = star + 1;
    }
  }

  const Node& node_;
  const SearchFold& fold_;
  std::string text_, shape_;
};

// `#acme`, `@acme`: one word with its sign.
bool read_tag(TextTerm& term, const Node& node, const SearchFold& fold) {
  const std::string_view text = node.value;
  if (text.find_first_of(" \t\r\n") != std::string_view::npos) return false;
  const std::size_t hash = sign_length(text, '#', "\uFF03"), at = sign_length(text, '@', "\uFF20");
  if (hash + at == 0 || text.size() == hash + at) return false;
  std::string_view tag = text.substr(hash + at);
  while (!tag.empty() && std::string_view(".,;:!").find(tag.back()) != std::string_view::npos) tag.remove_suffix(1);
  for (std::size_t i = 0; i < tag.size();) {
    const text::CodePoint c = text::decode(tag, i);
    const bool joint = at > 0 && (c.value == '.' || c.value == '-' || c.value == '@');
    if (!text::is_word(c.value) && !is_star(static_cast<char>(c.value)) && !is_ignorable(c.value) && !joint)
      return false;
    i += c.length;
  }
  if (next_word(tag, 0).begin == next_word(tag, 0).end) {
    if (is_pattern(tag)) check_pattern("*", node.begin);
    return false;
  }
  if (is_pattern(tag)) check_pattern(tag, node.begin);
  term.form = hash > 0 ? TextTerm::Form::hashtag : TextTerm::Form::handle;
  text::FoldedTexts memory;
  append_tag(term.tag, tag, fold, memory);
  if (node.exact) term.exact = tag;
  return true;
}

}  // namespace

std::string signs_of(std::string_view between) {
  std::string signs;
  for (std::size_t at = 0; at < between.size();) {
    const text::CodePoint c = text::decode(between, at);
    const bool blank =
        c.value <= ' ' || c.value == 0xA0 || c.value == 0x3000 || (c.value >= 0x2000 && c.value <= 0x200A);
    const bool joint = c.value == '-' || c.value == '_' || (c.value >= 0x2010 && c.value <= 0x2015);
    const bool apostrophe = c.value == 0x2019 || c.value == 0x2018 || c.value == '`' || c.value == 0xB4;
    if (apostrophe)
      signs += '\'';
    else if (!blank && !joint && !is_ignorable(c.value))
      signs.append(between.substr(at, c.length));
    at += c.length;
  }
  return signs;
}

std::string composed(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  std::string out;
  if (U_FAILURE(error)) return std::string(text);
  nfc->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))),
                 error)
      .toUTF8String(out);
  return out;
}

void append_tag(std::string& to, std::string_view tag, const SearchFold& fold, text::FoldedTexts& memory) {
  constexpr std::string_view kKept = "_-.@*?";
  while (!tag.empty()) {
    const std::size_t end = std::min(tag.find_first_of(kKept), tag.size());
    if (end > 0) fold.append(to, tag.substr(0, end), memory);
    if (end < tag.size()) to += tag[end];
    tag.remove_prefix(std::min(end + 1, tag.size()));
  }
}

TextTerm text_term(const Node& node, const SearchFold& fold) {
  TextTerm term;
  term.origins = origins_of(node.field);
  if (node.form == Node::Form::regex) {
    std::string pattern;  // "\/" is how a slash is written between slashes
    for (std::size_t i = 0; i < node.value.size(); ++i) {
      const bool escape = node.value[i] == '\\' && i + 1 < node.value.size();
      if (escape && node.value[i + 1] != '/') pattern += '\\';
      pattern += node.value[escape ? ++i : i];
    }
    term.form = TextTerm::Form::regex;
    term.regex = std::make_shared<const Regex>(pattern, node.exact, node.value_at);
    return term;
  }
  if (!read_tag(term, node, fold)) Words(node, fold).read(term);
  return term;
}

}  // namespace earshot::query
