#include "testing/test_post.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "config/units.hpp"
#include "earshot/types.hpp"

namespace earshot::host {
namespace {

using Words = std::vector<std::string>;

const Words kFields{"platform", "id",       "published", "collected", "text",      "title", "author",    "kind",
                    "url",      "language", "country",   "parent",    "repost_of", "likes", "reposts",   "replies",
                    "views",    "revision", "change",    "source",    "segments",  "media", "attributes"};
const Words kAuthor{"id", "handle", "name", "url", "bio", "place", "followers", "following", "posts", "created"};
const Words kSegment{"text", "origin", "language", "media", "confidence", "start", "end", "box"};
const Words kMedia{"kind", "url", "path", "type", "alt", "width", "height", "duration"};
const Words kOrigins{"title", "body", "quote", "alt", "image", "speech", "caption"};
const Words kChanges{"new", "edited", "deleted", "withdrawn"};
const Words kMediaKinds{"other", "image", "audio", "video"};

Failure wrong(std::string_view key, std::string_view what) {
  return Failure(fmt::format("{} {}", key, what));
}

[[noreturn]] void unknown(const std::string& key, const Words& known, std::string_view owner) {
  const std::string near = nearest(key, known);
  throw Failure(
      fmt::format("'{}' is no field of {}{}", key, owner, near.empty() ? "" : "; did you mean '" + near + "'?"));
}

std::uint32_t choose(const Words& words, const Value& value) {
  const auto found = std::find(words.begin(), words.end(), value.text);
  if (value.type != EAR_TEXT || found == words.end())
    throw wrong(value.key, fmt::format("is none of {}", fmt::join(words, ", ")));
  return static_cast<std::uint32_t>(found - words.begin());
}

double real(const Value& value, double min, double max) {
  const double number = value.type == EAR_INTEGER ? static_cast<double>(value.integer) : value.real;
  if ((value.type != EAR_INTEGER && value.type != EAR_REAL) || number < min || number > max)
    throw wrong(value.key, fmt::format("is no number from {} to {}", min, max));
  return number;
}

std::int64_t count(const Value& value) {
  if (value.type != EAR_INTEGER || value.integer < 0) throw wrong(value.key, "is no whole number from 0 on");
  return value.integer;
}

std::int64_t seconds(const Value& value) {
  return std::llround(real(value, 0, 1e6) * 1e9);
}

ear_time moment(const Value& value) {
  double seconds = std::numeric_limits<double>::quiet_NaN();
  if (value.type == EAR_INTEGER) seconds = static_cast<double>(value.integer);
  if (value.type == EAR_REAL) seconds = value.real;
  if (value.type == EAR_TEXT) {
    if (const std::optional<ear_time> time = read_time(value.text)) return *time;
    seconds = read_real(value.text).value_or(seconds);
  }
  if (!(std::abs(seconds) < 9e9)) throw wrong(value.key, "is neither RFC 3339 nor seconds since 1970");
  return std::llround(seconds * 1e3) * 1'000'000;
}

const std::vector<Value>& items(const Value& value, std::uint32_t type, std::string_view what) {
  if (value.type != type) throw wrong(value.key, fmt::format("is no {}", what));
  return value.items;
}

void box(const Value& value, ear_quad& out) {
  const std::vector<Value>& numbers = items(value, EAR_LIST, "list");
  if (numbers.size() != 8) throw wrong(value.key, "does not hold 8 numbers");
  for (std::size_t i = 0; i < 4; ++i) {
    out.x[i] = static_cast<float>(real(numbers[2 * i], 0, 1));
    out.y[i] = static_cast<float>(real(numbers[2 * i + 1], 0, 1));
  }
}

}  // namespace

TestPost::TestPost(const Value& map, ear_time fallback) : post_(make_post()), author_(make_author()) {
  post_.platform = str("test");
  post_.published = fallback;
  if (const Value* title = map.find("title")) segments_.push_back(make_segment(EAR_TITLE, view(text(*title))));
  if (const Value* body = map.find("text")) segments_.push_back(make_segment(EAR_BODY, view(text(*body))));
  for (const Value& value : map.items)
    if (value.type != EAR_UNSET) field(value);
  const auto described = [&](std::uint32_t i) {
    return std::any_of(segments_.begin(), segments_.end(),
                       [&](const ear_segment& s) { return s.origin == EAR_ALT && s.media == i; });
  };
  for (std::uint32_t i = 0; i < media_.size(); ++i) {
    if (media_[i].alt.len == 0 || described(i)) continue;
    segments_.push_back(make_segment(EAR_ALT, view(media_[i].alt)));
    segments_.back().media = i;
  }
  post_.segments = segments_.data(), post_.segment_count = static_cast<std::uint32_t>(segments_.size());
  post_.media = media_.data(), post_.media_count = static_cast<std::uint32_t>(media_.size());
  for (const ear_segment& segment : segments_)
    if (segment.media != EAR_NONE && segment.media >= media_.size())
      throw Failure("a segment names a medium that the post does not have");
  if (post_.id.len == 0 || post_.id.len > 1024) throw wrong("id", "is empty or longer than 1,024 bytes");
  if (post_.platform.len == 0 || post_.platform.len > 64) throw wrong("platform", "is empty or longer than 64 bytes");
}

// A number that somebody wrote without quotes is its text.
ear_str TestPost::text(const Value& value) {
  if (value.type == EAR_TEXT) return str(value.text);
  if (value.type == EAR_INTEGER) return str(kept_.emplace_back(std::to_string(value.integer)));
  if (value.type == EAR_UNSET) return {};
  throw wrong(value.key, "is no text; put it into quotes");
}

void TestPost::field(const Value& value) {
  const std::string& key = value.key;
  if (key == "platform")
    post_.platform = text(value);
  else if (key == "id")
    post_.id = text(value);
  else if (key == "published")
    post_.published = moment(value);
  else if (key == "collected")
    post_.collected = moment(value);
  else if (key == "kind")
    post_.kind = text(value);
  else if (key == "url")
    post_.url = text(value);
  else if (key == "language")
    post_.language = text(value);
  else if (key == "country")
    post_.country = text(value);
  else if (key == "parent")
    post_.parent = text(value);
  else if (key == "repost_of")
    post_.repost_of = text(value);
  else if (key == "likes")
    post_.likes = count(value);
  else if (key == "reposts")
    post_.reposts = count(value);
  else if (key == "replies")
    post_.replies = count(value);
  else if (key == "views")
    post_.views = count(value);
  else if (key == "revision")
    post_.revision = static_cast<std::uint64_t>(count(value));
  else if (key == "change")
    post_.change = choose(kChanges, value);
  else if (key == "source")
    source_ = view(text(value));
  else if (key == "author")
    author(value);
  else if (key == "segments")
    for (const Value& item : items(value, EAR_LIST, "list")) segment(item);
  else if (key == "media")
    for (const Value& item : items(value, EAR_LIST, "list")) media(item);
  else if (key == "attributes") {
    attributes_ = std::make_unique<Frozen>(items(value, EAR_MAP, "map"));
    post_.attributes = attributes_->items(), post_.attribute_count = attributes_->root().count;
  } else if (key != "title" && key != "text")
    unknown(key, kFields, "a post");
}

void TestPost::author(const Value& map) {
  for (const Value& value : items(map, EAR_MAP, "map")) {
    const std::string& key = value.key;
    if (key == "id")
      author_.id = text(value);
    else if (key == "handle")
      author_.handle = text(value);
    else if (key == "name")
      author_.name = text(value);
    else if (key == "url")
      author_.url = text(value);
    else if (key == "bio")
      author_.bio = text(value);
    else if (key == "place")
      author_.place = text(value);
    else if (key == "followers")
      author_.followers = count(value);
    else if (key == "following")
      author_.following = count(value);
    else if (key == "posts")
      author_.posts = count(value);
    else if (key == "created")
      author_.created = moment(value);
    else
      unknown(key, kAuthor, "an author");
  }
  post_.author = &author_;
}

void TestPost::segment(const Value& map) {
  if (map.type != EAR_MAP) throw wrong("segments", "holds something that is no map");
  ear_segment& segment = segments_.emplace_back(make_segment(EAR_BODY, {}));
  for (const Value& value : map.items) {
    const std::string& key = value.key;
    if (key == "text")
      segment.text = text(value);
    else if (key == "origin")
      segment.origin = choose(kOrigins, value);
    else if (key == "language")
      segment.language = text(value);
    else if (key == "media")
      segment.media = static_cast<std::uint32_t>(real(value, 0, 255));
    else if (key == "confidence")
      segment.confidence = real(value, 0, 1);
    else if (key == "start")
      segment.start = seconds(value);
    else if (key == "end")
      segment.end = seconds(value);
    else if (key == "box")
      box(value, segment.box);
    else
      unknown(key, kSegment, "a segment");
  }
}

void TestPost::media(const Value& map) {
  if (map.type != EAR_MAP) throw wrong("media", "holds something that is no map");
  ear_media& media = media_.emplace_back(make_media(EAR_MEDIA_OTHER, {}));
  for (const Value& value : map.items) {
    const std::string& key = value.key;
    if (key == "kind")
      media.kind = choose(kMediaKinds, value);
    else if (key == "url")
      media.url = text(value);
    else if (key == "path")
      media.path = text(value);
    else if (key == "type")
      media.type = text(value);
    else if (key == "alt")
      media.alt = text(value);
    else if (key == "width")
      media.width = count(value);
    else if (key == "height")
      media.height = count(value);
    else if (key == "duration")
      media.duration = seconds(value);
    else
      unknown(key, kMedia, "a medium");
  }
}

}  // namespace earshot::host
