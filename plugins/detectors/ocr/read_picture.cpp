#include "ocr/read_picture.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

#include "ocr/blocks.hpp"
#include "ocr/candidates.hpp"
#include "ocr/plausible.hpp"
#include "ocr/straighten.hpp"

namespace earshot::ocr {
namespace {

constexpr double kOverlap = 0.4;                    // of the smaller of two boxes: the same lettering
constexpr float kLetter = 32, kOtherLetter = 24;    // pixels of a letter; Tesseract makes lines of 36 pixels itself
constexpr double kSure = 0.85, kHopeless = 0.05;    // confidence of a line that is not read once more
constexpr float kWorthwhile = 0.4f;                 // score of a line that may be
constexpr double kLine = 0.55, kFewLetters = 0.8;   // see Demand
constexpr std::size_t kPage = 12;                   // lines
constexpr double kEased = 0.4;                      // of the confidence asked for, on a page
constexpr std::size_t kDocument = 20;               // clear level lines of a page
constexpr float kClearLine = 0.4f, kLevel = 0.03f;  // score; radians
constexpr std::size_t kPatience = 8;  // lines in which nothing can be read before a picture counts as texture

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

bool same_place(const cv::Rect& a, const cv::Rect& b) {
  const double both = (a & b).area();
  return both > kOverlap * static_cast<double>(std::min(a.area(), b.area()));
}

struct Attempt {
  const Line* line;
  cv::Rect box;
  Straight straight;
  std::vector<ReadWord> words;
};

// On a page full of lines what is less sure is lettering, too.
std::vector<ReadLine> lines_of(const std::vector<Attempt>& attempts, std::size_t plausible, const Demand& demand) {
  const Demand eased = plausible < kPage ? demand : Demand{demand.word * kEased, kLine * 0.8, kFewLetters * 0.7};
  std::ptrdiff_t light = 0, dark = 0;
  for (const Attempt& a : attempts)
    if (!plausible_line(*a.line, a.straight, a.words, demand).words.empty()) ++(a.line->layer->light ? light : dark);
  std::vector<ReadLine> lines;
  std::vector<cv::Rect> taken;
  for (const bool ease : {false, true}) {
    for (const Attempt& a : attempts) {
      const auto here = [&](const cv::Rect& t) { return same_place(t, a.box); };
      const bool sure = !plausible_line(*a.line, a.straight, a.words, demand).words.empty();
      if (ease && a.line->layer->light != (light > dark)) continue;  // gaps between letters
      if (ease == sure || std::any_of(taken.begin(), taken.end(), here)) continue;
      ReadLine line = plausible_line(*a.line, a.straight, a.words, eased);
      if (line.words.empty()) continue;
      taken.push_back(a.box);
      lines.push_back(std::move(line));
    }
    if (plausible < kPage) break;
  }
  return lines;
}

// Of words in the other preparation of a line.
std::vector<ReadWord> in_pixels_of_first(std::vector<ReadWord> words) {
  constexpr float times = kLetter / kOtherLetter;
  const auto scaled = [](int v) { return static_cast<int>(static_cast<float>(v) * times); };
  for (ReadWord& word : words)
    word.box = {scaled(word.box.x), scaled(word.box.y), scaled(word.box.width), scaled(word.box.height)};
  return words;
}

// Once more otherwise where the first reading is not sure; the surer one counts.
Attempt attempt(const Line& line, Recogniser& recogniser, Memory* memory) {
  Attempt first{&line, line.box(), straighten(line, kLetter, false), {}};
  if (const auto* words = memory != nullptr ? memory->recall(first.box, first.straight.grey) : nullptr) {
    first.words = *words;
    return first;
  }
  first.words = recogniser.read(first.straight.grey, Layout::line);
  const double sure = confidence_of(first.words);
  const bool again = sure < kSure && sure > kHopeless && line.score > kWorthwhile;
  if (again) {
    const Straight other = straighten(line, kOtherLetter, true);
    std::vector<ReadWord> words = recogniser.read(other.grey, Layout::line);
    if (confidence_of(words) > sure) first.words = in_pixels_of_first(std::move(words));
  }
  if (memory != nullptr) memory->keep(first.box, first.straight.grey, first.words);
  return first;
}

// A page of level lines, dark on light: Tesseract's own view of the whole knows columns and keeps its words together.
bool is_document(const std::vector<Line>& lines) {
  const auto level = std::count_if(lines.begin(), lines.end(), [](const Line& line) {
    return !line.layer->light && line.score > kClearLine && std::abs(line.angle) < kLevel;
  });
  return static_cast<std::size_t>(level) >= kDocument;
}

// The lines of a page that was read as a whole.
std::vector<ReadLine> lines_of_page(const std::vector<ReadWord>& words, double least_confidence) {
  std::vector<ReadLine> lines;
  const auto finish = [&] {
    if (!lines.empty()) finish_line(lines.back());
    if (!lines.empty() && lines.back().words.empty()) lines.pop_back();
  };
  for (const ReadWord& word : words) {
    if (word.begins_line || lines.empty()) finish(), lines.emplace_back();
    if (word.confidence < least_confidence) continue;
    const cv::Point2f from(word.box.tl()), until(word.box.br());
    lines.back().words.push_back({word.text, word.confidence, {from, {until.x, from.y}, until, {from.x, until.y}}});
  }
  finish();
  return lines;
}

// Where both have read, the surer one counts.
std::vector<ReadLine> joined(std::vector<ReadLine> page, std::vector<ReadLine> pieces) {
  const auto overlap = [](const cv::Rect2f& a, const cv::Rect2f& b) {
    return (a & b).area() > 0.5f * std::min(a.area(), b.area());
  };
  for (ReadLine& line : page) {
    double sure = 0, weight = 0;
    for (const ReadLine& piece : pieces) {
      if (!overlap(piece.box, line.box)) continue;
      const double letters = piece.box.width;
      sure += piece.confidence * letters, weight += letters;
    }
    if (weight > 0.8 * line.box.width && sure / weight > line.confidence) {
      line.words.clear();
      continue;
    }
    std::erase_if(pieces, [&](const ReadLine& piece) { return overlap(piece.box, line.box); });
  }
  std::erase_if(page, [](const ReadLine& line) { return line.words.empty(); });
  page.insert(page.end(), std::make_move_iterator(pieces.begin()), std::make_move_iterator(pieces.end()));
  return page;
}

}  // namespace

PictureReader::PictureReader(Recogniser& recogniser, const Limits& limits) : recogniser_(recogniser), limits_(limits) {
  cv::setNumThreads(1);  // the host's workers are the threads
}

std::vector<Written> PictureReader::read(const cv::Mat& bgr, const std::function<void()>& breathe, Memory* memory) {
  const double begin = thread_seconds();
  cv::Mat small = bgr;
  const double pixels = static_cast<double>(bgr.cols) * bgr.rows;
  const double shrink = std::max(1.0, std::sqrt(pixels / static_cast<double>(limits_.most_pixels)));
  if (std::min(bgr.cols, bgr.rows) < kSmallestSide * shrink) return {};
  if (shrink > 1) cv::resize(bgr, small, {}, 1 / shrink, 1 / shrink, cv::INTER_AREA);

  const Candidates candidates(small, breathe);
  const Demand demand{limits_.least_confidence, kLine, kFewLetters};
  std::vector<Attempt> attempts;
  std::vector<cv::Rect> taken;
  for (const Line& line : candidates.lines()) {
    const std::size_t failed = attempts.size() - taken.size();
    if (attempts.size() == static_cast<std::size_t>(limits_.most_lines) || failed > kPatience + taken.size()) break;
    if (thread_seconds() - begin > limits_.most_seconds) break;
    const cv::Rect box = line.box();
    if (std::any_of(taken.begin(), taken.end(), [&](const cv::Rect& t) { return same_place(t, box); })) continue;
    breathe();
    attempts.push_back(attempt(line, recogniser_, memory));
    const Attempt& a = attempts.back();
    if (!plausible_line(line, a.straight, a.words, demand).words.empty()) taken.push_back(box);
  }
  std::vector<ReadLine> lines = lines_of(attempts, taken.size(), demand);
  if (taken.size() < kPage || !is_document(candidates.lines())) return blocks_of(std::move(lines), small.size());
  breathe();
  cv::Mat grey;
  cv::cvtColor(small, grey, cv::COLOR_BGR2GRAY);
  std::vector<ReadLine> page = lines_of_page(recogniser_.read(grey, Layout::page), demand.word * kEased);
  return blocks_of(joined(std::move(page), std::move(lines)), small.size());
}

}  // namespace earshot::ocr
