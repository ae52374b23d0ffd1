#include "real.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <set>
#include <string>

#include "../data.hpp"
#include "pictures.hpp"

namespace earshot::quality {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool is_sign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return text;
}
std::string letters_of(const std::string& text) {
  std::string all = lower(text);
  std::erase_if(all, [](char c) { return !is_sign(c); });
  return all;
}

// Runs of letters and figures; receipts give them in capitals whatever stands there.
using Words = std::multiset<std::string>;
void add_words(const std::string& text, Words& to) {
  std::string word;
  for (const char c : lower(text) + " ") {
    if (is_sign(c)) {
      word += c;
    } else if (!word.empty()) {
      to.insert(std::exchange(word, {}));
    }
  }
}

double f_of(const Words& read, const Words& gold) {
  Words both;
  std::set_intersection(read.begin(), read.end(), gold.begin(), gold.end(), std::inserter(both, both.begin()));
  return read.empty() || gold.empty()
             ? 0
             : 2.0 * static_cast<double>(both.size()) / static_cast<double>(read.size() + gold.size());
}

// The texts of boxes: eight numbers, then the text, which may have commas.
std::string boxed_text(const fs::path& file) {
  std::string all;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::size_t at = 0;
    for (int i = 0; i < 8 && at != std::string::npos; ++i) at = line.find(',', at + (i > 0 ? 1 : 0));
    if (at == std::string::npos) continue;
    const std::string text = line.substr(at + 1);
    if (text.find("###") == std::string::npos) all += text + "\n";  // not readable for people either
  }
  return all;
}

struct Sum {
  double ours = 0, plain = 0, seconds = 0;
  int pictures = 0, company = 0, plain_company = 0;
};

struct Both {
  std::string ours, plain;
};
Both read(const fs::path& file, ocr::PictureReader& reader, ocr::Recogniser& recogniser, Sum& sum) {
  const cv::Mat picture = picture_of(file);
  Both both;
  const double begin = cpu_seconds();
  for (const ocr::Written& block : reader.read(picture, [] {})) both.ours += block.text + "\n";
  sum.seconds += cpu_seconds() - begin;
  cv::Mat grey;
  cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
  for (const ocr::ReadWord& word : recogniser.read(grey, ocr::Layout::page)) both.plain += word.text + " ";
  return both;
}

void count(const Both& both, const std::string& gold, Sum& sum) {
  Words ours, plain, wanted;
  add_words(both.ours, ours), add_words(both.plain, plain), add_words(gold, wanted);
  sum.ours += f_of(ours, wanted), sum.plain += f_of(plain, wanted), ++sum.pictures;
}

void row(const char* what, const Sum& sum, const char* aim) {
  const double n = std::max(sum.pictures, 1);
  fmt::print("{:<34} {:>8} {:>10.3f} {:>8.3f} {:>6} {:>8.2f}\n", what, sum.pictures, sum.plain / n, sum.ours / n, aim,
             sum.seconds / n);
}

std::string company_of(const fs::path& key) {
  constexpr std::string_view mark = "\"company\": \"";
  const std::string json = read_file(key);
  const std::size_t at = json.find(mark);
  if (at == std::string::npos) return {};
  return json.substr(at + mark.size(), json.find('"', at + mark.size()) - at - mark.size());
}

}  // namespace

int real_pictures(ocr::PictureReader& reader, ocr::Recogniser& recogniser) {
  const auto folder = data("ocr");
  if (!folder) return fmt::print("skipped: there is no folder ocr in EARSHOT_DATA\n"), 0;
  Sum receipts, documents, streets;
  for (const auto& entry : fs::directory_iterator(*folder / "sroie")) {
    if (entry.path().extension() != ".jpg") continue;
    fs::path boxes = entry.path(), key = entry.path();
    const Both both = read(entry.path(), reader, recogniser, receipts);
    count(both, boxed_text(boxes.replace_extension(".box.csv")), receipts);
    const std::string company = letters_of(company_of(key.replace_extension(".key.json")));
    receipts.company += letters_of(both.ours).find(company) != std::string::npos ? 1 : 0;
    receipts.plain_company += letters_of(both.plain).find(company) != std::string::npos ? 1 : 0;
  }
  for (const auto& [picture, gold] :
       {std::pair("phototest.tif", "phototest.gold.txt"), std::pair("8071_093.3B.tif", "8071_093.3B.txt")})
    count(read(*folder / "documents" / picture, reader, recogniser, documents), read_file(*folder / "documents" / gold),
          documents);
  for (const auto& entry : fs::directory_iterator(*folder / "icdar2015"))
    if (entry.path().extension() == ".jpg")
      count(read(entry.path(), reader, recogniser, streets),
            boxed_text(entry.path().parent_path() / ("gt_" + entry.path().stem().string() + ".txt")), streets);
  fmt::print("{:<34} {:>8} {:>10} {:>8} {:>6} {:>8}\n", "word F, mean over pictures", "pictures", "Tesseract", "ocr",
             "aim", "CPU s");
  row("receipts (SROIE)", receipts, "0.90");
  row("documents", documents, "");
  row("street photographs (ICDAR 2015)", streets, "");
  fmt::print("company on the receipt, of {:<7} {:>18} {:>8} {:>6}\n", receipts.pictures, receipts.plain_company,
             receipts.company, 9);
  return 0;
}

}  // namespace earshot::quality
