#include "brand_text/confusables.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace earshot::brand_text {
namespace {

struct Block {
  char32_t first, last;
};
// Where letters stand that are taken for Latin ones. Mathematical and fullwidth letters are folded to ASCII already.
constexpr auto kBlocks = std::to_array<Block>({{0xC0, 0x2AF},       // Latin, IPA
                                               {0x370, 0x52F},      // Greek, Cyrillic
                                               {0x531, 0x58F},      // Armenian
                                               {0x13A0, 0x13F5},    // Cherokee
                                               {0x1C80, 0x1C88},    // Cyrillic
                                               {0x1D00, 0x1D2B},    // small capitals
                                               {0x1E00, 0x1EFF},    // Latin
                                               {0x2C60, 0x2C7F},    // Latin
                                               {0xA640, 0xA69F},    // Cyrillic
                                               {0xA720, 0xA7FF},    // Latin
                                               {0xAB30, 0xABBF}});  // Latin, Cherokee

}  // namespace

Confusables::Confusables() : likes_(kBlocks.back().last + 1 - kFirst) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<USpoofChecker, void (*)(USpoofChecker*)> checker(uspoof_open(&status), uspoof_close);
  const icu::Normalizer2* parts = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no data on letters that look alike");
  icu::UnicodeString skeleton;
  for (const Block& block : kBlocks)
    for (char32_t c = block.first; c <= block.last; ++c) {
      if (!u_isalpha(static_cast<UChar32>(c))) continue;
      const icu::UnicodeString decomposed = parts->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
      const icu::UnicodeString bare(decomposed.char32At(0));  // without its marks
      if (bare.char32At(0) < 0x80) {
        likes_[c - kFirst] = static_cast<char>(u_tolower(bare.char32At(0)));
        continue;
      }
      uspoof_getSkeletonUnicodeString(checker.get(), 0, bare, skeleton, &status);
      if (U_FAILURE(status)) throw std::runtime_error("ICU cannot compare letters that look alike");
      const UChar32 like = skeleton.countChar32() == 1 ? skeleton.char32At(0) : 0;
      if (like < 0x80 && u_isalnum(like)) likes_[c - kFirst] = static_cast<char>(u_tolower(like));
    }
}

}  // namespace earshot::brand_text
