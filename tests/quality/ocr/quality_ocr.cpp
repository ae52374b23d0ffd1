// What ocr and brand_text find in pictures, beside what was aimed at.
//
//   quality_ocr scenes [EACH]    names in generated memes, signs, screenshots and packaging; EACH of a kind and height
//   quality_ocr none [COUNT]     pictures of the same kinds without a name: what is found all the same
//   quality_ocr real             receipts, documents and street photographs, where the data is (docs/quality.md)
#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <opencv2/core/utility.hpp>
#include <string>
#include <vector>

#include "mentions.hpp"
#include "ocr/read_picture.hpp"
#include "pictures.hpp"
#include "real.hpp"
#include "scenes.hpp"

namespace earshot::quality {
namespace {

struct Tried {
  Scene scene;
  Kind kind;
  int height;
};

double read_all(ocr::PictureReader& reader, const Scene& scene, Mentions& mentions) {
  const double begin = cpu_seconds();
  const auto blocks = reader.read(scene.picture, [] {});
  const double took = cpu_seconds() - begin;
  mentions.add(blocks);
  return took;
}

int without_names(ocr::PictureReader& reader, int count) {
  Mentions mentions(brand_names());
  double took = 0;
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const Scene one = scene(kKinds[at % kKinds.size()], kHeights[at / kKinds.size() % kHeights.size()], false,
                            static_cast<std::uint64_t>(i) + 5000);
    if (one.picture.empty()) return fmt::print("skipped: rsvg-convert is not installed\n"), 0;
    took += read_all(reader, one, mentions);
  }
  int wrong = 0;
  for (const auto& findings : mentions.found()) {
    wrong += findings.empty() ? 0 : 1;
    for (const auto& f : findings) fmt::print("  {}\n", f.reason);
  }
  fmt::print("{:<40} {:>8} {:>8}\n", "pictures without a name", "figure", "aim");
  fmt::print("{:<40} {:>8} {:>8}\n", fmt::format("with a false mention, of {}", count), wrong, 0);
  fmt::print("{:<40} {:>8.3f} {:>8}\n", "CPU seconds a picture", took / count, 0.6);
  return 0;
}

int with_names(ocr::PictureReader& reader, int each) {
  Mentions mentions(brand_names());
  std::vector<Tried> tried;
  std::map<Kind, double> took;
  for (const Kind kind : kKinds)
    for (const int height : kHeights)
      for (int i = 0; i < each; ++i) {
        Scene one = scene(kind, height, true, static_cast<std::uint64_t>(i) + 1000);
        if (one.picture.empty()) return fmt::print("skipped: rsvg-convert is not installed\n"), 0;
        took[kind] += read_all(reader, one, mentions);
        one.picture.release();
        tried.push_back({std::move(one), kind, height});
      }
  const auto found = mentions.found();
  std::map<std::pair<Kind, int>, int> right;
  int all = 0, wrong = 0, misread = 0;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    bool here = false;
    for (const auto& f : found[i]) {
      here = here || f.subject == tried[i].scene.name;
      wrong += f.subject == tried[i].scene.name ? 0 : 1;
      misread += f.reason.find("read as") != std::string::npos ? 1 : 0;
    }
    right[{tried[i].kind, tried[i].height}] += here ? 1 : 0, all += here ? 1 : 0;
  }
  fmt::print("{:<12}", "found");
  for (const int height : kHeights) fmt::print("{:>6}", fmt::format("{} px", height));
  fmt::print("{:>7}{:>9}\n", "all", "CPU s");
  for (const Kind kind : kKinds) {
    int sum = 0;
    fmt::print("{:<12}", name_of(kind));
    for (const int height : kHeights) {
      fmt::print("{:>6.2f}", static_cast<double>(right[{kind, height}]) / each);
      sum += right[{kind, height}];
    }
    const double pictures = each * static_cast<double>(kHeights.size());
    fmt::print("{:>7.3f}{:>9.3f}\n", sum / pictures, took[kind] / pictures);
  }
  fmt::print("{} pictures: found {:.3f} (aim 0.90), by tolerance {}, wrong names {}\n", tried.size(),
             static_cast<double>(all) / static_cast<double>(tried.size()), misread, wrong);
  return 0;
}

}  // namespace
}  // namespace earshot::quality

int main(int argc, char** argv) {
  using namespace earshot::quality;
  cv::setNumThreads(1);
  const std::string what = argc > 1 ? argv[1] : "";
  earshot::ocr::Recogniser recogniser({"eng"});
  earshot::ocr::PictureReader reader(recogniser, {});
  if (what == "scenes") return with_names(reader, argc > 2 ? std::atoi(argv[2]) : 10);
  if (what == "none") return without_names(reader, argc > 2 ? std::atoi(argv[2]) : 1000);
  if (what == "real") return real_pictures(reader, recogniser);
  fmt::print("quality_ocr scenes [EACH] | none [COUNT] | real\n");
  return 2;
}
