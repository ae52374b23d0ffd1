#include "ocr/plausible.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cmath>

namespace earshot::ocr {
namespace {

constexpr int kShort = 3;  // letters

// What a word is made of.
struct Shape {
  int letters = 0, digits = 0, others = 0;  // code points
  int longest_run = 0;                      // of one letter
  bool mixed = false;                       // a capital behind a small letter, or the other way round, more than once
  int signs() const { return letters + digits; }
};

Shape shape_of(const std::string& text) {
  Shape shape;
  const auto size = static_cast<std::int32_t>(text.size());
  UChar32 before = 0;
  int run = 0, rises = 0;
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), at, size, c);
    if (c >= 0 && u_isalpha(c)) {
      ++shape.letters;
      rises += u_isupper(c) && u_islower(before) ? 1 : 0;
    } else if (c >= 0 && u_isdigit(c)) {
      ++shape.digits;
    } else {
      ++shape.others;
    }
    run = c == before ? run + 1 : 1;
    if (c >= 0 && u_isalpha(c)) shape.longest_run = std::max(shape.longest_run, run);
    before = c;
  }
  shape.mixed = rises > 1;
  return shape;
}

bool may_be_word(const Shape& shape, bool known) {
  if (shape.signs() == 0) return false;
  if (known) return true;
  return shape.longest_run < 3 && shape.others <= shape.signs() && !(shape.mixed && shape.letters < 6);
}

}  // namespace

double confidence_of(const std::vector<ReadWord>& words) {
  double sum = 0, weight = 0;
  for (const ReadWord& word : words) {
    const auto size = static_cast<double>(word.text.size());
    sum += word.confidence * size, weight += size;
  }
  return weight > 0 ? sum / weight : 0;
}

void finish_line(ReadLine& line) {
  double sure = 0, weight = 0, height = 0;
  std::erase_if(line.words, [](const PlacedWord& word) { return shape_of(word.text).signs() == 0; });
  for (const PlacedWord& word : line.words) {
    const auto letters = static_cast<double>(word.text.size());
    sure += word.confidence * letters, weight += letters;
    height += letters * cv::norm(word.corners[3] - word.corners[0]);
    for (const cv::Point2f& p : word.corners) line.box |= cv::Rect2f(p, cv::Size2f(1, 1));
  }
  if (weight > 0) line.confidence = sure / weight, line.height = static_cast<float>(height / weight);
}

ReadLine plausible_line(const Line& line, const Straight& straight, const std::vector<ReadWord>& words,
                        const Demand& demand) {
  ReadLine read;
  read.height = line.height, read.angle = line.angle;
  int letters = 0, all = 0, known = 0;
  double sure = 0, everything = 0;
  for (const ReadWord& word : words) {
    const Shape shape = shape_of(word.text);
    all += shape.signs() + shape.others;
    everything += word.confidence * (shape.signs() + shape.others);
    if (word.confidence < demand.word) continue;
    // Signs between words stay, so that a sentence reads as one; alone they are nothing.
    if (shape.signs() > 0 && !may_be_word(shape, word.known)) continue;
    letters += shape.signs(), known += word.known ? shape.signs() : 0;
    sure += word.confidence * shape.signs();
    read.words.push_back({word.text, word.confidence, straight.corners_of(word.box)});
  }
  read.confidence = letters > 0 ? sure / letters : 0;
  const bool good = letters >= 2 && everything >= demand.line * all * (known * 2 > letters ? 0.8 : 1.0) &&
                    (letters > kShort || read.confidence >= demand.few_letters);
  if (!good) read.words.clear();
  for (const PlacedWord& word : read.words)
    for (const cv::Point2f& p : word.corners) read.box |= cv::Rect2f(p, cv::Size2f(1, 1));
  return read;
}

}  // namespace earshot::ocr
