#include "brand_text/writings.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>

#include "brand_text/edits.hpp"
#include "text/utf8.hpp"
#include "text/words.hpp"

namespace earshot::brand_text {
namespace {

constexpr std::uint64_t kBase = 0xD6E8FEB86659FD93;
constexpr std::size_t kAnyFirst = 8;  // letters of a name whose first may be wrong
constexpr std::size_t kShortestLookalike = 4, kShortestFigures = 5, kShortestElongation = 4;  // letters
enum class Sort : std::uint64_t { shortened = 0x51, squeezed = 0x52, alike = 0x53 };

std::uint64_t finish(std::uint64_t h, Sort sort) {
  h = (h ^ static_cast<std::uint64_t>(sort) << 40) * 0x9E3779B97F4A7C15;
  return h ^ h >> 32;
}
// A polynomial in kBase, so that what is left without a letter comes of what stands before and behind it.
std::uint64_t hash_of(std::u32string_view word) {
  std::uint64_t h = 0;
  for (const char32_t c : word) h = h * kBase + c + 1;
  return h;
}

// A bit each.
std::uint64_t lengths(std::size_t from, std::size_t to) {
  return (std::uint64_t{1} << (to + 1)) - (std::uint64_t{1} << from);
}
bool has_length(std::uint64_t lengths, std::u32string_view word) {
  return word.size() < 64 && (lengths >> word.size() & 1) != 0;
}
std::size_t place_of(char32_t first_letter) {
  return first_letter % 32;
}

std::uint64_t letters_in(std::u32string_view word) {
  std::uint64_t letters = 0;
  for (const char32_t c : word) letters |= std::uint64_t{1} << c % 64;
  return letters;
}
// Each edit puts in, takes out or changes one letter.
bool may_be_near(std::uint64_t a, std::uint64_t b, unsigned most) {
  return std::popcount(a & ~b) <= static_cast<int>(most) && std::popcount(b & ~a) <= static_cast<int>(most);
}

void letters_of(std::string_view text, std::u32string& to) {
  to.clear();
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint c = text::decode(text, at);
    to += c.value;
    at += c.length;
  }
}

bool is_latin(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0xC0 && c < 0x250) || (c >= 0x1E00 && c < 0x1F00);
}
bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

std::u32string squeezed(std::u32string_view word) {
  std::u32string all;
  for (const char32_t c : word)
    if (all.empty() || all.back() != c) all += c;
  return all;
}

std::size_t run_at(std::u32string_view word, std::size_t at) {
  std::size_t end = at + 1;
  while (end < word.size() && word[end] == word[at]) ++end;
  return end - at;
}

// The same letters in the same order, some of them three times or more where the name has fewer.
bool is_elongation(std::u32string_view word, std::u32string_view name) {
  bool longer = false;
  std::size_t w = 0, n = 0;
  while (w < word.size() && n < name.size()) {
    const std::size_t has = run_at(word, w), should = run_at(name, n);
    if (word[w] != name[n] || has < should || (has > should && has < 3)) return false;
    longer = longer || has > should;
    w += has, n += should;
  }
  return longer && w == word.size() && n == name.size();
}

std::u32string digits_of(std::u32string_view word) {
  std::u32string all;
  std::copy_if(word.begin(), word.end(), std::back_inserter(all), is_digit);
  return all;
}

// The one form of all that look alike, with "rn" as "m" and "vv" as "w". Empty where a letter looks like none.
void same_looks(std::u32string_view word, const Confusables& confusables, std::u32string& to) {
  to.clear();
  for (const char32_t c : word) {
    const char like = c < 0x80 ? static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c) : confusables.ascii_like(c);
    if (like == '\0') return to.clear();
    const auto same = static_cast<char32_t>(same_look(like));
    if (same == 'n' && !to.empty() && to.back() == 'r') {
      to.back() = 'm';
    } else if (same == 'v' && !to.empty() && to.back() == 'v') {
      to.back() = 'w';
    } else {
      to += same;
    }
  }
}

// How a word, as the text has it, is the name with letters that only look like its own.
struct Likeness {
  bool all = true;       // each letter is the name's or looks like it
  unsigned foreign = 0;  // letters beyond ASCII
  unsigned figures = 0, joins = 0, lines = 0;
  unsigned own = 0;  // letters that are the name's
};

Likeness likeness(std::u32string_view word, const Form& form, const Confusables& confusables) {
  Likeness is;
  const std::u32string_view name = form.word;
  std::size_t w = 0, n = 0;
  while (w < word.size() && n < name.size()) {
    const char32_t c = word[w];
    const auto low = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    const auto should = name[n];
    if (low == should) {
      ++is.own, ++w, ++n;
    } else if (w + 1 < word.size() && ((should == 'm' && low == 'r' && word[w + 1] == 'n') ||
                                       (should == 'w' && low == 'v' && word[w + 1] == 'v'))) {
      ++is.joins, w += 2, ++n;
    } else if (c >= 0x80) {
      const char like = confusables.ascii_like(c);
      is.all = is.all && should < 0x80 && like != '\0' && same_look(like) == same_look(static_cast<char>(should));
      ++is.foreign, ++w, ++n;
    } else {
      const bool same = should < 0x80 && same_look(static_cast<char>(low)) == same_look(static_cast<char>(should));
      const bool figure = is_figure(static_cast<char>(low)) && !is_digit(should);
      // "AppIe": a capital i behind a small letter. "lntel": a small L for the name's capital i.
      const bool line = (c == 'I' && should == 'l' && w > 0 && word[w - 1] >= 'a' && word[w - 1] <= 'z') ||
                        (c == 'l' && should == 'i' && form.written.size() == name.size() && form.written[n] == 'I');
      is.all = is.all && same && (figure || line);
      is.figures += figure ? 1 : 0, is.lines += line ? 1 : 0, ++w, ++n;
    }
    if (!is.all) return is;
  }
  is.all = w == word.size() && n == name.size();
  return is;
}

// Of misspellings of several words the nearest; none where two are as near.
void keep_nearest(std::vector<Seen>& seen, std::size_t first) {
  const auto begin = seen.begin() + static_cast<std::ptrdiff_t>(first);
  const Seen best =
      *std::max_element(begin, seen.end(), [](const Seen& a, const Seen& b) { return a.score < b.score; });
  const bool tie = std::any_of(begin, seen.end(),
                               [&](const Seen& s) { return s.score == best.score && s.form->word != best.form->word; });
  seen.erase(std::remove_if(begin, seen.end(), [&](const Seen& s) { return tie || s.score < best.score; }), seen.end());
}

// The first letter is hardly ever wrong; in a long name it may be, if all others are right.
bool may_begin_so(std::u32string_view word, std::u32string_view name) {
  return word[0] == name[0] || name.size() >= kAnyFirst || (word[0] == name[1] && word[1] == name[0]);
}

// Two known words joined are no misspelling: "photoshoot".
bool is_compound(std::string_view word, const KnownWords& known) {
  constexpr std::size_t kPart = 4;
  for (std::size_t at = kPart; at + kPart <= word.size(); ++at)
    if (known.has(word.substr(0, at)) && known.has(word.substr(at))) return true;
  return false;
}

}  // namespace

void WritingsIndex::add(std::uint32_t name, std::string_view folded, std::string_view written,
                        const Writings& allowed) {
  if (!allowed.by_word()) return;
  const bool ascii =
      std::all_of(written.begin(), written.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const bool same_size = ascii && written.size() == folded.size();
  std::u32string word;
  for (std::size_t at = 0; at <= folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    letters_of(folded.substr(at, end - at), word);
    const bool plain = std::all_of(word.begin(), word.end(), is_latin) && word.size() <= kLongestCompared;
    if (plain && word.size() >= kShortestLookalike)
      add_form({name, word, std::string(folded.substr(0, at)), std::string(folded.substr(end)),
                same_size ? std::string(written.substr(at, end - at)) : std::string{},
                known_.has(folded.substr(at, end - at)), allowed});
    at = end + 1;
  }
}

void WritingsIndex::add_form(Form form) {
  form.letters = letters_in(form.word);
  const std::size_t number = forms_.size();
  const std::u32string& word = form.word;
  most_letters_ = std::max(most_letters_, word.size());
  if (form.allowed.elongations && word.size() >= kShortestElongation)
    put(finish(hash_of(squeezed(word)), Sort::squeezed), number), elongated_ = true;
  if (form.allowed.lookalikes) {
    std::u32string look;
    same_looks(word, confusables_, look);
    if (!look.empty()) put(finish(hash_of(look), Sort::alike), number), alike_ = true;
  }
  if (form.allowed.misspellings && edits_for(word.size()) > 0) add_misspellings(form, number);
  forms_.push_back(std::move(form));
}

// A word that is shorter than the name lacks letters, so that fewer of its own are wrong: two must be left out of it
// only where it is as long as the name or longer.
void WritingsIndex::add_misspellings(const Form& form, std::size_t number) {
  const std::u32string_view word = form.word;
  const std::size_t size = word.size();
  const unsigned most = edits_for(size);
  misspelt_ = true;
  for (std::size_t i = 0; i < one_wrong_.size(); ++i)
    if (size >= kAnyFirst || i == place_of(word[0]) || i == place_of(word[1]))
      one_wrong_[i] |= lengths(size - 1, size + 1);
  if (most > 1) {
    one_wrong_[place_of(word[0])] |= lengths(size - 2, size + 1);
    two_wrong_[place_of(word[0])] |= lengths(size, size + 2);
  }
  each_deletion(word, most, [&](std::uint64_t key) { put(key, number); });
}

void WritingsIndex::seal() {
  const std::size_t places = std::bit_ceil(std::max<std::size_t>(keys_.size() * 2, 16));
  slots_.assign(places, {});
  bloom_.assign(std::max<std::size_t>(places / 4, 1), 0);
  for (const Key& key : keys_) {
    bloom_[bloom_place(key.key, bloom_.size() - 1)] |= bloom_bits(key.key);
    std::size_t at = key.key & (places - 1);
    const auto tag = static_cast<std::uint32_t>(key.key >> 32);
    while (slots_[at].form != 0 && (slots_[at].tag != tag || slots_[at].form != key.form + 1))
      at = (at + 1) & (places - 1);
    slots_[at] = {tag, key.form + 1};
  }
  keys_ = {};
}

template <class Use>
void WritingsIndex::each_form(std::uint64_t key, Use&& use) const {
  if (!may_have(key)) return;
  const auto tag = static_cast<std::uint32_t>(key >> 32);
  for (std::size_t at = key & (slots_.size() - 1); slots_[at].form != 0; at = (at + 1) & (slots_.size() - 1))
    if (slots_[at].tag == tag) use(slots_[at].form - 1);
}

// Calls use(key) for the word as it is and without each one, or each one or two, of its letters.
template <class Use>
void WritingsIndex::each_deletion(std::u32string_view word, unsigned most, Use&& use) {
  const std::size_t size = word.size();
  std::array<std::uint64_t, kLongestCompared + 3> before, behind, power;  // hashes; behind: of the last i letters
  before[0] = behind[0] = 0, power[0] = 1;
  for (std::size_t i = 0; i < size; ++i) {
    before[i + 1] = before[i] * kBase + word[i] + 1;
    behind[i + 1] = behind[i] + (word[size - 1 - i] + 1) * power[i];
    power[i + 1] = power[i] * kBase;
  }
  use(finish(before[size], Sort::shortened));
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0 && word[i] == word[i - 1]) continue;  // the same again
    const std::size_t left = size - 1 - i;
    use(finish(before[i] * power[left] + behind[left], Sort::shortened));
    if (most < 2) continue;
    std::uint64_t middle = before[i];  // without letter i, up to letter j
    for (std::size_t j = i + 1; j < size; ++j) {
      const std::size_t rest = size - 1 - j;
      use(finish(middle * power[rest] + behind[rest], Sort::shortened));
      middle = middle * kBase + word[j] + 1;
    }
  }
}

void WritingsIndex::see(Scratch& scratch, std::size_t form, Rule rule, double score) const {
  for (const Seen& seen : scratch.seen)
    if (seen.form == &forms_[form]) return;
  scratch.seen.push_back({&forms_[form], rule, score});
}

void WritingsIndex::look_up(std::string_view word, Scratch& scratch) const {
  scratch.seen.clear();
  letters_of(word, scratch.word);
  if (elongated_) elongations(scratch);
  if (misspelt_) misspellings(word, scratch);
}

bool WritingsIndex::may_look_alike(std::string_view word, Scratch& scratch) const {
  if (!alike_ || scratch.word.size() > 2 * most_letters_) return false;
  const bool ascii = scratch.word.size() == word.size();
  if (!ascii) return true;  // capitals may look alike where small letters do not
  same_looks(scratch.word, confusables_, scratch.look);
  bool any = false;
  each_form(finish(hash_of(scratch.look), Sort::alike), [&](std::uint32_t) { any = true; });
  return any;
}

void WritingsIndex::look_alike(std::string_view original, Scratch& scratch) const {
  letters_of(original, scratch.original);
  const std::u32string_view word = scratch.original;
  same_looks(word, confusables_, scratch.look);
  if (scratch.look.empty()) return;
  each_form(finish(hash_of(scratch.look), Sort::alike), [&](std::uint32_t number) {
    const Form& form = forms_[number];
    if (!form.allowed.lookalikes) return;
    const Likeness is = likeness(word, form, confusables_);
    const unsigned changed = is.foreign + is.figures + is.joins + is.lines;
    if (!is.all || changed == 0) return;
    if (is.foreign == 0 && form.word.size() < kShortestFigures) return;
    // Half of it must be its own; a whole word in another alphabet may be a word of that language.
    if (is.own * 2 < form.word.size() && !(is.foreign == changed && is.own > 0)) return;
    see(scratch, number, Rule::lookalike, is.foreign > 0 ? 0.9 : 0.8);
  });
}

void WritingsIndex::elongations(Scratch& scratch) const {
  const std::u32string_view word = scratch.word;
  bool thrice = false;
  for (std::size_t i = 2; i < word.size() && !thrice; ++i) thrice = word[i] == word[i - 1] && word[i] == word[i - 2];
  if (!thrice) return;
  each_form(finish(hash_of(squeezed(word)), Sort::squeezed), [&](std::uint32_t number) {
    if (forms_[number].allowed.elongations && is_elongation(word, forms_[number].word))
      see(scratch, number, Rule::elongation, 0.85);
  });
}

// May the word come of a slip of the finger or the ear?
bool WritingsIndex::is_plausible(std::u32string_view word, std::string_view text, const Form& form,
                                 unsigned apart) const {
  const std::u32string_view name = form.word;
  if (digits_of(word) != digits_of(name)) return false;
  if (word[0] != name[0] && apart > 1) return false;
  // A short ordinary word has many names beside it: only letters doubled, not doubled, or swapped.
  if (form.ordinary && name.size() < 7) {
    std::u32string a(word), b(name);
    if (squeezed(word) != squeezed(name) && (std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end()), a != b))
      return false;
  }
  return apart < 2 || !is_compound(text, known_);
}

void WritingsIndex::misspellings(std::string_view text, Scratch& scratch) const {
  const std::u32string_view word = scratch.word;
  if (word.size() < 4 || word.size() > most_letters_ + 2 || !std::all_of(word.begin(), word.end(), is_latin)) return;
  const bool two = has_length(two_wrong_[place_of(word[0])], word);
  if (!two && !has_length(one_wrong_[place_of(word[0])], word)) return;
  const std::uint64_t letters = letters_in(word);
  std::uint32_t last = static_cast<std::uint32_t>(forms_.size());
  const auto compare = [&](std::uint64_t key) {
    each_form(key, [&](std::uint32_t number) {
      if (number == last) return;  // once more without another letter
      last = number;
      const Form& form = forms_[number];
      const unsigned most = edits_for(form.word.size());
      if (!may_be_near(letters, form.letters, most)) return;
      if (!form.allowed.misspellings || most == 0 || !may_begin_so(word, form.word)) return;
      const unsigned apart = edits(word, form.word, most);
      if (apart == 0 || apart > most || !is_plausible(word, text, form, apart)) return;
      const double score = 0.9 - 0.1 * apart - (form.word.size() < 7 ? 0.1 : 0) - (word[0] == form.word[0] ? 0 : 0.1);
      see(scratch, number, Rule::misspelling, score);
    });
  };
  const std::size_t first = scratch.seen.size();
  each_deletion(word, two ? 2 : 1, compare);
  if (scratch.seen.size() - first > 1) keep_nearest(scratch.seen, first);
}

}  // namespace earshot::brand_text
