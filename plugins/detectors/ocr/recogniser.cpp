#include "ocr/recogniser.hpp"

#include <fmt/format.h>
#include <leptonica/allheaders.h>
#include <omp.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cstdlib>
#include <earshot/error.hpp>
#include <filesystem>
#include <mutex>
#include <utility>

namespace earshot::ocr {
namespace {

// Where Tesseract looks for its languages.
std::filesystem::path data_folder() {
  if (const char* folder = std::getenv("TESSDATA_PREFIX"); folder != nullptr && *folder != 0) return folder;
  for (const char* folder : {"/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata",
                             "/usr/share/tessdata", "/usr/local/share/tessdata"})
    if (std::filesystem::is_directory(folder)) return folder;
  return "/usr/share/tesseract-ocr/5/tessdata";
}

std::mutex loading;  // of one instance at a time: they share parameters, which are set once, before any of them reads
bool quiet = false;  // under `loading`

bool is_name(const std::string& language) {
  return !language.empty() && language.size() < 40 && std::all_of(language.begin(), language.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

struct Recogniser::State {
  tesseract::TessBaseAPI api;
};

void Recogniser::check(const std::vector<std::string>& languages) {
  for (const std::string& language : languages) {
    if (!is_name(language))
      throw invalid("a language is named as Tesseract does: eng, deu, chi_sim").at_option("languages");
    if (std::filesystem::exists(data_folder() / (language + ".traineddata"))) continue;
    std::string package = "tesseract-ocr-" + language;
    std::replace(package.begin(), package.end(), '_', '-');
    std::transform(package.begin(), package.end(), package.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    throw unsupported(fmt::format("Tesseract cannot read '{}': there is no {}.traineddata in {}. Install it: apt-get "
                                  "install {}",
                                  language, language, data_folder().string(), package))
        .at_option("languages");
  }
}

Recogniser::Recogniser(const std::vector<std::string>& languages) : state_(std::make_unique<State>()) {
  check(languages);
  const std::lock_guard one_at_a_time(loading);
  // Tesseract's threads for one small line cost five times what they spare: none begin below this level.
  omp_set_max_active_levels(0);
  const std::string names = fmt::format("{}", fmt::join(languages, "+"));
  auto& api = state_->api;
  if (api.Init(data_folder().c_str(), names.c_str(), tesseract::OEM_LSTM_ONLY) != 0)
    throw unsupported(
        fmt::format("Tesseract cannot load its data of '{}' in {}: it may be broken or of another version. "
                    "Install it anew",
                    names, data_folder().string()))
        .at_option("languages");
  if (std::exchange(quiet, true)) return;
  api.SetVariable("debug_file", "/dev/null");
  setMsgSeverity(L_SEVERITY_NONE);  // Leptonica would write to standard error
}

Recogniser::~Recogniser() = default;
Recogniser::Recogniser(Recogniser&&) noexcept = default;

std::vector<ReadWord> Recogniser::read(const cv::Mat& grey, Layout layout) {
  std::vector<ReadWord> words;
  if (grey.cols < 8 || grey.rows < 8) return words;
  auto& api = state_->api;
  api.SetPageSegMode(layout == Layout::page    ? tesseract::PSM_AUTO
                     : layout == Layout::block ? tesseract::PSM_SINGLE_BLOCK
                                               : tesseract::PSM_SINGLE_LINE);
  api.SetImage(grey.data, grey.cols, grey.rows, 1, static_cast<int>(grey.step));
  api.SetSourceResolution(300);
  const int failed = api.Recognize(nullptr);
  if (failed == 0) {
    const std::unique_ptr<tesseract::ResultIterator> it(api.GetIterator());
    for (bool more = it && !it->Empty(tesseract::RIL_WORD); more; more = it->Next(tesseract::RIL_WORD)) {
      const std::unique_ptr<char[]> text(it->GetUTF8Text(tesseract::RIL_WORD));
      int left = 0, top = 0, right = 0, bottom = 0;
      if (!text || *text.get() == 0 || !it->BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom)) continue;
      words.push_back({text.get(),
                       {left, top, right - left, bottom - top},
                       std::clamp(it->Confidence(tesseract::RIL_WORD) / 100.0, 0.0, 1.0),
                       it->WordIsFromDictionary(),
                       it->IsAtBeginningOf(tesseract::RIL_TEXTLINE),
                       it->IsAtBeginningOf(tesseract::RIL_BLOCK)});
    }
  }
  api.Clear();
  return words;
}

}  // namespace earshot::ocr
