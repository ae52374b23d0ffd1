#include "language/letters.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace earshot::language {
namespace {

Script script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_LATIN:
      return Script::latin;
    case USCRIPT_CYRILLIC:
      return Script::cyrillic;
    case USCRIPT_ARABIC:
      return Script::arabic;
    case USCRIPT_DEVANAGARI:
      return Script::devanagari;
    case USCRIPT_HAN:
      return Script::han;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Script::kana;
    case USCRIPT_HANGUL:
      return Script::hangul;
    case USCRIPT_HEBREW:
      return Script::hebrew;
    case USCRIPT_GREEK:
      return Script::greek;
    case USCRIPT_ARMENIAN:
      return Script::armenian;
    case USCRIPT_GEORGIAN:
      return Script::georgian;
    case USCRIPT_BENGALI:
      return Script::bengali;
    case USCRIPT_GUJARATI:
      return Script::gujarati;
    case USCRIPT_GURMUKHI:
      return Script::gurmukhi;
    case USCRIPT_TAMIL:
      return Script::tamil;
    case USCRIPT_TELUGU:
      return Script::telugu;
    case USCRIPT_KANNADA:
      return Script::kannada;
    case USCRIPT_MALAYALAM:
      return Script::malayalam;
    case USCRIPT_SINHALA:
      return Script::sinhala;
    case USCRIPT_ORIYA:
      return Script::oriya;
    case USCRIPT_THAI:
      return Script::thai;
    case USCRIPT_LAO:
      return Script::lao;
    case USCRIPT_KHMER:
      return Script::khmer;
    case USCRIPT_MYANMAR:
      return Script::burmese;
    case USCRIPT_TIBETAN:
      return Script::tibetan;
    case USCRIPT_ETHIOPIC:
      return Script::ethiopic;
    case USCRIPT_THAANA:
      return Script::thaana;
    default:
      return Script::other;
  }
}

Letter letter_of(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  const bool mark = (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0;
  if (!mark && u_isalpha(point) == 0) return {};
  Letter letter;
  letter.script = script_of(c);
  if (mark && letter.script == Script::other)
    letter.script = Script::latin;  // a combining accent: of the word it is in
  letter.upper = u_isupper(point) != 0;
  const UChar32 lower = u_tolower(point);
  letter.lower = static_cast<char16_t>(lower < 0x10000 ? lower : 0xFFFD);
  return letter;
}

}  // namespace

Letters::Letters() {
  table_.resize(0x10000);
  for (char32_t c = 0; c < table_.size(); ++c) table_[c] = letter_of(c);
}

Letter Letters::beyond(char32_t c) {
  const bool han = c >= 0x20000 && c < 0x32000;
  return {han ? Script::han : Script::common, false, 0xFFFD};
}

const Letters& Letters::shared() {
  static const Letters letters;
  return letters;
}

}  // namespace earshot::language
