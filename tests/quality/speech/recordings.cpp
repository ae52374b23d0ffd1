// `speech` on recordings of real people (../shared/data/audio): six keywords of 15 people each, sentences and spoken
// commands as what holds none of them; and how many words PocketSphinx gets wrong in the sentences. The data does not
// ship with the project: without it, or without ffmpeg to read it, the tests say so and pass.
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <earshot/testing.hpp>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "../../plugins/speech/voice.hpp"
#include "../../plugins/test_media.hpp"
#include "../data.hpp"
#include "speech/decoder.hpp"

using namespace earshot::testing;
using namespace earshot::quality;

namespace {

struct Recording {
  std::string file, kind, text;
  Sound sound;
};

Sound read_any(const std::string& file) {
  const Folder folder;
  const std::string wav = folder / "sound.wav";
  if (!ran({"ffmpeg", "-nostdin", "-loglevel", "error", "-i", file, "-ar", "16000", "-ac", "1", wav})) return {};
  return read_wav(wav);
}

// Those in English.
const std::vector<Recording>& recordings() {
  static const std::vector<Recording> all = [] {
    std::vector<Recording> made;
    const auto list = data("audio/transcripts.tsv");
    if (!list) return made;
    std::ifstream in(*list);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
      std::stringstream cells(line);
      Recording r;
      std::string language;
      std::getline(cells, r.file, '\t'), std::getline(cells, r.kind, '\t'), std::getline(cells, language, '\t');
      std::getline(cells, r.text, '\t');
      if (language != "en") continue;
      r.sound = read_any(list->parent_path() / r.file);
      if (!r.sound.empty()) made.push_back(std::move(r));
    }
    return made;
  }();
  return all;
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> all(1);
  for (const char c : text)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
      all.back() += static_cast<char>(c | 0x20);
    else if (c != '\'' && !all.back().empty())
      all.emplace_back();
  if (all.back().empty()) all.pop_back();
  return all;
}

std::size_t edits(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

TEST_CASE("keywords spoken by people: precision and recall") {
  const auto& all = recordings();
  if (all.empty()) {
    WARN("skipped: there is no audio below EARSHOT_DATA nor in ../shared/data, or no ffmpeg");
    return;
  }
  TestMediaService media;
  DetectorHarness h(loaded("speech"));
  h.service(EAR_MEDIA_1, media.table());
  std::set<std::string> names;
  for (const Recording& r : all)
    if (r.kind == "keyword" && names.insert(r.text).second) h.watch(r.text, {r.text});
  for (const Recording& r : all) {
    media.add(r.file, {.kind = EAR_MEDIA_AUDIO, .samples = r.sound});
    earshot::testing::TestMedia medium;
    medium.url = r.file;
    h.post(r.text).media = {medium};
  }
  h.run();
  std::vector<std::set<std::string>> heard(all.size());
  int abstained = 0;
  for (const TestFinding& f : h.findings())
    if (f.kind == "mention")
      heard[f.post].insert(f.subject);
    else
      ++abstained;
  int right = 0, wrong = 0, there = 0;
  std::map<std::string, std::pair<int, int>> by_name;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool keyword = all[i].kind == "keyword";
    const int found = keyword && heard[i].count(all[i].text) > 0 ? 1 : 0;
    there += keyword, right += found, wrong += static_cast<int>(heard[i].size()) - found;
    if (keyword) by_name[all[i].text].first += found, ++by_name[all[i].text].second;
    if (std::getenv("EARSHOT_VERBOSE") != nullptr && heard[i].size() > static_cast<std::size_t>(found))
      std::printf("    wrong: %s (%s)\n", all[i].file.c_str(), heard[i].begin()->c_str());
  }
  const double precision = static_cast<double>(right) / std::max(1, right + wrong);
  const double recall = static_cast<double>(right) / there;
  for (const auto& [name, counts] : by_name)
    std::printf("  %-14s %d of %d\n", name.c_str(), counts.first, counts.second);
  std::printf(
      "%d keywords in %zu recordings: precision %.3f (aim 0.97), recall %.3f, F1 %.3f (aim 0.90); said to be "
      "too noisy: %d\n",
      there, all.size(), precision, recall, 2 * precision * recall / (precision + recall), abstained);
  CHECK(precision >= 0.9);
}

TEST_CASE("words that the transcript of sentences gets wrong") {
  const auto& all = recordings();
  if (all.empty()) {
    WARN("skipped: there is no audio below EARSHOT_DATA nor in ../shared/data, or no ffmpeg");
    return;
  }
  const std::vector<earshot::speech::Spelling> one{{0, *earshot::speech::from_arpabet("K AO R V OW"), -60}};
  earshot::speech::Decoder decoder({.model = "/usr/share/pocketsphinx/model/en-us"}, one);
  std::size_t wrong = 0, count = 0;
  for (const Recording& r : all) {
    if (r.kind != "sentence" && r.kind != "command") continue;
    std::vector<std::string> heard;
    for (const auto& word : decoder.transcribe(r.sound)) heard.push_back(word.word);
    const auto said = words(r.text);
    wrong += edits(said, heard), count += said.size();
  }
  std::printf("%zu words in sentences: word error rate %.2f (as it comes: 0.37)\n", count,
              static_cast<double>(wrong) / static_cast<double>(count));
  CHECK(count > 100);
}
