#include "post/reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "post/key.hpp"
#include "post/time.hpp"
#include "post/words.hpp"

namespace earshot::post {
namespace {

constexpr std::size_t kSlice = 65536;      // bytes whose tokens are found at once: they stay in the cache
constexpr double kMaxSeconds = 1'000'000;  // of a place in a sound or video
constexpr double kSecond = 1'000'000'000;

enum Seen : std::uint32_t {
  kPlatform = 1,
  kId = 2,
  kRevision = 4,
  kChange = 8,
  kPublished = 16,
  kCollected = 32,
  kKind = 64,
  kUrl = 128,
  kLanguage = 256,
  kCountry = 512,
  kParent = 1 << 10,
  kRepostOf = 1 << 11,
  kAuthor = 1 << 12,
  kTitle = 1 << 13,
  kText = 1 << 14,
  kSegments = 1 << 15,
  kMedia = 1 << 16,
  kLikes = 1 << 17,
  kReposts = 1 << 18,
  kReplies = 1 << 19,
  kViews = 1 << 20,
  kAttributes = 1 << 21
};

}  // namespace

Reader::Reader() : blank_(make_post()), post_(blank_), blank_author_(make_author()), author_(blank_author_) {
  segments_ = {make_segment(EAR_TITLE, {}), make_segment(EAR_BODY, {})};
}

const ear_post* Reader::read(std::string_view line, Memory& memory) {
  if (!index(line)) return nullptr;
  Walk at(base_, at_, line, memory);
  const ear_post* post = walk(at);
  if (post != nullptr) {
    at_ = at.at();
    return post;
  }
  fault_ = at.fault();
  const char* end = line.data() + line.size();  // the next line begins at its own first token, wherever this one led
  while (base_ + *at_ < end) ++at_;
  return nullptr;
}

// Sets base_ and at_ to the first token of the line. Tokens are found for many lines at once; where one of these is
// faulty as text, simdjson does not tell which, and each is looked at by itself.
bool Reader::index(std::string_view line) {
  const char* end = line.data() + line.size();
  if (base_ != nullptr && end <= known_ && line.data() >= faulty_) {
    while (base_ + *at_ < line.data()) ++at_;  // lines that nobody asked for
    return true;
  }
  const char* block_end = block_.data() + block_.size();
  if (line.data() >= faulty_ && line.size() < kSlice && end <= block_end) {
    const std::size_t rest = static_cast<std::size_t>(block_end - line.data());
    std::string_view slice = line;
    if (rest <= kSlice) {
      slice = {line.data(), rest};
    } else if (const void* last = memrchr(line.data(), '\n', kSlice); last != nullptr && last >= end) {
      slice = {line.data(), static_cast<std::size_t>(static_cast<const char*>(last) - line.data())};
    }
    base_ = slice.data(), known_ = slice.data() + slice.size();
    const char* fault = tokens_.index(slice);
    at_ = tokens_.begin();
    if (fault == nullptr) return true;
    faulty_ = known_;
  }
  known_ = std::max(known_, end);
  faulty_ = std::max(faulty_, end);
  base_ = line.data();
  const char* fault = tokens_.index(line);
  at_ = tokens_.begin();
  if (fault != nullptr) fault_ = {std::string_view(fault).ends_with("UTF-8") ? "not UTF-8" : "not JSON", fault};
  return fault == nullptr;
}

const ear_post* Reader::walk(Walk& walk) {
  post_ = blank_;
  seen_ = 0, own_ = false;
  title_ = text_ = {};
  segments_.resize(2);
  media_.clear();
  if (has_values_) values_.release(), has_values_ = false;
  const char* begin = walk.here();
  if (walk.peek() != '{') return walk.refuse("not JSON", "a post is an object"), nullptr;
  if (!walk.object([&](std::string_view key) { return field(walk, key); })) return nullptr;
  const char* end = base_ + walk.at()[-1] + 1;
  if (!walk.finish() || !complete(walk)) return nullptr;
  shorthand();
  if (!media_.empty()) alt_segments();
  post_.raw = {begin, static_cast<std::size_t>(end - begin)};
  if (!own_ && !walk.replaced()) post_.flags = EAR_POST_RAW_JSON;
  return &post_;
}

bool Reader::once(Walk& walk, std::uint32_t field, std::string_view name) {
  if ((seen_ & field) != 0) return walk.refuse("field twice", "stands there twice", name);
  seen_ |= field;
  return true;
}

bool Reader::text(Walk& walk, std::string_view name, ear_str& out) {
  if (walk.null()) return walk.skip();
  std::string_view all;
  if (!walk.text(all, name)) return false;
  out = str(all);
  return true;
}

bool Reader::count(Walk& walk, std::string_view name, std::int64_t& out) {
  if (walk.null()) return walk.skip();
  Number number;
  if (!walk.number(number, name)) return false;
  if (!number.whole || number.integer < 0) return walk.refuse("wrong value", "is no whole number from 0 on", name);
  out = number.integer;
  return true;
}

bool Reader::real(Walk& walk, std::string_view name, double& out, double min, double max) {
  if (walk.null()) return walk.skip();
  Number number;
  if (!walk.number(number, name)) return false;
  if (number.real < min || number.real > max) return walk.refuse("wrong value", "is out of range", name);
  out = number.real;
  return true;
}

bool Reader::duration(Walk& walk, std::string_view name, std::int64_t& out) {
  double seconds = static_cast<double>(out) / kSecond;
  if (!real(walk, name, seconds, 0, kMaxSeconds)) return false;
  out = std::llround(seconds * kSecond);
  return true;
}

bool Reader::time(Walk& walk, std::string_view name, ear_time& out) {
  if (walk.null()) return walk.skip();
  std::optional<ear_time> read;
  if (walk.peek() == '"') {
    std::string_view all;
    if (!walk.text(all, name)) return false;
    read = read_time(all);
  } else {
    Number number;
    if (!walk.number(number, name)) return false;
    read = time_of_seconds(number.real);
  }
  if (!read) return walk.refuse("not a time", "is neither RFC 3339 nor seconds since 1970", name);
  out = *read;
  return true;
}

bool Reader::change(Walk& walk) {
  ear_str word{};
  if (!text(walk, "change", word)) return false;
  if (word.len != 0 && !choose(kChanges, view(word), post_.change))
    return walk.refuse("wrong value", "is none of new, edited, deleted, withdrawn", "change");
  return true;
}

bool Reader::field(Walk& walk, std::string_view key) {
  const auto named = [&](std::string_view name, std::uint32_t bit) {
    return key.size() == name.size() && (key.size() <= 8 || key == name) && bit != 0;
  };
  const auto string = [&](std::string_view name, std::uint32_t bit, ear_str& out) {
    if (!named(name, bit)) return walk.skip();
    return once(walk, bit, name) && text(walk, name, out);
  };
  const auto number = [&](std::string_view name, std::uint32_t bit, std::int64_t& out) {
    if (!named(name, bit)) return walk.skip();
    return once(walk, bit, name) && count(walk, name, out);
  };
  const auto moment = [&](std::string_view name, std::uint32_t bit, ear_time& out) {
    if (!named(name, bit)) return walk.skip();
    return once(walk, bit, name) && time(walk, name, out);
  };
  const auto part = [&](std::string_view name, std::uint32_t bit, bool (Reader::*how)(Walk&)) {
    if (!named(name, bit)) return walk.skip();
    return once(walk, bit, name) && (this->*how)(walk);
  };
  const auto items = [&](std::string_view name, std::uint32_t bit, bool (Reader::*how)(Walk&)) {
    if (!named(name, bit)) return walk.skip();
    if (!once(walk, bit, name)) return false;
    if (walk.null()) return walk.skip();
    if (walk.peek() != '[') return walk.refuse("wrong type", "is no list", name);
    return walk.list([&] { return (this->*how)(walk); });
  };
  switch (first_word(key)) {
    case word("platform"):
      return string("platform", kPlatform, post_.platform);
    case word("id"):
      return string("id", kId, post_.id);
    case word("published"):
      return moment("published", kPublished, post_.published);
    case word("text"): {
      if (!named("text", kText)) return walk.skip();
      ear_str all{};
      if (!once(walk, kText, "text") || !text(walk, "text", all)) return false;
      return text_ = view(all), true;
    }
    case word("title"): {
      if (!named("title", kTitle)) return walk.skip();
      ear_str all{};
      if (!once(walk, kTitle, "title") || !text(walk, "title", all)) return false;
      return title_ = view(all), true;
    }
    case word("author"):
      return part("author", kAuthor, &Reader::author);
    case word("language"):
      return string("language", kLanguage, post_.language);
    case word("url"):
      return string("url", kUrl, post_.url);
    case word("kind"):
      return string("kind", kKind, post_.kind);
    case word("likes"):
      return number("likes", kLikes, post_.likes);
    case word("reposts"):
      return number("reposts", kReposts, post_.reposts);
    case word("replies"):
      return number("replies", kReplies, post_.replies);
    case word("views"):
      return number("views", kViews, post_.views);
    case word("country"):
      return string("country", kCountry, post_.country);
    case word("parent"):
      return string("parent", kParent, post_.parent);
    case word("repost_of"):
      return string("repost_of", kRepostOf, post_.repost_of);
    case word("collected"):
      return moment("collected", kCollected, post_.collected);
    case word("change"):
      return part("change", kChange, &Reader::change);
    case word("segments"):
      return items("segments", kSegments, &Reader::segment);
    case word("media"):
      return items("media", kMedia, &Reader::media);
    case word("attributes"):
      return part("attributes", kAttributes, &Reader::attributes);
    case word("revision"): {
      if (!named("revision", kRevision)) return walk.skip();
      std::int64_t revision = 0;
      if (!once(walk, kRevision, "revision") || !count(walk, "revision", revision)) return false;
      return post_.revision = static_cast<std::uint64_t>(revision), true;
    }
    case word("findings"):
    case word("source"):
      own_ |= key == "findings" || key == "source";
      return walk.skip();
    default:
      return walk.skip();
  }
}

bool Reader::author(Walk& walk) {
  if (walk.null()) return walk.skip();
  if (walk.peek() != '{') return walk.refuse("wrong type", "is no object", "author");
  author_ = blank_author_;
  post_.author = &author_;
  return walk.object([&](std::string_view key) {
    const auto is = [&](std::string_view name) {
      return key.size() == name.size() && (key.size() <= 8 || key == name);
    };
    switch (first_word(key)) {
      case word("id"):
        return is("id") ? text(walk, "author.id", author_.id) : walk.skip();
      case word("handle"):
        return is("handle") ? text(walk, "author.handle", author_.handle) : walk.skip();
      case word("name"):
        return is("name") ? text(walk, "author.name", author_.name) : walk.skip();
      case word("url"):
        return is("url") ? text(walk, "author.url", author_.url) : walk.skip();
      case word("bio"):
        return is("bio") ? text(walk, "author.bio", author_.bio) : walk.skip();
      case word("place"):
        return is("place") ? text(walk, "author.place", author_.place) : walk.skip();
      case word("followers"):
        return is("followers") ? count(walk, "author.followers", author_.followers) : walk.skip();
      case word("following"):
        return is("following") ? count(walk, "author.following", author_.following) : walk.skip();
      case word("posts"):
        return is("posts") ? count(walk, "author.posts", author_.posts) : walk.skip();
      case word("created"):
        return is("created") ? time(walk, "author.created", author_.created) : walk.skip();
      default:
        return walk.skip();
    }
  });
}

bool Reader::complete(Walk& walk) {
  if (post_.platform.len == 0) return walk.refuse("no platform", "every post names its platform");
  if (post_.id.len == 0) return walk.refuse("no id", "every post has an id");
  if (post_.platform.len > kMaxPlatform) return walk.refuse("too long", "has more than 64 bytes", "platform");
  if (post_.id.len > kMaxId) return walk.refuse("too long", "has more than 1024 bytes", "id");
  if (post_.published == EAR_TIME_NONE && post_.change != EAR_DELETED)
    return walk.refuse("not a time", "every post has one", "published");
  for (std::size_t i = 2; i < segments_.size(); ++i)
    if (segments_[i].media != EAR_NONE && segments_[i].media >= media_.size())
      return walk.refuse("wrong value", "is no media of the post", "segments.media");
  return true;
}

// Puts title and text before the other segments.
void Reader::shorthand() {
  std::size_t first = 2;
  const auto put = [&](std::uint32_t origin, std::string_view all) {
    ear_segment& segment = segments_[--first];
    segment.origin = origin, segment.text = str(all);
  };
  if (!text_.empty()) put(EAR_BODY, text_);
  if (!title_.empty()) put(EAR_TITLE, title_);
  post_.segments = segments_.data() + first;
  post_.segment_count = static_cast<std::uint32_t>(segments_.size() - first);
}

// The alternative text of each media is a segment too, unless it is there already.
void Reader::alt_segments() {
  const std::size_t first = static_cast<std::size_t>(post_.segments - segments_.data());
  for (std::uint32_t i = 0; i < media_.size(); ++i) {
    const bool told = std::any_of(segments_.begin() + static_cast<std::ptrdiff_t>(first), segments_.end(),
                                  [&](const ear_segment& s) { return s.origin == EAR_ALT && s.media == i; });
    if (told || media_[i].alt.len == 0) continue;
    segments_.push_back(make_segment(EAR_ALT, view(media_[i].alt)));
    segments_.back().media = i;
  }
  post_.segments = segments_.data() + first;
  post_.segment_count = static_cast<std::uint32_t>(segments_.size() - first);
  post_.media = media_.data();
  post_.media_count = static_cast<std::uint32_t>(media_.size());
}

}  // namespace earshot::post
