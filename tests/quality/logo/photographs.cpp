// How well logos are found in real photographs: each brand enrolled from up to five boxes of the fold `enrol`, judged
// on the fold `validate` and on photographs without logos. The data does not ship with the project: without it the test
// says so and passes. Lettering that Tesseract reads counts as evidence.
#include <tesseract/baseapi.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <set>
#include <sstream>

#include "data.hpp"
#include "logo/gallery.hpp"
#include "logo/scenes.hpp"

using namespace earshot::quality;
namespace logo = earshot::logo;

namespace {

struct Box {
  std::string file, brand;
  bool enrol;
  cv::Rect rect;
};

std::vector<Box> boxes(const std::filesystem::path& file) {
  std::vector<Box> all;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    Box b;
    std::string fold;
    int x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    cells >> b.file >> b.brand >> fold >> x1 >> y1 >> x2 >> y2;
    b.enrol = fold == "enrol", b.rect = {x1, y1, x2 - x1, y2 - y1};
    all.push_back(b);
  }
  return all;
}

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// What Tesseract reads in sparse text.
std::string lettering(tesseract::TessBaseAPI& reader, const cv::Mat& picture) {
  cv::Mat large, gray;
  cv::resize(picture, large, {}, 2, 2, cv::INTER_CUBIC);
  cv::cvtColor(large, gray, cv::COLOR_BGR2GRAY);
  reader.SetImage(gray.data, gray.cols, gray.rows, 1, static_cast<int>(gray.step));
  const std::unique_ptr<char[]> text(reader.GetUTF8Text());
  return text ? lowered(text.get()) : std::string{};
}

// The largest box of each file of the fold, five a brand at most.
void enrol(const std::filesystem::path& images, const std::vector<Box>& all, const std::vector<std::string>& brands,
           logo::Finder& finder) {
  for (std::size_t i = 0; i < brands.size(); ++i) {
    std::map<std::string, cv::Rect> largest;
    for (const Box& b : all)
      if (b.enrol && b.brand == brands[i] && b.rect.area() > largest[b.file].area()) largest[b.file] = b.rect;
    for (const auto& [file, rect] : largest) {
      const cv::Mat picture = read_jpeg(images / file);
      const cv::Mat part = picture(rect & cv::Rect(0, 0, picture.cols, picture.rows));
      if (std::min(part.cols, part.rows) >= 16)
        finder.enrol({part.data, part.cols, part.rows, part.step}, static_cast<std::uint32_t>(i));
    }
  }
  finder.build();
}

using Scores = std::map<std::size_t, double>;  // of each brand, the best

Scores look(const logo::Finder& finder, tesseract::TessBaseAPI& reader, const std::filesystem::path& file,
            const std::vector<std::string>& brands) {
  const cv::Mat picture = read_jpeg(file);
  Scores best;
  for (const logo::Hit& hit : finder.find({picture.data, picture.cols, picture.rows, picture.step}, 0.02).hits) {
    double& score = best[finder.item_of(hit.view)];
    score = std::max(score, hit.score);
  }
  const std::string read = lettering(reader, picture);
  for (std::size_t i = 0; i < brands.size(); ++i)
    if (brands[i].size() > 2 && read.find(lowered(brands[i])) != std::string::npos)
      best[i] = std::max(0.95, logo::with_lettering(best[i]));  // a mention by itself
  return best;
}

}  // namespace

TEST_CASE("quality: logos in real photographs") {
  const auto list = data("logos/boxes.tsv");
  if (!list) {
    WARN("logos/boxes.tsv is not here: nothing was measured");
    return;
  }
  cv::setNumThreads(1);
  const std::filesystem::path images = list->parent_path() / "images";
  const std::vector<Box> all = boxes(*list);
  std::set<std::string> names;
  std::map<std::string, std::string> truth;  // brand by file; empty: none
  for (const Box& b : all) {
    names.insert(b.brand);
    if (!b.enrol) truth[b.file] = b.brand;
  }
  std::ifstream negatives(list->parent_path() / "negatives.tsv");
  for (std::string line; std::getline(negatives, line);)
    if (line.find(".jpg") != std::string::npos) truth[line.substr(0, line.find('\t'))] = "";
  const std::vector<std::string> brands(names.begin(), names.end());
  tesseract::TessBaseAPI reader;
  REQUIRE(reader.Init(nullptr, "eng") == 0);
  reader.SetPageSegMode(tesseract::PSM_SPARSE_TEXT);
  reader.SetVariable("debug_file", "/dev/null");
  logo::Finder finder;
  enrol(images, all, brands, finder);
  std::vector<std::pair<double, bool>> said;
  double positives = 0;
  for (const auto& [file, brand] : truth) {
    positives += brand.empty() ? 0 : 1;
    for (const auto& [number, score] : look(finder, reader, images / file, brands))
      said.emplace_back(score, brands[number] == brand);
  }
  std::printf("\n%zu photographs, %zu brands    aim: F1 0.75 at precision 0.92\n", truth.size(), brands.size());
  std::printf("%9s %10s %8s %8s\n", "threshold", "precision", "recall", "F1");
  for (const double least : {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95}) {
    double good = 0, bad = 0;
    for (const auto& [score, right] : said)
      if (score >= least) (right ? good : bad) += 1;
    const double precision = good / std::max(1.0, good + bad), recall = good / positives;
    std::printf("%9.2f %10.3f %8.3f %8.3f\n", least, precision, recall,
                2 * precision * recall / std::max(1e-9, precision + recall));
  }
}
