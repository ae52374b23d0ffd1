// Queries and texts of any bytes, parted by the first NUL: parsed, compiled, and asked of a post. Besides not crashing
// and not hanging: a fault says something and points into the query; a set answers as the query alone; and every place
// lies within its text, on whole characters.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "query/set.hpp"
#include "text/utf8.hpp"

namespace {

using namespace earshot::query;
using earshot::Post;

[[noreturn]] void fail(const char* what, std::string_view query) {
  std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(query.size()), query.data());
  std::abort();
}

// The text in all its places: typed, read in a picture, heard, and found.
class Sample {
 public:
  explicit Sample(std::string_view text) : post_(earshot::make_post()), author_(earshot::make_author()) {
    const std::uint32_t origins[] = {EAR_TITLE, EAR_BODY, EAR_IMAGE, EAR_SPEECH};
    for (std::uint32_t i = 0; i < 4; ++i) {
      segments_[i] = earshot::make_segment(origins[i], i == 0 ? text.substr(0, text.size() / 2) : text);
      segments_[i].number = i;
      if (i >= 2)
        segments_[i].media = 0, segments_[i].start = i * 1'000'000'000, segments_[i].end = segments_[i].start + 1;
    }
    const std::uint32_t half = static_cast<std::uint32_t>(text.size() / 2);
    findings_[0] = earshot::make_finding(0, "mention", "acme", 0.9);
    findings_[0].segment = 1, findings_[0].end = half;
    findings_[1] = earshot::make_finding(0, "sentiment", "acme", 0.7);
    findings_[1].value = earshot::str("negative");
    findings_[2] = earshot::make_finding(0, "mention", "acme", 0.6);
    findings_[2].media = 0, findings_[2].start = 2'000'000'000, findings_[2].stop = 3'000'000'000;
    author_.handle = author_.name = earshot::str(text.substr(0, 20));
    author_.followers = static_cast<std::int64_t>(text.size());
    post_.author = &author_, post_.url = earshot::str(text), post_.published = 1'700'000'000'000'000'000;
    post_.segments = segments_, post_.segment_count = 4;
    post_.findings = findings_, post_.finding_count = 3;
  }
  Post post() const { return Post(post_); }

 private:
  ear_post post_;
  ear_author author_;
  ear_segment segments_[4];
  ear_finding findings_[3];
};

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const earshot::text::CodePoint c = earshot::text::decode(text, at);
    if (c.value == earshot::text::invalid_byte) return false;
    at += c.length;
  }
  return true;
}

bool on_character(std::string_view text, std::size_t at) {
  return at == text.size() || (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

void check_places(const Post& post, std::span<const Found> places, std::string_view query, bool utf8) {
  for (const Found& found : places) {
    if (found.segment == EAR_NONE) continue;
    const std::string_view text = post.segments()[found.segment].text();
    if (found.begin > found.end || found.end > text.size()) fail("a place lies outside of its text", query);
    const bool of_finding = found.segment == 1 && found.begin == 0;  // cut anywhere, above
    if (utf8 && found.segment != 0 && !of_finding &&
        (!on_character(text, found.begin) || !on_character(text, found.end)))
      fail("a place cuts a character", query);
  }
}

void check_set(const std::string& query, std::span<const Post> posts, bool holds,
               const std::shared_ptr<const SearchFold>& fold, bool utf8) {
  const auto set = std::make_shared<const QuerySet>(std::vector<std::string>{query}, ParseOptions{}, "", fold);
  SetMatcher matcher(set);
  std::size_t held = 0;
  matcher.match(posts, [&](const Held& h) {
    ++held;
    check_places(posts[h.post], matcher.places(h), query, utf8);
  });
  if (held != (holds ? posts.size() : 0)) fail("a set answers otherwise than the query", query);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t nul = input.find('\0');
  const std::string query(input.substr(0, nul));
  const std::string_view text = nul == input.npos ? input : input.substr(nul + 1);
  try {
    static const auto fold = std::make_shared<const SearchFold>();  // its tables are the same each time
    const Query alone(query, {}, fold);
    const Sample sample(text);
    const Post posts[] = {sample.post(), sample.post()};
    Evaluator evaluator = alone.evaluator();
    const bool holds = alone.match(posts[0], evaluator);
    if (size % 8 == 0) check_set(query, posts, holds, fold, is_utf8(text));  // vectorscan compiles slowly
  } catch (const Fault& fault) {
    if (fault.offset > query.size()) fail("a fault points behind the query", query);
    if (pointed(query, fault).find('^') == std::string::npos || std::string_view(fault.what()).empty())
      fail("a fault says nothing", query);
  }
  return 0;
}
