#include <algorithm>

#include "query/glob.hpp"
#include "query/search.hpp"
#include "text/words.hpp"

namespace earshot::query {
namespace {

constexpr std::uint32_t kLongWord = 1000;  // bytes; longer ones are no words that anybody means by a pattern

class TextSearch {
 public:
  TextSearch(const Part& part, Document& document, std::size_t most, Hits& to)
      : part_(part), term_(part.text), document_(document), left_(most), to_(to) {}

  void run() {
    switch (term_.form) {
      case TextTerm::Form::words:
        return words();
      case TextTerm::Form::hashtag:
        return tags('#', "\uFF03");
      case TextTerm::Form::handle:
        return tags('@', "\uFF20");
      case TextTerm::Form::regex:
        return regex();
    }
  }

 private:
  bool wanted(const Passage& passage) const {
    const Scope& scope = *part_.scope;
    return (term_.origins & passage.origin) != 0 &&
           (!part_.is_sense || !scope.has_score || scope.score.holds(passage.confidence));
  }

  // Starts from the longest word that is looked up at once; the rest stands around it.
  void words() {
    std::size_t anchor = term_.words.size();
    for (std::size_t i = 0; i < term_.words.size(); ++i)
      if (term_.words[i].match == Word::Match::equal &&
          (anchor == term_.words.size() || term_.words[i].text.size() > term_.words[anchor].text.size()))
        anchor = i;
    if (anchor < term_.words.size()) {
      const Word& word = term_.words[anchor];
      for (std::uint32_t i = document_.find(word.text, word.hash); i != kNone && left_ > 0;
           i = document_.find_next(i, word.text))
        if (i >= anchor) try_at(i - static_cast<std::uint32_t>(anchor), i);
      return;
    }
    for (const Passage& passage : document_.passages())
      if (wanted(passage))
        for (std::uint32_t i = passage.first; i < passage.last && left_ > 0; ++i) try_at(i, i);
  }

  // `known` is a token of the same passage.
  void try_at(std::uint32_t first, std::uint32_t known) {
    const std::vector<Token>& tokens = document_.tokens();
    const Passage& passage = document_.passages()[tokens[known].passage];
    const std::size_t count = term_.words.size();
    if (first < passage.first || first + count > passage.last || !wanted(passage)) return;
    for (std::size_t i = 0; i < count; ++i)
      if (!stands(term_.words[i], first + static_cast<std::uint32_t>(i), i > 0, passage.text)) return;
    const auto last = static_cast<std::uint32_t>(first + count - 1);
    if (!signs_stand(passage.text, tokens[first].begin, tokens[last].end)) return;
    add(passage, tokens[first].passage, first, last, tokens[first].begin, tokens[last].end);
  }

  bool stands(const Word& word, std::uint32_t i, bool joined, std::string_view text) const {
    const Token& token = document_.tokens()[i];
    const std::string_view found = document_.word(token);
    if (joined && !joint_stands(word, i, text)) return false;
    if (!word.exact.empty()) return exact(word.match, text.substr(token.begin, token.end - token.begin), word.exact);
    switch (word.match) {
      case Word::Match::equal:
        return token.hash == word.hash && found == word.text;
      case Word::Match::pattern:
        return token.length <= kLongWord && fits(found, word.text);
      case Word::Match::hangul:
        return found.starts_with(word.text) &&
               (found.size() == word.text.size() || begins_with_hangul(found.substr(word.text.size())));
      case Word::Match::any:
        return true;
    }
    return false;
  }

  bool joint_stands(const Word& word, std::uint32_t i, std::string_view text) const {
    if (!word.is_tight && word.between.empty()) return true;
    const std::uint32_t begin = document_.tokens()[i - 1].end, end = document_.tokens()[i].begin;
    if (end - begin > 64) return false;  // whoever puts so much between does not mean a sign
    const std::string signs = signs_of(text.substr(begin, end - begin));
    return signs == word.between && (!word.is_tight || end == begin || text.find(' ', begin) >= end);
  }

  static bool exact(Word::Match match, std::string_view found, std::string_view wanted) {
    const auto same = [&](std::string_view text) {
      return match == Word::Match::pattern ? fits(text, wanted) : text == wanted;
    };
    if (found.size() > kLongWord) return found == wanted;
    return same(found) || same(composed(found));
  }

  bool signs_stand(std::string_view text, std::size_t begin, std::size_t end) const {
    return text.substr(0, begin).ends_with(term_.before) && text.substr(end).starts_with(term_.after);
  }

  // Each hashtag or handle of the text, from its sign on.
  void tags(char sign, std::string_view wide) {
    const std::vector<Passage>& passages = document_.passages();
    for (std::uint32_t p = 0; p < passages.size() && left_ > 0; ++p) {
      const std::string_view text = passages[p].text;
      if (!wanted(passages[p])) continue;
      const bool ascii_only = text.find(wide) == text.npos;
      for (std::size_t at = 0; at < text.size() && left_ > 0;) {
        const std::size_t narrow = text.find(sign, at);
        const std::size_t begin = ascii_only ? narrow : std::min(narrow, text.find(wide, at));
        if (begin >= text.size()) break;
        at = tag(passages[p], p, begin, begin + (begin == narrow ? 1 : wide.size()));
      }
    }
  }

  // Returns where to look on.
  std::size_t tag(const Passage& passage, std::uint32_t number, std::size_t sign, std::size_t begin) {
    const std::string_view text = passage.text;
    if (sign > 0 && text::is_word(text::decode_before(text, sign).value)) return begin;
    const bool handle = term_.form == TextTerm::Form::handle;
    std::size_t end = begin;
    while (end < text.size()) {
      const text::CodePoint c = text::decode(text, end);
      const bool joint = handle && (c.value == '.' || c.value == '-' || c.value == '@');
      if (!text::is_word(c.value) && !is_ignorable(c.value) && !joint) break;
      end += c.length;
    }
    const std::size_t behind = end;
    while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-' || text[end - 1] == '@')) --end;
    if (end > begin && end - begin <= kLongWord && is_tag(text.substr(begin, end - begin), handle))
      add_bytes(passage, number, sign, end);
    return std::max(behind, begin);
  }

  bool is_tag(std::string_view written, bool handle) {
    if (!term_.exact.empty()) return same_tag(written, term_.exact);
    tag_.clear();
    append_tag(tag_, written, document_.fold(), memory_);
    if (same_tag(tag_, term_.tag)) return true;
    const std::size_t host = handle ? tag_.find('@') : std::string::npos;  // @acme@social.example
    return host != std::string::npos && same_tag(std::string_view(tag_).substr(0, host), term_.tag);
  }
  static bool same_tag(std::string_view written, std::string_view wanted) {
    return is_pattern(wanted) ? fits(written, wanted) : written == wanted;
  }

  void regex() {
    const std::vector<Passage>& passages = document_.passages();
    for (std::uint32_t p = 0; p < passages.size() && left_ > 0; ++p) {
      if (!wanted(passages[p])) continue;
      Matches matches(*term_.regex, passages[p].text);
      for (Stretch at = matches.next(); at.begin < at.end && left_ > 0; at = matches.next())
        add_bytes(passages[p], p, at.begin, at.end);
    }
  }

  // A place that need not begin or end with a word: it takes in the words that it touches.
  void add_bytes(const Passage& passage, std::uint32_t number, std::size_t begin, std::size_t end) {
    const std::vector<Token>& tokens = document_.tokens();
    const auto from = tokens.begin() + passage.first, to = tokens.begin() + passage.last;
    const auto first = std::partition_point(from, to, [&](const Token& t) { return t.end <= begin; });
    const auto behind = std::partition_point(first, to, [&](const Token& t) { return t.begin < end; });
    const auto index = static_cast<std::uint32_t>(first - tokens.begin());
    const auto count = static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(behind - first, 1));
    add(passage, number, index, index + count - 1, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
  }

  void add(const Passage& passage, std::uint32_t number, std::uint32_t first, std::uint32_t last, std::uint32_t begin,
           std::uint32_t end) {
    to_.push_back({number, first, last, begin, end, passage.media, passage.start, passage.end});
    --left_;
  }

  const Part& part_;
  const TextTerm& term_;
  Document& document_;
  std::size_t left_;
  Hits& to_;
  std::string tag_;
  text::FoldedTexts memory_;
};

}  // namespace

void find_text(const Part& part, Document& document, std::size_t most, Hits& to) {
  TextSearch(part, document, most, to).run();
}

}  // namespace earshot::query
