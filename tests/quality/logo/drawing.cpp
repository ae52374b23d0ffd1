// The logos and the backgrounds.
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <string>

#include "logo/scenes.hpp"

namespace earshot::quality {
namespace {

constexpr double kPi = std::numbers::pi;
using Points = std::vector<cv::Point>;

cv::Scalar vivid(cv::RNG& random) {
  static const std::array<cv::Scalar, 12> colors{
      cv::Scalar(40, 30, 210), {190, 90, 20}, {60, 150, 30},  {20, 140, 240}, {150, 40, 130}, {30, 30, 30},
      cv::Scalar(120, 20, 20), {20, 20, 120}, {100, 110, 10}, {60, 60, 190},  {160, 60, 60},  {10, 90, 60}};
  return colors[static_cast<std::size_t>(random.uniform(0, 12))];
}

struct Canvas {
  cv::Mat color, cover;
  cv::RNG& random;
  cv::Scalar main, second;

  Canvas(int width, int height, cv::RNG& r)
      : color(height, width, CV_8UC3, cv::Scalar::all(255)),
        cover(height, width, CV_8U, cv::Scalar(0)),
        random(r),
        main(vivid(r)),
        second(r.uniform(0, 2) == 0 ? cv::Scalar::all(255) : vivid(r)) {}
  void fill(const Points& p, const cv::Scalar& c) {
    cv::fillPoly(color, p, c, cv::LINE_AA), cv::fillPoly(cover, p, cv::Scalar(255), cv::LINE_AA);
  }
  void disc(cv::Point m, int r, const cv::Scalar& c, int line = cv::FILLED) {
    cv::circle(color, m, r, c, line, cv::LINE_AA), cv::circle(cover, m, r, cv::Scalar(255), line, cv::LINE_AA);
  }
  void arc(cv::Point m, cv::Size axes, double turn, double from, double to, const cv::Scalar& c, int line) {
    cv::ellipse(color, m, axes, turn, from, to, c, line, cv::LINE_AA);
    cv::ellipse(cover, m, axes, turn, from, to, cv::Scalar(255), line, cv::LINE_AA);
  }
  void box(cv::Rect r, const cv::Scalar& c) {
    cv::rectangle(color, r, c, cv::FILLED), cv::rectangle(cover, r, cv::Scalar(255), cv::FILLED);
  }
  void word(const std::string& text, cv::Rect r, const cv::Scalar& c, int face, int line) {
    int base = 0;
    const cv::Size one = cv::getTextSize(text, face, 1, 1, &base);
    const double scale = std::min(r.width / (one.width + line / 2.0), r.height / (one.height + line / 2.0));
    const cv::Size now = cv::getTextSize(text, face, scale, line, &base);
    const cv::Point at(r.x + (r.width - now.width) / 2, r.y + (r.height + now.height) / 2);
    cv::putText(color, text, at, face, scale, c, line, cv::LINE_AA);
    cv::putText(cover, text, at, face, scale, cv::Scalar(255), line, cv::LINE_AA);
  }
  std::string letters(int count) {
    std::string s;
    for (int i = 0; i < count; ++i) s += static_cast<char>((i == 0 ? 'A' : 'a') + random.uniform(0, 26));
    return s;
  }
  int face() {
    static const std::array<int, 4> faces{cv::FONT_HERSHEY_DUPLEX, cv::FONT_HERSHEY_TRIPLEX, cv::FONT_HERSHEY_SIMPLEX,
                                          cv::FONT_HERSHEY_SCRIPT_COMPLEX};
    return faces[static_cast<std::size_t>(random.uniform(0, 4))];
  }
};

Points polygon(cv::Point middle, double radius, int count, double turn, double inner = 1) {
  Points all;
  for (int i = 0; i < count * (inner < 1 ? 2 : 1); ++i) {
    const double r = inner < 1 && i % 2 == 1 ? radius * inner : radius;
    const double a = turn + i * 2 * kPi / (count * (inner < 1 ? 2 : 1));
    all.emplace_back(middle.x + static_cast<int>(r * std::cos(a)), middle.y + static_cast<int>(r * std::sin(a)));
  }
  return all;
}

void shade(Canvas& c) {
  for (int x = 0; x < c.color.cols; ++x) c.color.col(x) += cv::Scalar::all(60.0 * x / c.color.cols - 20);
}

void monogram(Canvas& c) {
  const cv::Point m(c.color.cols / 2, c.color.rows / 2);
  c.disc(m, 120, c.main);
  c.word(c.letters(c.random.uniform(1, 3)), {50, 65, 156, 126}, cv::Scalar::all(255), c.face(),
         c.random.uniform(8, 18));
}
void wordmark(Canvas& c) {
  c.word(c.letters(c.random.uniform(4, 8)), {8, 8, c.color.cols - 16, c.color.rows - 16}, c.main, c.face(),
         c.random.uniform(6, 14));
  if (c.random.uniform(0, 2) == 0) c.box({8, c.color.rows - 10, c.color.cols - 16, 8}, c.second);
}
void ringed(Canvas& c) {
  const cv::Point m(128, 128);
  c.disc(m, 108, c.main, c.random.uniform(10, 28));
  c.fill(polygon(m, c.random.uniform(45, 80), c.random.uniform(3, 7), c.random.uniform(0.0, 3.0)), c.main);
}
void stripes(Canvas& c) {
  const int count = c.random.uniform(3, 6), slant = c.random.uniform(-30, 31);
  for (int i = 0; i < count; ++i) {
    const int w = 220 / count, x = 20 + i * w, top = c.random.uniform(10, 120);
    c.fill({{x + slant, top}, {x + slant + w * 2 / 3, top}, {x + w * 2 / 3, 245}, {x, 245}},
           i % 2 == 0 ? c.main : c.main * 0.7);
  }
}
void star(Canvas& c) {
  const cv::Point m(128, 128);
  const int count = c.random.uniform(4, 10);
  const cv::Scalar other = c.second == cv::Scalar::all(255) ? vivid(c.random) : c.second;
  if (c.random.uniform(0, 2) == 0) c.fill(polygon(m, 124, c.random.uniform(3, 8), c.random.uniform(0.0, 3.0)), other);
  c.fill(polygon(m, c.random.uniform(70, 110), count, c.random.uniform(0.0, 3.0), c.random.uniform(0.3, 0.65)), c.main);
  if (c.random.uniform(0, 2) == 0)
    c.fill(polygon({128 + c.random.uniform(-15, 15), 128}, 24, c.random.uniform(3, 6), 0.4), cv::Scalar::all(255));
}
void swoosh(Canvas& c) {
  Points upper, lower;
  const double a = c.random.uniform(40.0, 100.0), b = c.random.uniform(-60.0, 60.0),
               thick = c.random.uniform(20.0, 50.0);
  for (int i = 0; i <= 40; ++i) {
    const double t = i / 40.0, y = 128 + a * std::sin(t * kPi * c.main[0] / 120 + 0.5) + b * t - 20;
    upper.emplace_back(static_cast<int>(10 + 236 * t), static_cast<int>(y - thick * std::sin(kPi * t)));
    lower.emplace_back(static_cast<int>(10 + 236 * t), static_cast<int>(y + thick * std::sin(kPi * t) * 0.6));
  }
  upper.insert(upper.end(), lower.rbegin(), lower.rend());
  c.fill(upper, c.main), shade(c);
  c.disc({c.random.uniform(60, 200), c.random.uniform(30, 60)}, c.random.uniform(16, 28),
         c.second == cv::Scalar::all(255) ? c.main : c.second);
}
void circles(Canvas& c) {
  const int count = c.random.uniform(3, 6);
  for (int i = 0; i < count; ++i)
    c.disc({c.random.uniform(60, 197), c.random.uniform(60, 197)}, c.random.uniform(28, 56),
           i % 2 == 0 ? c.main : vivid(c.random), i % 3 == 2 ? cv::FILLED : c.random.uniform(8, 16));
}
void tiles(Canvas& c) {
  const int n = c.random.uniform(2, 5), side = 236 / n;
  for (int y = 0; y < n; ++y)
    for (int x = 0; x < n; ++x)
      if (c.random.uniform(0, 4) != 0)
        c.box({10 + x * side, 10 + y * side, side - 8, side - 8},
              c.random.uniform(0, 2) == 0 ? c.main : vivid(c.random));
  c.box({10, 10, side - 8, side - 8}, c.main),
      c.box({10 + (n - 1) * side, 10 + (n - 1) * side, side - 8, side - 8}, c.main);
}
void shield(Canvas& c) {
  static const std::array<Points, 5> outlines{Points{{20, 20}, {236, 20}, {236, 140}, {128, 246}, {20, 140}},
                                              Points{{128, 10}, {246, 90}, {200, 240}, {56, 240}, {10, 90}},
                                              Points{{60, 14}, {196, 14}, {240, 242}, {16, 242}},
                                              Points{{16, 60}, {180, 20}, {246, 128}, {180, 236}, {16, 196}},
                                              Points{{30, 30}, {226, 10}, {246, 226}, {10, 246}}};
  c.fill(outlines[static_cast<std::size_t>(c.random.uniform(0, 5))], c.main);
  const cv::Scalar white = cv::Scalar::all(255);
  switch (c.random.uniform(0, 4)) {
    case 0:
      for (int i = c.random.uniform(0, 2), thick = c.random.uniform(12, 26); i < 3; ++i)
        c.fill({{60, 80 + i * 46},
                {128, 120 + i * 46},
                {196, 80 + i * 46},
                {196, 80 + i * 46 + thick},
                {128, 120 + i * 46 + thick},
                {60, 80 + i * 46 + thick}},
               white);
      break;
    case 1:
      c.disc({128, 128}, c.random.uniform(30, 56), white), c.fill(polygon({128, 128}, 28, 3, 0.5), c.main);
      break;
    case 2:
      c.fill(polygon({128, 130}, c.random.uniform(50, 80), c.random.uniform(4, 8), 0.2, 0.4), white);
      break;
    default:
      c.word(c.letters(1), {70, 70, 116, 116}, white, c.face(), c.random.uniform(10, 20));
  }
  if (c.random.uniform(0, 2) == 0) c.disc({c.random.uniform(80, 176), 50}, c.random.uniform(10, 22), c.second);
}
void arcs(Canvas& c) {
  const double from = c.random.uniform(0.0, 360.0), length = c.random.uniform(90.0, 260.0);
  const int count = c.random.uniform(2, 5), line = c.random.uniform(12, 22);
  for (int i = 0; i < count; ++i)
    c.arc({128, 128}, {30 + i * 28, 30 + i * 28}, from, i % 2 == 0 ? 0 : 60, (i % 2 == 0 ? 0 : 60) + length,
          i % 2 == 0 ? c.main : c.main * 0.6, line);
  c.disc({128, 128}, 12, c.main);
}

cv::Mat noise(int cell, cv::RNG& random) {
  cv::Mat small(768 / cell + 2, 1024 / cell + 2, CV_32FC3), wide;
  random.fill(small, cv::RNG::UNIFORM, -1, 1);
  cv::resize(small, wide, {1024, 768}, 0, 0, cv::INTER_CUBIC);
  return wide;
}

// Noise of many sizes: the finer, the fainter by `fall`.
cv::Mat fractal(double fall, cv::RNG& random) {
  cv::Mat sum = cv::Mat::zeros(768, 1024, CV_32FC3);
  double weight = 1;
  for (int cell = 256; cell >= 2; cell /= 2, weight *= fall) sum += noise(cell, random) * weight;
  cv::Mat out;
  const auto base = [&] { return random.uniform(60.0, 190.0); };
  sum = sum * random.uniform(25.0, 60.0) + cv::Scalar(base(), base(), base());
  sum.convertTo(out, CV_8UC3);
  return out;
}

cv::Scalar dull(cv::RNG& random) {
  return {random.uniform(20.0, 235.0), random.uniform(20.0, 235.0), random.uniform(20.0, 235.0)};
}
cv::Point anywhere(cv::RNG& random) {
  return {random.uniform(0, 1024), random.uniform(0, 768)};
}

void bricks(cv::Mat& p, cv::RNG& random) {
  const int h = random.uniform(30, 70), w = h * 2;
  const cv::Scalar mortar = dull(random), brick = dull(random);
  p = mortar;
  for (int y = 0; y < 768; y += h)
    for (int x = (y / h % 2) * w / 2 - w; x < 1024; x += w)
      cv::rectangle(p, {x + 3, y + 3, w - 6, h - 6}, brick + cv::Scalar::all(random.uniform(-25.0, 25.0)), cv::FILLED);
}
void wood(cv::Mat& p, cv::RNG& random) {
  const cv::Scalar base(random.uniform(30.0, 90.0), random.uniform(70.0, 130.0), random.uniform(110.0, 190.0));
  const double wave = random.uniform(4.0, 12.0), phase = random.uniform(0.0, 6.0);
  for (int y = 0; y < 768; ++y)
    for (int x = 0; x < 1024; ++x) {
      const double v = std::sin(y / wave + 6 * std::sin(x / 170.0 + phase + y / 200.0)) * 18;
      p.at<cv::Vec3b>(y, x) = {cv::saturate_cast<std::uint8_t>(base[0] + v),
                               cv::saturate_cast<std::uint8_t>(base[1] + v),
                               cv::saturate_cast<std::uint8_t>(base[2] + v)};
    }
}
// Sky, ground, buildings with windows, round things.
void street(cv::Mat& p, cv::RNG& random) {
  for (int y = 0; y < 768; ++y) p.row(y) = cv::Scalar(220 - y / 6.0, 190 - y / 8.0, 150 - y / 10.0);
  cv::rectangle(p, {0, 560, 1024, 208}, dull(random) * 0.6, cv::FILLED);
  for (int i = 0; i < 7; ++i) {
    const int x = random.uniform(-50, 950), w = random.uniform(90, 260), top = random.uniform(80, 420);
    cv::rectangle(p, {x, top, w, 600 - top}, dull(random), cv::FILLED);
    const cv::Scalar glass = dull(random);
    for (int wy = top + 15; wy < 560; wy += 40)
      for (int wx = x + 12; wx + 20 < x + w; wx += 36) cv::rectangle(p, {wx, wy, 20, 26}, glass, cv::FILLED);
  }
  for (int i = 0; i < 12; ++i)
    cv::ellipse(p, anywhere(random), {random.uniform(8, 80), random.uniform(8, 80)}, random.uniform(0, 180), 0, 360,
                dull(random), cv::FILLED, cv::LINE_AA);
}
void page(cv::Mat& p, cv::RNG& random) {
  const bool dark = random.uniform(0, 3) == 0;
  p = dark ? cv::Scalar(35, 30, 30) : cv::Scalar(245, 246, 248);
  for (int y = 40; y < 768; y += random.uniform(24, 44)) {
    std::string line;
    for (int i = 0; i < 60; ++i)
      line += random.uniform(0, 6) == 0 ? ' ' : static_cast<char>('a' + random.uniform(0, 26));
    cv::putText(p, line, {30, y}, cv::FONT_HERSHEY_SIMPLEX, random.uniform(0.5, 0.9),
                dark ? cv::Scalar(220, 220, 220) : cv::Scalar(40, 40, 40), 1, cv::LINE_AA);
    if (random.uniform(0, 8) == 0)
      cv::rectangle(p, {random.uniform(20, 600), y + 8, random.uniform(100, 400), random.uniform(40, 120)},
                    dull(random), cv::FILLED);
  }
}
void things(cv::Mat& p, cv::RNG& random) {
  for (int i = 0; i < 90; ++i) {
    const cv::Scalar c = dull(random);
    switch (random.uniform(0, 4)) {
      case 0:
        cv::circle(p, anywhere(random), random.uniform(6, 90), c,
                   random.uniform(0, 2) == 0 ? cv::FILLED : random.uniform(2, 12), cv::LINE_AA);
        break;
      case 1:
        cv::line(p, anywhere(random), anywhere(random), c, random.uniform(1, 14), cv::LINE_AA);
        break;
      case 2:
        cv::fillPoly(p,
                     polygon(anywhere(random), random.uniform(10, 100), random.uniform(3, 8), random.uniform(0.0, 6.0)),
                     c, cv::LINE_AA);
        break;
      default:
        cv::ellipse(p, anywhere(random), {random.uniform(10, 120), random.uniform(5, 60)}, random.uniform(0, 180), 0,
                    360, c, cv::FILLED, cv::LINE_AA);
    }
  }
}
void cloth(cv::Mat& p, cv::RNG& random) {
  const cv::Scalar a = dull(random), b = dull(random);
  const int step = random.uniform(12, 48);
  for (int y = 0; y < 768; ++y)
    for (int x = 0; x < 1024; ++x) {
      const double t = 0.5 + 0.25 * (x / step % 2) + 0.25 * (y / step % 2) - 0.25 + 0.15 * std::sin((x + y) * 1.2);
      for (int k = 0; k < 3; ++k) p.at<cv::Vec3b>(y, x)[k] = cv::saturate_cast<std::uint8_t>(a[k] * t + b[k] * (1 - t));
    }
}

}  // namespace

DrawnLogo draw_logo(std::size_t number, cv::RNG& random) {
  const bool wide = number % 10 == 1;
  Canvas c(wide ? random.uniform(300, 460) : 256, wide ? random.uniform(90, 130) : 256, random);
  static constexpr std::array<void (*)(Canvas&), 10> kinds{monogram, wordmark, ringed, stripes, star,
                                                           swoosh,   circles,  tiles,  shield,  arcs};
  const bool plate = random.uniform(0, 3) == 0;
  if (plate) c.box({0, 0, c.color.cols, c.color.rows}, cv::Scalar::all(255));
  kinds[number % 10](c);
  // What is seen of it is the box of its parts; a plate goes with it.
  const cv::Rect r = plate ? cv::Rect(0, 0, c.color.cols, c.color.rows) : cv::boundingRect(c.cover);
  cv::Mat different;
  cv::inRange(c.color(r), cv::Scalar::all(239), cv::Scalar::all(255), different);
  return {c.color(r).clone(), c.cover(r).clone(), cv::boundingRect(255 - different)};
}

cv::Mat on_white(const DrawnLogo& logo) {
  cv::Mat out(logo.color.rows + 24, logo.color.cols + 24, CV_8UC3, cv::Scalar::all(255));
  logo.color.copyTo(out({12, 12, logo.color.cols, logo.color.rows}), logo.cover);
  return out;
}

cv::Mat draw_background(std::size_t kind, cv::RNG& random) {
  cv::Mat p = fractal(random.uniform(0.5, 0.8), random);
  static constexpr std::array<void (*)(cv::Mat&, cv::RNG&), 6> kinds{bricks, wood, street, page, things, cloth};
  if (kind % 8 < 6) kinds[kind % 8](p, random);
  // Light that falls unevenly, a little grain.
  cv::Mat light = noise(256, random), grain(768, 1024, CV_32FC3), sum;
  cv::cvtColor(light, light, cv::COLOR_BGR2GRAY), cv::cvtColor(light, light, cv::COLOR_GRAY2BGR);
  random.fill(grain, cv::RNG::NORMAL, 0, random.uniform(1.0, 7.0));
  p.convertTo(sum, CV_32FC3);
  sum = sum + light * random.uniform(5.0, 40.0) + grain;
  sum.convertTo(p, CV_8UC3);
  return p;
}

}  // namespace earshot::quality
