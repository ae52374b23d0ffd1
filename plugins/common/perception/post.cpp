#include "perception/post.hpp"

#include <algorithm>

namespace earshot::perception {
namespace {

constexpr std::size_t kMostSegments = 64;

// The nearest beginning of a sentence or a word at or before `at`, not before `least`.
std::size_t cut_before(std::string_view text, std::size_t least, std::size_t at) {
  const std::size_t sentence = text.substr(0, at).find_last_of(".!?\n");
  if (sentence != text.npos && sentence >= least) return sentence + 1;
  const std::size_t word = text.find(' ', least);
  std::size_t cut = word == text.npos || word >= at ? least : word;
  while (cut < at && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) ++cut;
  return cut;
}
std::size_t cut_behind(std::string_view text, std::size_t at, std::size_t most) {
  if (most >= text.size()) return text.size();
  const std::size_t sentence = text.substr(0, most).find_first_of(".!?\n", at);
  if (sentence != text.npos) return sentence + 1;
  std::size_t cut = most;
  while (cut > at && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return cut;
}

}  // namespace

bool Languages::knows(std::string_view language) const {
  language = language.substr(0, language.find_first_of("-_"));
  return language.empty() || language == "und" ||
         std::any_of(known.begin(), known.end(), [&](const std::string& k) { return k == "any" || k == language; });
}

bool Languages::reads(const Post& post) const {
  for (const FoundBefore found : post.findings())
    if (found.kind() == "language" && found.segment() == none) return knows(found.value());
  if (const std::string_view declared = view(post.raw().language); !declared.empty()) return knows(declared);
  for (const Segment segment : post.segments())
    if (!segment.language().empty()) return knows(segment.language());
  return true;
}

void PostReader::collect(const Post& post) {
  segments_.clear(), places_.clear(), bytes_ = 0;
  for (const Segment s : post.segments()) {
    if (s.text().empty() || s.origin() >= 32 || (origins_ >> s.origin() & 1) == 0) continue;
    if (segments_.size() == kMostSegments) break;
    segments_.push_back({s.number(), s.text()});
    bytes_ += s.text().size();
  }
  if (!segments_.empty()) collect_places(post);
}

void PostReader::collect_places(const Post& post) {
  for (const FoundBefore found : post.findings()) {
    if (places_.size() == kMostPlaces) break;
    if (found.kind() != "mention" || found.subject().empty()) continue;
    const auto of = std::find_if(segments_.begin(), segments_.end(),
                                 [&](const Text& text) { return text.number == found.segment(); });
    if (of == segments_.end() || found.end() > of->text.size() || found.begin() >= found.end()) continue;
    const auto mine = std::count_if(places_.begin(), places_.end(),
                                    [&](const Place& place) { return place.subject == found.subject(); });
    if (static_cast<std::size_t>(mine) == kMostOfOne) continue;
    places_.push_back(
        {found.subject(), static_cast<std::uint16_t>(of - segments_.begin()), found.begin(), found.end()});
  }
  // A handful: those of one subject side by side, subjects in the order of their first mention.
  for (std::size_t i = 0; i < places_.size();) {
    const auto end =
        std::stable_partition(places_.begin() + static_cast<std::ptrdiff_t>(i), places_.end(),
                              [subject = places_[i].subject](const Place& place) { return place.subject == subject; });
    i = static_cast<std::size_t>(end - places_.begin());
  }
}

void PostReader::read_whole() {
  features_.clear(), texts_.clear();
  for (const Text& text : segments_) {
    texts_.push_back(text.text);
    reader_.read(text.text, features_);
  }
}

std::uint32_t PostReader::read_around(const Place& place) {
  const std::string_view text = segments_[place.text].text;
  const std::size_t begin = cut_before(text, place.begin > kAround ? place.begin - kAround : 0, place.begin);
  const std::size_t end = cut_behind(text, place.end, place.end + kAround);
  features_.clear(), texts_.assign(1, text.substr(begin, end - begin));
  reader_.read(texts_[0], features_);
  const auto from = static_cast<std::uint32_t>(begin);
  reader_.target(features_, 0, place.begin - from, place.end - from);
  return from;
}

}  // namespace earshot::perception
