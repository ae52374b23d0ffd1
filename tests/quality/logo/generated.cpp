// How well logos are found in pictures that are drawn here, how long it takes, and how that grows with the logos.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <opencv2/imgproc.hpp>

#include "data.hpp"
#include "logo/finder.hpp"
#include "logo/scenes.hpp"

using namespace earshot::quality;
namespace logo = earshot::logo;

namespace {

constexpr int kSeed = 20260501;

double cpu_ms() {
  timespec t{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return 1e3 * static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_nsec);
}

logo::Picture view(const cv::Mat& m) {
  return {m.data, m.cols, m.rows, m.step};
}

int pictures() {
  const char* given = std::getenv("EARSHOT_LOGO_PICTURES");
  return given != nullptr ? std::max(2, std::atoi(given)) : 160;
}

std::vector<DrawnLogo> draw_logos(std::size_t count, cv::RNG& random) {
  std::vector<DrawnLogo> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(draw_logo(i, random));
  return all;
}

logo::Finder enrolled(const std::vector<DrawnLogo>& logos) {
  logo::Finder finder;
  for (std::size_t i = 0; i < logos.size(); ++i) finder.enrol(view(on_white(logos[i])), static_cast<std::uint32_t>(i));
  finder.build();
  return finder;
}

// Is it the logo that was planted, and there?
bool right(const logo::Finder& finder, const logo::Hit& hit, const Planted& planted, const cv::Size& size) {
  if (finder.item_of(hit.view) != planted.logo) return false;
  std::vector<cv::Point2f> quad, both;
  for (std::size_t i = 0; i < 4; ++i)
    quad.emplace_back(hit.x[i] * static_cast<float>(size.width), hit.y[i] * static_cast<float>(size.height));
  const double common = double{cv::intersectConvexConvex(quad, planted.corners, both)};
  const double all = std::abs(cv::contourArea(quad)) + std::abs(cv::contourArea(planted.corners)) - common;
  return common > 0.4 * all;
}

struct Counted {
  double score;
  bool right;
};

struct Run {
  std::vector<Counted> hits;
  int planted = 0, cheap = 0;
  std::vector<double> with, without, nothing;  // ms
};

void count(const logo::Finder& finder, const Scene& scene, Run& run) {
  const double before = cpu_ms();
  const logo::Found found = finder.find(view(scene.picture), 0.05);
  const double took = cpu_ms() - before;
  (!found.looked_closer ? run.nothing : scene.planted.empty() ? run.without : run.with).push_back(took);
  run.planted += static_cast<int>(scene.planted.size());
  std::vector<bool> taken(scene.planted.size());
  for (const logo::Hit& hit : found.hits) {
    Counted counted{hit.score, false};
    for (std::size_t p = 0; p < scene.planted.size() && !counted.right; ++p)
      if (!taken[p] && right(finder, hit, scene.planted[p], scene.picture.size())) counted.right = taken[p] = true;
    run.hits.push_back(counted);
  }
}

double mean(const std::vector<double>& all) {
  double sum = 0;
  for (const double v : all) sum += v;
  return all.empty() ? 0 : sum / static_cast<double>(all.size());
}

// Drawn backgrounds, and photographs without logos where the data is there.
cv::Mat background(std::size_t number, cv::RNG& random) {
  static const auto photographs = [] {
    std::vector<std::filesystem::path> files;
    const auto list = data("logos/negatives.tsv");
    if (!list) return files;
    std::ifstream in(*list);
    for (std::string line; std::getline(in, line);)
      if (const auto end = line.find('\t'); end != std::string::npos && line.find(".jpg") != std::string::npos)
        files.push_back(list->parent_path() / "images" / line.substr(0, end));
    return files;
  }();
  if (number % 4 != 3 || photographs.empty()) return draw_background(number, random);
  cv::Mat wide;
  cv::resize(read_jpeg(photographs[number / 4 % photographs.size()]), wide, {1024, 768}, 0, 0, cv::INTER_CUBIC);
  return wide;
}

}  // namespace

TEST_CASE("quality: logos in generated pictures") {
  cv::setNumThreads(1);
  cv::RNG random(kSeed);
  const std::vector<DrawnLogo> logos = draw_logos(60, random);
  const logo::Finder finder = enrolled(logos);
  Run run;
  for (int i = 0; i < pictures(); ++i) {
    const cv::Mat behind = background(static_cast<std::size_t>(i / 2), random);
    count(finder, draw_scene(behind, logos, i % 2 == 1 ? 0 : 1 + (i % 10 == 0), random), run);
  }
  std::printf("\n%d pictures of 1024x768, 60 logos, %d planted    aim: recall 0.85 at precision 0.98\n", pictures(),
              run.planted);
  std::printf("%9s %8s %10s\n", "threshold", "recall", "precision");
  for (const double least : {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95}) {
    double good = 0, bad = 0;
    for (const Counted& c : run.hits)
      if (c.score >= least) (c.right ? good : bad) += 1;
    std::printf("%9.2f %8.3f %10.3f\n", least, good / std::max(1, run.planted), good / std::max(1.0, good + bad));
  }
  std::printf(
      "CPU with a logo %.0f ms (aim 200), without %.0f ms, after the first look alone %.0f ms (aim 60; %zu pictures)\n",
      mean(run.with), mean(run.without), mean(run.nothing), run.nothing.size());
}

TEST_CASE("quality: time to find logos by their number") {
  cv::setNumThreads(1);
  std::printf("\n%6s %12s %14s\n", "logos", "enrol ms", "ms a picture");
  for (const std::size_t number : {std::size_t{10}, std::size_t{60}, std::size_t{250}, std::size_t{1000}}) {
    cv::RNG random(kSeed);
    const std::vector<DrawnLogo> logos = draw_logos(number, random);
    const double before = cpu_ms();
    const logo::Finder finder = enrolled(logos);
    const double took = cpu_ms() - before;
    Run run;
    cv::RNG scenes(kSeed + 1);
    for (std::size_t i = 0; i < 8; ++i)
      count(finder, draw_scene(draw_background(i, scenes), logos, i % 2 == 0 ? 1 : 0, scenes), run);
    std::vector<double> all = run.with;
    all.insert(all.end(), run.without.begin(), run.without.end());
    all.insert(all.end(), run.nothing.begin(), run.nothing.end());
    std::printf("%6zu %12.0f %14.0f\n", number, took, mean(all));
  }
}
