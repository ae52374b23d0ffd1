#include "text/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

#include "text/utf8.hpp"

namespace earshot::text {
namespace {

bool is_space(unsigned char c) {
  return c == ' ' || static_cast<unsigned char>(c - 9) < 5;
}
bool is_joint(unsigned char c) {
  return c == '-' || c == '_';
}
bool is_between(unsigned char c) {
  return is_space(c) || is_joint(c);
}

struct AsciiFacts {
  bool ascii;     // no byte above 127
  bool adjacent;  // somewhere two of what stands between words follow each other
};

using Byte = unsigned char;

// All bits of a byte, or none: compilers make vector code of these where they do not of branches.
constexpr Byte all_if(bool yes) {
  return static_cast<Byte>(-static_cast<int>(yes));
}

AsciiFacts fold_ascii(const char* __restrict from, std::size_t size, char* __restrict to) {
  Byte high = 0, adjacent = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const Byte c = static_cast<Byte>(from[i]);
    const Byte between = all_if(c == ' ') | all_if(static_cast<Byte>(c - 9) < 5) | all_if(c == '-') | all_if(c == '_');
    const Byte lower = static_cast<Byte>(c | (all_if(static_cast<Byte>(c - 'A') < 26) & 0x20));
    high |= c;
    to[i] = static_cast<char>((between & ' ') | (static_cast<Byte>(~between) & lower));
  }
  for (std::size_t i = 1; i < size; ++i) adjacent |= static_cast<Byte>(all_if(to[i - 1] == ' ') & all_if(to[i] == ' '));
  return {high < 0x80, adjacent != 0};
}

// What is equal for people who look for names, and that NFKC_Casefold keeps apart.
char32_t same_for_names(char32_t c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x00B4:
      return U'\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0xFE63:
    case 0xFF0D:
      return U'-';
    case 0x0085:
    case 0x2028:
    case 0x2029:
    case 0x1680:
      return U' ';
    default:
      return c;
  }
}

// Characters that are their own folded form, and before which a cluster ends: no need to ask ICU about each.
bool stands_for_itself(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) ||  // Han
         (c >= 0x201A && c <= 0x201F) ||  // quotation marks
         (c >= 0x3041 && c <= 0x3096) ||  // Hiragana
         (c >= 0x30A1 && c <= 0x30FA) ||  // Katakana
         (c >= 0xAC00 && c <= 0xD7A3) ||  // Hangul syllables
         (c >= 0x1F300 && c <= 0x1FAFF);  // emoji
}

}  // namespace

// The folded form of each code point that UTF-8 writes in two bytes: Latin, Greek, Cyrillic, Hebrew, Arabic.
struct Folder::Tables {
  struct Entry {
    std::array<char, 6> bytes{};
    std::uint8_t length = 0;
    bool simple = false;    // folds to `bytes` unless a mark follows
    bool boundary = false;  // a cluster ends before it
  };
  std::array<Entry, 0x800> entries;
  const icu::Normalizer2* normalizer = nullptr;

  Tables() {
    UErrorCode status = U_ZERO_ERROR;
    normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no NFKC_Casefold data");
    for (char32_t c = 0x80; c < 0x800; ++c) {
      Entry& entry = entries[c];
      entry.boundary = normalizer->hasBoundaryBefore(static_cast<UChar32>(c));
      const std::string folded = fold_cluster(icu::UnicodeString(static_cast<UChar32>(same_for_names(c))));
      entry.simple = entry.boundary && folded.size() <= entry.bytes.size();
      if (!entry.simple) continue;
      entry.length = static_cast<std::uint8_t>(folded.size());
      std::copy(folded.begin(), folded.end(), entry.bytes.begin());
    }
  }

  std::string fold_cluster(const icu::UnicodeString& cluster) const {
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    normalizer->normalize(cluster, status).toUTF8String(out);
    return U_FAILURE(status) ? std::string{} : out;
  }

  bool boundary_before(char32_t c) const {
    if (c < 0x80 || c == invalid_byte || stands_for_itself(c)) return true;
    if (c < 0x800) return entries[c].boundary;
    return normalizer->hasBoundaryBefore(static_cast<UChar32>(c));
  }
};

// Folds one text behind those before it, cluster by cluster, and notes the pieces.
class Folder::Writer {
 public:
  Writer(const Tables& tables, FoldedTexts& to, std::string_view text) : tables_(tables), to_(to), text_(text) {}

  void write() {
    std::size_t at = 0;
    while (at < text_.size()) at = static_cast<unsigned char>(text_[at]) < 0x80 ? ascii_run(at) : cluster(at);
  }

 private:
  // Bytes below 128. The last of them belongs to what follows if that is a mark ("e" and an acute).
  std::size_t ascii_run(std::size_t begin) {
    std::size_t end = begin;
    for (std::uint64_t word; end + 8 <= text_.size(); end += 8) {
      std::memcpy(&word, text_.data() + end, 8);
      if ((word & 0x8080808080808080u) != 0) break;
    }
    while (end < text_.size() && static_cast<unsigned char>(text_[end]) < 0x80) ++end;
    const bool joined = end < text_.size() && !tables_.boundary_before(decode(text_, end).value);
    const std::size_t plain = joined ? end - 1 : end;
    ascii(begin, plain);
    return joined ? cluster(plain) : plain;
  }

  void ascii(std::size_t begin, std::size_t end) {
    if (begin == end) return;
    const std::size_t at = to_.bytes_.size();
    to_.bytes_.resize(at + (end - begin));
    const AsciiFacts facts = fold_ascii(text_.data() + begin, end - begin, to_.bytes_.data() + at);
    if (!facts.adjacent && !(last_between_ && is_between(static_cast<unsigned char>(text_[begin])))) {
      add_piece(at, end - begin, begin, end - begin, true);
      last_between_ = is_between(static_cast<unsigned char>(text_[end - 1]));
      if (last_between_)
        last_kind_ = is_space(static_cast<unsigned char>(text_[end - 1])) ? Between::space : Between::joint;
      return;
    }
    to_.bytes_.resize(at);
    for (std::size_t i = begin; i < end;) {
      std::size_t stop = i;
      while (stop < end && !is_between(static_cast<unsigned char>(text_[stop]))) ++stop;
      if (stop > i) words(i, stop);
      for (i = stop; i < end && is_between(static_cast<unsigned char>(text_[i])); ++i)
        between(is_space(static_cast<unsigned char>(text_[i])), i, i + 1);
    }
  }

  void words(std::size_t begin, std::size_t end) {
    const std::size_t at = to_.bytes_.size();
    to_.bytes_.resize(at + (end - begin));
    fold_ascii(text_.data() + begin, end - begin, to_.bytes_.data() + at);
    add_piece(at, end - begin, begin, end - begin, true);
    last_between_ = false;
  }

  // White space, a hyphen or an underscore: a run becomes one byte, and that a hyphen unless all is white space.
  void between(bool space, std::size_t begin, std::size_t end) {
    if (!last_between_) {
      to_.bytes_.push_back(' ');
      add_piece(to_.bytes_.size() - 1, 1, begin, end - begin, end - begin == 1);
      last_kind_ = space ? Between::space : Between::joint;
      last_between_ = true;
      return;
    }
    if (!space || last_kind_ != Between::space) last_kind_ = Between::dash;
    if (last_kind_ == Between::dash) to_.bytes_.back() = '-';
    extend_last_byte(end);
  }

  // The last folded byte now stands for everything up to `end`.
  void extend_last_byte(std::size_t end) {
    FoldedTexts::Piece& last = to_.pieces_.back();
    const auto stop = static_cast<std::uint32_t>(end);
    if (!last.linear) {
      last.original_length = stop - last.original;
      return;
    }
    const std::uint32_t begin = last.original + last.original_length - 1;
    const std::uint32_t folded = last.folded + last.folded_length - 1;
    if (last.folded_length == 1) {
      last = {folded, 1, begin, stop - begin, false};
    } else {
      --last.folded_length, --last.original_length;
      to_.pieces_.push_back({folded, 1, begin, stop - begin, false});
    }
  }

  // One character with the marks that belong to it.
  std::size_t cluster(std::size_t begin) {
    const CodePoint first = decode(text_, begin);
    std::size_t end = begin + first.length;
    const bool alone = end >= text_.size() || tables_.boundary_before(decode(text_, end).value);
    if (first.value == invalid_byte) {
      emit(std::string_view("\xEF\xBF\xBD", 3), begin, end, false);
      return end;
    }
    const char32_t same = same_for_names(first.value);
    if (alone && same < 0x80 && same != first.value) {
      const char byte = static_cast<char>(same);
      emit({&byte, 1}, begin, end, false);
      return end;
    }
    if (alone && stands_for_itself(first.value)) {
      emit(text_.substr(begin, first.length), begin, end, true);
      return end;
    }
    if (alone && first.value >= 0x80 && first.value < 0x800 && tables_.entries[first.value].simple) {
      const Tables::Entry& entry = tables_.entries[first.value];
      emit({entry.bytes.data(), entry.length}, begin, end, entry.length == first.length);
      return end;
    }
    icu::UnicodeString cluster(static_cast<UChar32>(same));
    // A letter under thousands of marks is an attack; the rest of them stands alone.
    for (int marks = 0; end < text_.size() && marks < 30; ++marks) {
      const CodePoint next = decode(text_, end);
      if (tables_.boundary_before(next.value)) break;
      cluster.append(static_cast<UChar32>(next.value));
      end += next.length;
    }
    emit(tables_.fold_cluster(cluster), begin, end, false);
    return end;
  }

  void emit(std::string_view folded, std::size_t begin, std::size_t end, bool linear) {
    if (folded.empty()) return;  // ignorable: soft hyphens, joiners, variation selectors
    if (folded.size() == 1 && is_between(static_cast<unsigned char>(folded[0])))
      return between(is_space(static_cast<unsigned char>(folded[0])), begin, end);
    const std::size_t at = to_.bytes_.size();
    to_.bytes_.append(folded);
    add_piece(at, folded.size(), begin, end - begin, linear && folded.size() == end - begin);
    last_between_ = false;
  }

  void add_piece(std::size_t folded, std::size_t folded_length, std::size_t original, std::size_t length, bool linear) {
    const auto n = [](std::size_t size) { return static_cast<std::uint32_t>(size); };
    if (linear && own_pieces_ > 0) {
      FoldedTexts::Piece& last = to_.pieces_.back();
      if (last.linear && last.original + last.original_length == original) {
        last.folded_length += n(folded_length), last.original_length += n(length);
        return;
      }
    }
    to_.pieces_.push_back({n(folded), n(folded_length), n(original), n(length), linear});
    ++own_pieces_;
  }

  enum class Between { space, joint, dash };

  const Tables& tables_;
  FoldedTexts& to_;
  std::string_view text_;
  bool last_between_ = false;
  Between last_kind_ = Between::space;
  std::size_t own_pieces_ = 0;
};

Folder::Folder() : tables_(std::make_unique<const Tables>()) {}
Folder::~Folder() = default;

void Folder::append(FoldedTexts& to, std::string_view text) const {
  const std::size_t begin = to.bytes_.size();
  const auto first_piece = static_cast<std::uint32_t>(to.pieces_.size());
  to.bytes_.resize(begin + text.size() + 1);  // the NUL after it is there by itself
  const AsciiFacts facts = fold_ascii(text.data(), text.size(), to.bytes_.data() + begin);
  if (!facts.ascii || facts.adjacent) {
    to.bytes_.resize(begin);
    Writer(*tables_, to, text).write();
    to.bytes_.push_back('\0');
  }
  to.texts_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(to.bytes_.size() - 1), first_piece,
                       static_cast<std::uint32_t>(to.pieces_.size()) - first_piece});
}

std::string Folder::fold(std::string_view text) const {
  FoldedTexts one;
  append(one, text);
  const Range place = one.place(0);
  return std::string(one.bytes().substr(place.begin, place.end - place.begin));
}

const FoldedTexts::Piece& FoldedTexts::piece_at(const Text& text, std::uint32_t folded) const {
  const auto first = pieces_.begin() + text.first_piece;
  const auto after = std::upper_bound(first, first + text.piece_count, folded,
                                      [](std::uint32_t at, const Piece& piece) { return at < piece.folded; });
  return *(after - 1);
}

std::optional<Range> FoldedTexts::original(std::size_t index, std::uint32_t begin, std::uint32_t end) const {
  const Text& text = texts_[index];
  if (text.piece_count == 0) return Range{begin - text.begin, end - text.begin};
  const Piece& first = piece_at(text, begin);
  const Piece& last = piece_at(text, end - 1);
  Range range;
  if (first.linear) {
    range.begin = first.original + (begin - first.folded);
  } else {
    if (begin != first.folded) return std::nullopt;
    range.begin = first.original;
  }
  if (last.linear) {
    range.end = last.original + (end - last.folded);
  } else {
    if (end != last.folded + last.folded_length) return std::nullopt;
    range.end = last.original + last.original_length;
  }
  return range;
}

}  // namespace earshot::text
