// types.hpp: what travels, as views. A view borrows and is as cheap as a pointer; it dies with the call that
// brought it. Any thread may read one.
#pragma once

#include <chrono>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "earshot/abi.h"

namespace earshot {

using Duration = std::chrono::nanoseconds;
using Time = std::chrono::sys_time<Duration>;

inline constexpr Time no_time{Duration{EAR_TIME_NONE}};
inline constexpr Time end_of_time{Duration{EAR_TIME_END}};
inline constexpr std::uint32_t none = EAR_NONE;

inline std::string_view view(ear_str text) {
  return text.len == 0 ? std::string_view{} : std::string_view{text.ptr, text.len};
}
inline std::string_view view(ear_bytes bytes) {
  return bytes.len == 0 ? std::string_view{} : std::string_view{reinterpret_cast<const char*>(bytes.ptr), bytes.len};
}
constexpr ear_str str(std::string_view text) {
  return {text.data(), text.size()};
}
inline ear_bytes bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
constexpr Time time(ear_time t) {
  return Time{Duration{t}};
}
constexpr ear_time ticks(Time t) {
  return t.time_since_epoch().count();
}

// An array whose elements may be larger than this header knows.
template <class Raw, class View>
class Strided {
 public:
  class iterator {
   public:
    using value_type = View;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::forward_iterator_tag;
    iterator() = default;
    iterator(const char* at, std::uint32_t stride) : at_(at), stride_(stride) {}
    View operator*() const { return View{*reinterpret_cast<const Raw*>(at_)}; }
    iterator& operator++() { return at_ += stride_, *this; }
    iterator operator++(int) {
      iterator before = *this;
      return ++*this, before;
    }
    bool operator==(const iterator& other) const { return at_ == other.at_; }

   private:
    const char* at_ = nullptr;
    std::uint32_t stride_ = 0;
  };

  Strided(const Raw* first, std::uint32_t count, std::uint32_t stride)
      : first_(reinterpret_cast<const char*>(first)), count_(count), stride_(stride) {}
  std::uint32_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  View operator[](std::uint32_t i) const {
    return View{*reinterpret_cast<const Raw*>(first_ + std::size_t{i} * stride_)};
  }
  iterator begin() const { return {first_, stride_}; }
  iterator end() const { return {first_ + std::size_t{count_} * stride_, stride_}; }

 private:
  const char* first_;
  std::uint32_t count_, stride_;
};

// One node of a tree of values: an option, an attribute, a watch item.
class Value {
 public:
  Value() = default;
  explicit Value(const ear_value& raw) : raw_(&raw) {}
  explicit operator bool() const { return raw_ != nullptr && raw_->type != EAR_UNSET; }
  std::string_view key() const { return raw_ == nullptr ? std::string_view{} : view(raw_->key); }
  std::string_view text(std::string_view otherwise = {}) const { return *this ? view(raw_->text) : otherwise; }
  std::int64_t integer(std::int64_t otherwise = 0) const { return *this ? raw_->integer : otherwise; }
  double real(double otherwise = 0) const { return *this ? raw_->real : otherwise; }
  std::uint32_t type() const { return raw_ == nullptr ? std::uint32_t{EAR_UNSET} : raw_->type; }
  std::uint32_t size() const { return raw_ == nullptr ? 0 : raw_->count; }
  Strided<ear_value, Value> items() const {
    return {raw_ == nullptr ? nullptr : raw_->items, size(), sizeof(ear_value)};
  }
  // The item of a map under `name`; an empty value where there is none.
  Value operator[](std::string_view name) const {
    for (Value item : items())
      if (item.key() == name) return item;
    return {};
  }

 private:
  const ear_value* raw_ = nullptr;
};

inline Strided<ear_value, Value> attributes(const ear_value* first, std::uint32_t count) {
  return {first, count, sizeof(ear_value)};
}

class Word {
 public:
  explicit Word(const ear_word& raw) : raw_(&raw) {}
  const ear_word& raw() const { return *raw_; }

 private:
  const ear_word* raw_;
};

class Segment {
 public:
  explicit Segment(const ear_segment& raw) : raw_(&raw) {}
  const ear_segment& raw() const { return *raw_; }
  std::uint32_t number() const { return raw_->number; }
  std::uint32_t origin() const { return raw_->origin; }
  std::string_view text() const { return view(raw_->text); }
  std::string_view language() const { return view(raw_->language); }
  std::string_view detector() const { return view(raw_->detector); }
  // Where the words of it were read or heard; none for what was typed.
  Strided<ear_word, Word> words() const {
    if (!EAR_HAS(raw_, ear_segment, word_stride)) return {nullptr, 0, sizeof(ear_word)};
    return {raw_->words, raw_->word_count, raw_->word_stride};
  }

 private:
  const ear_segment* raw_;
};

class Media {
 public:
  explicit Media(const ear_media& raw) : raw_(&raw) {}
  const ear_media& raw() const { return *raw_; }
  std::uint32_t number() const { return raw_->number; }
  std::uint32_t kind() const { return raw_->kind; }
  std::string_view url() const { return view(raw_->url); }
  std::string_view path() const { return view(raw_->path); }

 private:
  const ear_media* raw_;
};

class FoundBefore {
 public:
  explicit FoundBefore(const ear_finding& raw) : raw_(&raw) {}
  const ear_finding& raw() const { return *raw_; }
  std::string_view kind() const { return view(raw_->kind); }
  std::string_view subject() const { return view(raw_->subject); }
  std::string_view value() const { return view(raw_->value); }
  std::string_view reason() const { return view(raw_->reason); }
  std::string_view detector() const { return view(raw_->detector); }
  double score() const { return raw_->score; }
  std::uint32_t segment() const { return raw_->segment; }
  std::uint32_t begin() const { return raw_->begin; }
  std::uint32_t end() const { return raw_->end; }

 private:
  const ear_finding* raw_;
};

// One post of a batch.
class Post {
 public:
  explicit Post(const ear_post& raw, std::uint32_t index = none) : raw_(&raw), index_(index) {}
  const ear_post& raw() const { return *raw_; }
  std::uint32_t index() const { return index_; }  // its place in the batch, for what is said about it
  std::string_view platform() const { return view(raw_->platform); }
  std::string_view id() const { return view(raw_->id); }
  std::string_view kind() const { return view(raw_->kind); }
  std::string_view url() const { return view(raw_->url); }
  std::string_view source() const { return view(raw_->source); }
  std::string_view json() const { return view(raw_->raw); }
  Time published() const { return time(raw_->published); }
  std::uint64_t revision() const { return raw_->revision; }
  bool is_new() const { return raw_->change == EAR_NEW; }
  bool is_late() const { return (raw_->flags & EAR_POST_LATE) != 0; }
  bool is_gone() const { return raw_->change == EAR_DELETED || raw_->change == EAR_WITHDRAWN; }
  std::string_view author_id() const { return raw_->author == nullptr ? std::string_view{} : view(raw_->author->id); }
  std::string_view author_handle() const {
    return raw_->author == nullptr ? std::string_view{} : view(raw_->author->handle);
  }
  Strided<ear_segment, Segment> segments() const { return {raw_->segments, raw_->segment_count, raw_->segment_stride}; }
  Strided<ear_media, Media> media() const { return {raw_->media, raw_->media_count, raw_->media_stride}; }
  Strided<ear_finding, FoundBefore> findings() const {
    return {raw_->findings, raw_->finding_count, raw_->finding_stride};
  }

 private:
  const ear_post* raw_;
  std::uint32_t index_;
};

// A stretch of event time in which a source could not see.
class Gap {
 public:
  explicit Gap(const ear_gap& raw) : raw_(&raw) {}
  std::string_view source() const { return view(raw_->source); }
  std::string_view reason() const { return view(raw_->reason); }
  Time from() const { return time(raw_->from); }
  Time to() const { return time(raw_->to); }

 private:
  const ear_gap* raw_;
};

// Empty structs with their sizes set and every "not known" in place, to be filled and pushed.
inline ear_post make_post() {
  ear_post post{};
  post.size = sizeof(ear_post);
  post.published = EAR_TIME_NONE;
  post.collected = EAR_TIME_NONE;
  post.likes = post.reposts = post.replies = post.views = -1;
  post.segment_stride = sizeof(ear_segment);
  post.media_stride = sizeof(ear_media);
  post.finding_stride = sizeof(ear_finding);
  return post;
}

inline ear_author make_author() {
  ear_author author{};
  author.size = sizeof(ear_author);
  author.followers = author.following = author.posts = -1;
  author.created = EAR_TIME_NONE;
  return author;
}

inline ear_segment make_segment(std::uint32_t origin, std::string_view text) {
  ear_segment segment{};
  segment.size = sizeof(ear_segment);
  segment.origin = origin;
  segment.media = EAR_NONE;
  segment.text = str(text);
  segment.confidence = 1;
  return segment;
}

inline ear_media make_media(std::uint32_t kind, std::string_view url) {
  ear_media media{};
  media.size = sizeof(ear_media);
  media.kind = kind;
  media.url = str(url);
  return media;
}

inline ear_finding make_finding(std::uint32_t post, std::string_view kind, std::string_view subject, double score) {
  ear_finding finding{};
  finding.size = sizeof(ear_finding);
  finding.post = post;
  finding.segment = EAR_NONE;
  finding.media = EAR_NONE;
  finding.score = score;
  finding.kind = str(kind);
  finding.subject = str(subject);
  return finding;
}

inline ear_alert make_alert(std::string_view kind, std::string_view subject) {
  ear_alert alert{};
  alert.size = sizeof(ear_alert);
  alert.kind = str(kind);
  alert.subject = str(subject);
  alert.severity = 1;
  alert.evidence_stride = sizeof(ear_evidence);
  return alert;
}

inline ear_evidence make_evidence(std::string_view platform, std::string_view id) {
  ear_evidence evidence{};
  evidence.size = sizeof(ear_evidence);
  evidence.platform = str(platform);
  evidence.id = str(id);
  return evidence;
}

// The value of an attribute, to be put into an array that is pushed with a finding, a post or an alert.
inline ear_value text_value(std::string_view key, std::string_view text) {
  return {EAR_TEXT, 0, str(key), str(text), 0, 0, nullptr};
}
inline ear_value integer_value(std::string_view key, std::int64_t number) {
  return {EAR_INTEGER, 0, str(key), {}, number, static_cast<double>(number), nullptr};
}
inline ear_value real_value(std::string_view key, double number) {
  return {EAR_REAL, 0, str(key), {}, 0, number, nullptr};
}

}  // namespace earshot
