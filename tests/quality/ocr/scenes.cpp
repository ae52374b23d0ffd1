#include "scenes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "pictures.hpp"

namespace earshot::quality {
namespace {

constexpr int kWidth = 1024, kHeight = 768;

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}
  std::uint64_t operator()() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  int below(int n) { return static_cast<int>((*this)() % static_cast<std::uint64_t>(n)); }
  double between(double a, double b) { return a + (b - a) * (static_cast<double>((*this)() >> 11) * 0x1p-53); }
  template <class List>
  const auto& of(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }

 private:
  std::uint64_t state_;
};

const std::vector<std::string> kNamed = {
    "when the {} finally arrives",   "nobody expects {} on a Monday", "I asked for {} and got this",
    "they said {} would be cheaper", "me waiting for {} to answer",   "my new {} broke after a week",
    "have you tried {} yet?",        "{} is the best thing I bought", "not sure about {} any more"};
const std::vector<std::string> kPlain = {
    "when the weekend finally arrives", "nobody expects rain on a Monday", "I asked for coffee and got this",
    "they said it would be cheaper",    "me waiting for the bus again",    "my old phone broke after a week",
    "have you seen the game yet?",      "that was the best thing ever",    "see you tomorrow at noon",
    "can you bring the cheese please",  "where did everybody go",          "the meeting starts at ten"};
const std::vector<std::string> kSignWords = {"OPEN DAILY", "COFFEE & CAKE", "Est. 1987",
                                             "Sale 50%",   "Bakery",        "Fresh fish"};
const std::vector<std::string> kPackWords = {"Net wt 250 g",  "with sea salt",  "100% natural",        "New recipe",
                                             "Serve chilled", "No added sugar", "Best before: see lid"};

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}
std::string escaped(const std::string& text) {
  std::string all;
  for (const char c : text) all += c == '&' ? "&amp;" : std::string(1, c);
  return all;
}
std::string colour(Random& random, bool dark) {
  const int low = dark ? 0 : 170, high = dark ? 90 : 256;
  return fmt::format("rgb({},{},{})", low + random.below(high - low), low + random.below(high - low),
                     low + random.below(high - low));
}

// Coarse and fine noise over soft shapes: as busy as a photograph of leaves, gravel or a crowd.
cv::Mat texture(Random& random) {
  cv::RNG noise(random());
  cv::Mat out(kHeight, kWidth, CV_32FC3,
              cv::Scalar(random.between(60, 190), random.between(60, 190), random.between(60, 190)));
  for (const int cell : {128, 48, 16, 5, 2}) {
    cv::Mat grains(kHeight / cell + 2, kWidth / cell + 2, CV_32FC3), wide;
    const double strength = random.between(2, 6) * std::sqrt(static_cast<double>(cell));
    noise.fill(grains, cv::RNG::NORMAL, 0, std::min(strength, 40.0));
    cv::resize(grains, wide, out.size(), 0, 0, cv::INTER_CUBIC);
    out += wide;
  }
  cv::Mat bytes;
  out.convertTo(bytes, CV_8U);
  for (int i = random.below(6); i > 0; --i)
    cv::ellipse(bytes, {random.below(kWidth), random.below(kHeight)}, {20 + random.below(200), 20 + random.below(150)},
                random.between(0, 180), 0, 360, cv::Scalar(random.below(256), random.below(256), random.below(256)), -1,
                cv::LINE_AA);
  return bytes;
}

void lay(const cv::Mat& drawing, cv::Mat& on) {
  for (int y = 0; y < on.rows; ++y)
    for (int x = 0; x < on.cols; ++x) {
      const auto& over = drawing.at<cv::Vec4b>(y, x);
      if (over[3] == 0) continue;
      auto& under = on.at<cv::Vec3b>(y, x);
      for (int c = 0; c < 3; ++c)
        under[c] = static_cast<std::uint8_t>((over[c] * over[3] + under[c] * (255 - over[3])) / 255);
    }
}

std::string text_at(double x, double y, int size, const std::string& style, const std::string& text) {
  return fmt::format("<text x='{:.0f}' y='{:.0f}' font-size='{}' {}>{}</text>", x, y, size, style, escaped(text));
}
// In lines that fit into `width`.
std::vector<std::string> wrapped(const std::string& text, double width, double size) {
  const auto most = static_cast<std::size_t>(std::max(6.0, width / (0.68 * size)));
  std::vector<std::string> lines(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (!lines.back().empty() && lines.back().size() + 1 + end - at > most) lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + text.substr(at, end - at);
    at = end + 1;
  }
  return lines;
}
std::string svg(const std::string& body) {
  return fmt::format("<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='{}'>{}</svg>", kWidth, kHeight, body);
}

std::string meme(Random& random, int size, const std::string& text) {
  const std::string font = random.below(2) == 0 ? "DejaVu Sans Condensed" : "DejaVu Sans";
  const std::string style = fmt::format(
      "text-anchor='middle' font-family='{}' font-weight='bold' fill='white' stroke='black' stroke-width='{:.1f}' "
      "paint-order='stroke' stroke-linejoin='round'",
      font, size / 9.0);
  std::string body;
  double y = random.below(2) == 0 ? size * 1.3 : kHeight - size * 3.2;
  const std::string words = random.below(3) > 0 ? upper(text) : text;
  for (const std::string& line : wrapped(words, kWidth * 0.95, size * 1.15))
    body += text_at(kWidth / 2.0, y, size, style, line), y += size * 1.25;
  return body;
}

std::string sign(Random& random, int size, const std::string& text) {
  const bool dark = random.below(2) == 0;
  const std::string board = colour(random, dark), letters = colour(random, !dark);
  const double wide = std::min(kWidth * 0.85,
                               size * 0.75 * static_cast<double>(std::max<std::size_t>(text.size(), 10)) + size * 2),
               high = size * 3.4 + 20;
  const double x = (kWidth - wide) / 2, y = (kHeight - high) / 2;
  std::string body = fmt::format("<rect x='{:.0f}' y='{:.0f}' width='{:.0f}' height='{:.0f}' rx='8' fill='{}'/>", x, y,
                                 wide, high, board);
  const std::string style = fmt::format("text-anchor='middle' font-family='{}' font-weight='{}' fill='{}'",
                                        random.below(2) == 0 ? "DejaVu Serif" : "DejaVu Sans",
                                        random.below(2) == 0 ? "bold" : "normal", letters);
  body += text_at(kWidth / 2.0, y + size * 1.3 + 5, size, style, text);
  body += text_at(kWidth / 2.0, y + size * 2.7 + 5, std::max(12, size * 6 / 10), style, random.of(kSignWords));
  return body;
}

std::string screenshot(Random& random, int size, const std::string& text) {
  const bool dark = random.below(3) == 0;
  std::string body = fmt::format("<rect width='100%' height='100%' fill='{}'/>", dark ? "#121b22" : "#efeae2");
  const int place = size > 40 ? 0 : 1 + random.below(3);
  double y = size;
  for (int i = 0; y < kHeight - size * 2; ++i) {
    const bool own = random.below(2) == 0;
    const std::vector<std::string> lines = wrapped(i == place ? text : random.of(kPlain), 560, size);
    const double high = size * (1.3 * static_cast<double>(lines.size()) + 0.8);
    const double wide = 620, x = own ? kWidth - wide - 30 : 30;
    body += fmt::format("<rect x='{:.0f}' y='{:.0f}' width='{:.0f}' height='{:.0f}' rx='12' fill='{}'/>", x, y, wide,
                        high, own ? (dark ? "#005c4b" : "#d9fdd3") : (dark ? "#202c33" : "#ffffff"));
    double line_y = y + size * 1.35;
    for (const std::string& line : lines)
      body += text_at(x + 16, line_y, size,
                      fmt::format("font-family='DejaVu Sans' fill='{}'", dark ? "#e9edef" : "#111b21"), line),
          line_y += size * 1.3;
    if (i > place && size > 40) break;
    y += high + size * 0.6;
  }
  return body;
}

std::string packaging(Random& random, int size, const std::string& text) {
  const bool dark = random.below(2) == 0;
  const std::string paper = colour(random, dark), ink = colour(random, !dark);
  std::string body = fmt::format(
      "<rect x='120' y='130' width='784' height='508' rx='20' fill='{}'/><circle cx='{}' cy='560' r='60' fill='{}'/>",
      paper, 200 + random.below(600), colour(random, dark));
  const std::string family = random.below(3) == 0 ? "DejaVu Serif" : "DejaVu Sans";
  double y = 180 + size;
  const std::string style =
      fmt::format("text-anchor='middle' font-family='{}' font-weight='bold' fill='{}'", family, ink);
  for (const std::string& line : wrapped(text, 760, size * 1.1))
    body += text_at(kWidth / 2.0, y, size, style, line), y += size * 1.3;
  for (int i = 0; i < 2; ++i)
    body += text_at(kWidth / 2.0, y += std::max(20, size * 6 / 10) + 8, std::max(14, size / 2), style,
                    random.of(kPackWords));
  return body;
}

// As seen from the side, or held at an angle.
cv::Mat seen(const cv::Mat& drawing, Random& random, double turn, double lean) {
  const double angle = random.between(-turn, turn) * CV_PI / 180;
  const cv::Point2f centre(kWidth / 2.0f, kHeight / 2.0f);
  std::vector<cv::Point2f> from = {{0, 0}, {kWidth, 0}, {kWidth, kHeight}, {0, kHeight}}, to;
  for (const cv::Point2f& p : from) {
    const cv::Point2f d = p - centre;
    const auto c = static_cast<float>(std::cos(angle)), s = static_cast<float>(std::sin(angle));
    to.push_back(centre + cv::Point2f(d.x * c - d.y * s, d.x * s + d.y * c) +
                 cv::Point2f(static_cast<float>(random.between(-lean, lean)) * kWidth,
                             static_cast<float>(random.between(-lean, lean)) * kHeight));
  }
  cv::Mat out;
  cv::warpPerspective(drawing, out, cv::getPerspectiveTransform(from, to), drawing.size(), cv::INTER_LINEAR);
  return out;
}

}  // namespace

const char* name_of(Kind kind) {
  constexpr std::array names = {"meme", "sign", "screenshot", "packaging"};
  return names[static_cast<std::size_t>(kind)];
}

const std::vector<std::string>& brand_names() {
  static const std::vector<std::string> names = {
      "Zentrix",    "Korvo",    "Glowvane",  "Pethora",     "Tavello",        "Acme Rockets",  "Lumivar",
      "Brightfork", "Nordhaus", "Quillaby",  "Fjordline",   "Marelli Coffee", "Ostrava Foods", "Vantico",
      "Solenne",    "Drumbeck", "Halvorsen", "Kittiwake",   "Oakhurst Dairy", "Pelican Air",   "Murano Bikes",
      "Clivden",    "Wolverra", "Burnwick",  "Ardmore Tea", "Sibelline",      "Dolcetta",      "Corvanna"};
  return names;
}

Scene scene(Kind kind, int height, bool named, std::uint64_t seed) {
  Random random(seed * 97 + static_cast<std::uint64_t>(kind) * 13 + static_cast<std::uint64_t>(height));
  Scene scene{{}, named ? random.of(brand_names()) : ""};
  const bool alone = kind == Kind::sign || kind == Kind::packaging;
  const std::string words = !named  ? (alone ? random.of(kSignWords) : random.of(kPlain))
                            : alone ? scene.name
                                    : fmt::format(fmt::runtime(random.of(kNamed)), scene.name);
  cv::Mat under = texture(random);
  const std::string body = kind == Kind::meme         ? meme(random, height, words)
                           : kind == Kind::sign       ? sign(random, height, words)
                           : kind == Kind::screenshot ? screenshot(random, height, words)
                                                      : packaging(random, height, words);
  cv::Mat drawing = drawn(svg(body));
  if (drawing.empty()) return {};
  if (kind == Kind::sign) drawing = seen(drawing, random, 4, 0.05);
  if (kind == Kind::packaging) drawing = seen(drawing, random, 20, 0.04);
  lay(drawing, under);
  scene.picture = under;
  return scene;
}

}  // namespace earshot::quality
