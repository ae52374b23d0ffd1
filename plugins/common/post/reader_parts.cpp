// The parts of a post that are lists and trees: segments, media, attributes.
#include <algorithm>

#include "post/reader.hpp"
#include "post/words.hpp"

namespace earshot::post {

bool Reader::segment(Walk& walk) {
  if (walk.peek() != '{') return walk.refuse("wrong type", "holds something that is no object", "segments");
  if (segments_.size() == kMaxSegments + 2) return walk.refuse("too many", "holds more than 1024", "segments");
  ear_segment segment = make_segment(EAR_BODY, {});
  const bool read = walk.object([&](std::string_view key) {
    if (key == "text") return text(walk, "segments.text", segment.text);
    if (key == "language") return text(walk, "segments.language", segment.language);
    if (key == "confidence") return real(walk, "segments.confidence", segment.confidence, 0, 1);
    if (key == "start") return duration(walk, "segments.start", segment.start);
    if (key == "end") return duration(walk, "segments.end", segment.end);
    if (key == "box") return box(walk, segment.box);
    if (key == "words") return words(walk, segment);
    if (key == "media") {
      if (walk.null()) return walk.skip();
      std::int64_t media = 0;
      if (!count(walk, "segments.media", media)) return false;
      if (media >= static_cast<std::int64_t>(kMaxMedia))
        return walk.refuse("wrong value", "is no media of the post", "segments.media");
      return segment.media = static_cast<std::uint32_t>(media), true;
    }
    if (key == "origin") {
      ear_str origin{};
      if (!text(walk, "segments.origin", origin)) return false;
      if (origin.len != 0 && !choose(kOrigins, view(origin), segment.origin))
        return walk.refuse("wrong value", "is none of title, body, quote, alt, image, speech, caption",
                           "segments.origin");
      return true;
    }
    return walk.skip();
  });
  if (!read) return false;
  for (std::uint32_t i = 0; i < segment.word_count; ++i)
    if (segment.words[i].begin > segment.words[i].end || segment.words[i].end > segment.text.len)
      return walk.refuse("wrong value", "stands outside of the text", "segments.words");
  if (segment.text.len != 0) segments_.push_back(segment);  // nothing to read in it
  return true;
}

bool Reader::box(Walk& walk, ear_quad& out) {
  if (walk.null()) return walk.skip();
  if (walk.peek() != '[') return walk.refuse("wrong type", "is no list", "segments.box");
  float corners[8];
  std::size_t n = 0;
  const bool read = walk.list([&] {
    double corner = 0;
    if (n == 8) return walk.refuse("wrong value", "wants 8 numbers", "segments.box");
    if (!real(walk, "segments.box", corner, 0, 1)) return false;
    corners[n++] = static_cast<float>(corner);
    return true;
  });
  if (!read) return false;
  if (n != 8) return walk.refuse("wrong value", "wants 8 numbers", "segments.box");
  for (std::size_t i = 0; i < 4; ++i) out.x[i] = corners[2 * i], out.y[i] = corners[2 * i + 1];
  return true;
}

bool Reader::words(Walk& walk, ear_segment& segment) {
  if (walk.null()) return walk.skip();
  if (walk.peek() != '[') return walk.refuse("wrong type", "is no list", "segments.words");
  words_.clear();
  const bool read = walk.list([&] {
    if (walk.peek() != '{') return walk.refuse("wrong type", "holds something that is no object", "segments.words");
    if (words_.size() == kMaxWords) return walk.refuse("too many", "holds more than 4096", "segments.words");
    ear_word& word = words_.emplace_back(ear_word{0, 0, 1, 0, 0, {}});
    const auto byte = [&](std::uint32_t& out) {
      std::int64_t at = 0;
      if (!count(walk, "segments.words", at)) return false;
      if (at >= EAR_NONE) return walk.refuse("wrong value", "stands outside of the text", "segments.words");
      return out = static_cast<std::uint32_t>(at), true;
    };
    return walk.object([&](std::string_view key) {
      if (key == "begin") return byte(word.begin);
      if (key == "end") return byte(word.end);
      if (key == "confidence") return real(walk, "segments.words", word.confidence, 0, 1);
      if (key == "start") return duration(walk, "segments.words", word.start);
      if (key == "stop") return duration(walk, "segments.words", word.stop);
      if (key == "box") return box(walk, word.box);
      return walk.skip();
    });
  });
  if (!read || words_.empty()) return read;
  has_values_ = true;
  auto* kept = static_cast<ear_word*>(values_.allocate(words_.size() * sizeof(ear_word), alignof(ear_word)));
  std::copy(words_.begin(), words_.end(), kept);
  segment.words = kept, segment.word_count = static_cast<std::uint32_t>(words_.size());
  segment.word_stride = sizeof(ear_word);
  return true;
}

bool Reader::media(Walk& walk) {
  if (walk.peek() != '{') return walk.refuse("wrong type", "holds something that is no object", "media");
  if (media_.size() == kMaxMedia) return walk.refuse("too many", "holds more than 256", "media");
  ear_media media = make_media(EAR_MEDIA_OTHER, {});
  const bool read = walk.object([&](std::string_view key) {
    if (key == "url") return text(walk, "media.url", media.url);
    if (key == "path") return text(walk, "media.path", media.path);
    if (key == "type") return text(walk, "media.type", media.type);
    if (key == "alt") return text(walk, "media.alt", media.alt);
    if (key == "width") return count(walk, "media.width", media.width);
    if (key == "height") return count(walk, "media.height", media.height);
    if (key == "duration") return duration(walk, "media.duration", media.duration);
    if (key == "kind") {
      ear_str kind{};
      if (!text(walk, "media.kind", kind)) return false;
      if (kind.len != 0 && !choose(kMediaKinds, view(kind), media.kind))
        return walk.refuse("wrong value", "is none of image, audio, video, other", "media.kind");
      return true;
    }
    return walk.skip();
  });
  if (read) media_.push_back(media);
  return read;
}

bool Reader::attributes(Walk& walk) {
  if (walk.null()) return walk.skip();
  if (walk.peek() != '{') return walk.refuse("wrong type", "is no object", "attributes");
  stack_.clear();
  ear_value all{};
  if (!value(walk, all, kMaxAttributeDepth)) return false;
  post_.attributes = all.items, post_.attribute_count = all.count;
  return true;
}

// Items are gathered on the stack and then put side by side, where they stay until the next post.
bool Reader::value(Walk& walk, ear_value& out, int depth) {
  if (depth < 0) return walk.refuse("too deep", "is nested too deeply", "attributes");
  switch (walk.peek()) {
    case '"':
      out.type = EAR_TEXT;
      return text(walk, "attributes", out.text);
    case 'n':
      return walk.skip();
    case 't':
    case 'f': {
      bool yes = false;
      if (!walk.boolean(yes)) return false;
      return out.type = EAR_BOOLEAN, out.integer = yes, true;
    }
    case '{':
    case '[':
      break;
    default: {
      Number number;
      if (!walk.number(number, "attributes")) return false;
      out.type = number.whole ? EAR_INTEGER : EAR_REAL;
      return out.integer = number.integer, out.real = number.real, true;
    }
  }
  const std::size_t first = stack_.size();
  const auto item = [&](std::string_view key) {
    ear_value child{};
    child.key = str(key);
    if (!value(walk, child, depth - 1)) return false;
    if (stack_.size() == kMaxAttributes) return walk.refuse("too many", "hold more than 1024 values", "attributes");
    return stack_.push_back(child), true;
  };
  const bool map = walk.peek() == '{';
  if (!(map ? walk.object(item) : walk.list([&] { return item({}); }))) return false;
  out.type = map ? EAR_MAP : EAR_LIST;
  out.count = static_cast<std::uint32_t>(stack_.size() - first);
  if (out.count == 0) return true;
  has_values_ = true;
  auto* items = static_cast<ear_value*>(values_.allocate(out.count * sizeof(ear_value), alignof(ear_value)));
  std::copy(stack_.begin() + static_cast<std::ptrdiff_t>(first), stack_.end(), items);
  out.items = items;
  stack_.resize(first);
  return true;
}

}  // namespace earshot::post
