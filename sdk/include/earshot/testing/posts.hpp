// testing/posts.hpp: posts, findings, alerts and gaps as values of a test's own, made in one line, and how they
// become the structs that a component is given. Values; one thread.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "earshot/abi.h"
#include "earshot/testing/values.hpp"
#include "earshot/types.hpp"

namespace earshot::testing {

struct TestWord {
  std::uint32_t begin = 0, end = 0;
  double confidence = 1;
  Duration start{0}, stop{0};
  ear_quad box{};
};

struct TestSegment {
  std::uint32_t origin = EAR_BODY;
  std::string text;
  std::string language, detector;
  std::uint32_t media = none;
  double confidence = 1;
  Duration start{0}, end{0};
  ear_quad box{};
  std::vector<TestWord> words;
};

struct TestMedia {
  std::uint32_t kind = EAR_MEDIA_IMAGE;
  std::string url, path, type, alt;
  std::int64_t width = 0, height = 0;
  Duration duration{0};
};

struct TestFinding {
  std::string kind, subject, value, reason, detector;
  double score = 1;
  std::uint32_t post = none;  // its place among the posts that the test gave
  std::string id;             // of the post
  std::uint32_t segment = none, begin = 0, end = 0, media = none;
  std::string text;  // the bytes that it points at
  Duration start{0}, stop{0};
  ear_quad box{};
  std::vector<Tree> attributes;
};

struct TestEvidence {
  std::string platform, id, url, author, text;
  Time published = no_time;
  double weight = 0;
};

struct TestAlert {
  std::string kind, subject, summary;
  Time start = no_time, end = no_time;
  std::uint32_t state = EAR_ALERT_OPEN;
  std::uint64_t revision = 0;
  double observed = 0, expected = 0, lower = 0, upper = 0;
  std::uint32_t severity = 1;
  std::vector<TestEvidence> evidence;
  std::vector<Tree> attributes;
};

struct TestGap {
  Time from = no_time, to = no_time;
  std::string reason, source;
};

// A post in the making: `post("acme is down").at("2026-05-01T12:00:00Z").by("ana").on("mastodon")`.
struct TestPost {
  std::string platform = "test", id, kind = "status", url, post_language, country, parent, repost, source = "test", raw;
  std::string author, author_name, bio, place;  // no author where all are empty; the place as declared
  std::int64_t followers = -1, likes = -1, reposts = -1, replies = -1, views = -1;
  std::uint32_t change = EAR_NEW, flags = 0;
  std::uint64_t revision = 0;
  Time published = no_time, collected = no_time;
  std::vector<TestSegment> segments;
  std::vector<TestMedia> media;
  std::vector<TestFinding> findings;
  std::vector<Tree> attributes;

  TestPost& at(Time t) { return published = t, *this; }
  TestPost& at(std::string_view rfc3339) { return at(testing::at(rfc3339)); }
  TestPost& by(std::string_view handle) { return author = handle, *this; }
  TestPost& on(std::string_view name) { return platform = name, *this; }
  TestPost& with_id(std::string_view native) { return id = native, *this; }
  TestPost& in(std::string_view language) { return post_language = language, *this; }
  TestPost& answers(std::string_view post) { return parent = post, *this; }
  TestPost& repeats(std::string_view post) { return repost = post, *this; }
  TestPost& edited(std::uint64_t to = 1) { return change = EAR_EDITED, revision = to, *this; }
  TestPost& deleted(std::uint64_t to = 1) { return change = EAR_DELETED, revision = to, segments.clear(), *this; }
  TestPost& withdrawn(std::uint64_t to = 1) { return change = EAR_WITHDRAWN, revision = to, *this; }
  TestPost& title(std::string_view text) { return segment(EAR_TITLE, text); }
  TestPost& body(std::string_view text) { return segment(EAR_BODY, text); }
  TestPost& quote(std::string_view text) { return segment(EAR_QUOTE, text); }
  TestPost& segment(std::uint32_t origin, std::string_view text) {
    TestSegment s;
    s.origin = origin, s.text = text;
    return segment(std::move(s));
  }
  TestPost& segment(TestSegment s) { return segments.push_back(std::move(s)), *this; }
  TestPost& image(std::string_view at_url) { return with_media(EAR_MEDIA_IMAGE, at_url); }
  TestPost& video(std::string_view at_url) { return with_media(EAR_MEDIA_VIDEO, at_url); }
  TestPost& with_media(std::uint32_t media_kind, std::string_view at_url) {
    TestMedia m;
    m.kind = media_kind, m.url = at_url;
    return with_media(std::move(m));
  }
  TestPost& with_media(TestMedia m) { return media.push_back(std::move(m)), *this; }
  // What a detector before this one has found.
  TestPost& found(std::string_view finding_kind, std::string_view subject = {}, double score = 1,
                  std::string_view value = {}) {
    TestFinding f;
    f.kind = finding_kind, f.subject = subject, f.score = score, f.value = value, f.detector = "before";
    return found(std::move(f));
  }
  TestPost& found(TestFinding f) { return findings.push_back(std::move(f)), *this; }
  TestPost& attribute(std::string_view name, Tree value) {
    value.key = name;
    return attributes.push_back(std::move(value)), *this;
  }
  // All text of the segments, for a test to compare.
  std::string text() const {
    std::string all;
    for (const TestSegment& s : segments) all += (all.empty() ? "" : " ") + s.text;
    return all;
  }
};

// How much larger each growable struct is than this header knows: a host of years to come. A multiple of 8.
struct Layout {
  std::uint32_t extra = 0;
};

// An identity as the host would make one: stable, and different for different texts.
inline ear_id identity(std::string_view one, std::string_view other) {
  ear_id id{0xcbf29ce484222325u, 0x9ae16a3b2f90404fu};
  const auto mix = [&](unsigned char c) {
    id.high = (id.high ^ c) * 0x100000001b3u;
    id.low = (id.low + c + 1) * 0x9e3779b97f4a7c15u;
    id.low ^= id.low >> 29;
  };
  for (const char c : one) mix(static_cast<unsigned char>(c));
  mix(0);
  for (const char c : other) mix(static_cast<unsigned char>(c));
  return id;
}

namespace detail {

// Room for `count` structs, `extra` bytes apart from what this header knows; those bytes hold no zeros.
template <class T>
class Placed {
 public:
  Placed(std::size_t count, Layout layout, std::pmr::memory_resource& memory)
      : stride_(static_cast<std::uint32_t>(sizeof(T) + layout.extra)) {
    if (count == 0) return;
    first_ = static_cast<char*>(memory.allocate(count * stride_, alignof(T)));
    std::memset(first_, 0xA5, count * stride_);
  }
  void set(std::size_t i, T value) {
    if (first_ == nullptr) throw std::out_of_range("there is no room for this one");
    value.size = stride_;
    std::memcpy(first_ + i * stride_, &value, sizeof value);
  }
  const T* first() const { return reinterpret_cast<const T*>(first_); }
  std::uint32_t stride() const { return stride_; }

 private:
  char* first_ = nullptr;
  std::uint32_t stride_;
};

inline ear_segment raw(const TestSegment& s, std::uint32_t number, std::pmr::memory_resource& memory) {
  ear_segment out = make_segment(s.origin, {});
  out.number = number, out.text = keep(s.text, memory), out.language = keep(s.language, memory);
  out.detector = keep(s.detector, memory), out.media = s.media, out.confidence = s.confidence;
  out.start = s.start.count(), out.end = s.end.count(), out.box = s.box;
  if (s.words.empty()) return out;
  auto* words = static_cast<ear_word*>(memory.allocate(s.words.size() * sizeof(ear_word), alignof(ear_word)));
  for (std::size_t i = 0; i < s.words.size(); ++i) {
    const TestWord& w = s.words[i];
    words[i] = {w.begin, w.end, w.confidence, w.start.count(), w.stop.count(), w.box};
  }
  out.words = words, out.word_count = static_cast<std::uint32_t>(s.words.size()), out.word_stride = sizeof(ear_word);
  return out;
}
inline ear_media raw(const TestMedia& m, std::uint32_t number, std::pmr::memory_resource& memory) {
  ear_media out = make_media(m.kind, {});
  out.number = number, out.url = keep(m.url, memory), out.path = keep(m.path, memory);
  out.type = keep(m.type, memory), out.alt = keep(m.alt, memory);
  out.width = m.width, out.height = m.height, out.duration = m.duration.count();
  return out;
}
inline ear_finding raw(const TestFinding& f, std::uint32_t post, std::pmr::memory_resource& memory) {
  ear_finding out = make_finding(post, {}, {}, f.score);
  out.kind = keep(f.kind, memory), out.subject = keep(f.subject, memory), out.value = keep(f.value, memory);
  out.reason = keep(f.reason, memory), out.detector = keep(f.detector, memory);
  out.segment = f.segment, out.begin = f.begin, out.end = f.end, out.media = f.media;
  out.start = f.start.count(), out.stop = f.stop.count(), out.box = f.box;
  out.attributes = freeze(f.attributes, memory), out.attribute_count = static_cast<std::uint32_t>(f.attributes.size());
  return out;
}
inline const ear_author* raw_author(const TestPost& p, Layout layout, std::pmr::memory_resource& memory) {
  if (p.author.empty() && p.author_name.empty() && p.bio.empty() && p.place.empty()) return nullptr;
  ear_author author = make_author();
  author.id = author.handle = keep(p.author, memory);
  author.name = keep(p.author_name, memory), author.bio = keep(p.bio, memory), author.followers = p.followers;
  author.place = keep(p.place, memory);
  Placed<ear_author> placed(1, layout, memory);
  return placed.set(0, author), placed.first();
}

}  // namespace detail

// The struct that a component sees; `index` is its place in the batch.
inline const ear_post* freeze(const TestPost& p, std::uint32_t index, std::pmr::memory_resource& memory,
                              Layout layout = {}) {
  ear_post out = make_post();
  out.flags = p.flags, out.change = p.change, out.revision = p.revision;
  out.published = ticks(p.published), out.collected = ticks(p.collected), out.key = identity(p.platform, p.id);
  out.platform = keep(p.platform, memory), out.id = keep(p.id, memory), out.kind = keep(p.kind, memory);
  out.url = keep(p.url, memory), out.language = keep(p.post_language, memory), out.country = keep(p.country, memory);
  out.parent = keep(p.parent, memory), out.repost_of = keep(p.repost, memory), out.source = keep(p.source, memory);
  out.raw = keep(p.raw, memory), out.author = detail::raw_author(p, layout, memory);
  out.likes = p.likes, out.reposts = p.reposts, out.replies = p.replies, out.views = p.views;
  detail::Placed<ear_segment> segments(p.segments.size(), layout, memory);
  for (std::uint32_t i = 0; i < p.segments.size(); ++i) segments.set(i, detail::raw(p.segments[i], i, memory));
  detail::Placed<ear_media> media(p.media.size(), layout, memory);
  for (std::uint32_t i = 0; i < p.media.size(); ++i) media.set(i, detail::raw(p.media[i], i, memory));
  detail::Placed<ear_finding> findings(p.findings.size(), layout, memory);
  for (std::uint32_t i = 0; i < p.findings.size(); ++i) findings.set(i, detail::raw(p.findings[i], index, memory));
  out.segments = segments.first(), out.segment_stride = segments.stride();
  out.media = media.first(), out.media_stride = media.stride();
  out.findings = findings.first(), out.finding_stride = findings.stride();
  out.segment_count = static_cast<std::uint32_t>(p.segments.size());
  out.media_count = static_cast<std::uint32_t>(p.media.size());
  out.finding_count = static_cast<std::uint32_t>(p.findings.size());
  out.attributes = freeze(p.attributes, memory), out.attribute_count = static_cast<std::uint32_t>(p.attributes.size());
  detail::Placed<ear_post> placed(1, layout, memory);
  return placed.set(0, out), placed.first();
}

inline ear_gap raw_gap(const TestGap& g, std::pmr::memory_resource& memory) {
  return {sizeof(ear_gap), 0, keep(g.source, memory), ticks(g.from), ticks(g.to), keep(g.reason, memory)};
}

inline const ear_batch* freeze_batch(const std::vector<const TestPost*>& posts, const std::vector<TestGap>& gaps,
                                     std::pmr::memory_resource& memory, Layout layout = {}) {
  const std::size_t room = std::max<std::size_t>(posts.size(), 1) * sizeof(const ear_post*);
  auto** pointers = static_cast<const ear_post**>(memory.allocate(room, alignof(const ear_post*)));
  for (std::uint32_t i = 0; i < posts.size(); ++i) pointers[i] = freeze(*posts[i], i, memory, layout);
  detail::Placed<ear_gap> kept_gaps(gaps.size(), layout, memory);
  for (std::size_t i = 0; i < gaps.size(); ++i) kept_gaps.set(i, raw_gap(gaps[i], memory));
  detail::Placed<ear_batch> batch(1, layout, memory);
  batch.set(0, {0, static_cast<std::uint32_t>(posts.size()), pointers, kept_gaps.first(),
                static_cast<std::uint32_t>(gaps.size()), kept_gaps.stride()});
  return batch.first();
}

inline const ear_alert* freeze(const TestAlert& a, std::pmr::memory_resource& memory, Layout layout = {}) {
  ear_alert out = make_alert({}, {});
  out.state = a.state, out.revision = a.revision, out.severity = a.severity;
  out.kind = keep(a.kind, memory), out.subject = keep(a.subject, memory), out.summary = keep(a.summary, memory);
  out.detector = keep("test", memory), out.start = ticks(a.start), out.end = ticks(a.end);
  out.id = identity(a.subject + '\n' + a.kind, std::to_string(out.start));
  out.observed = a.observed, out.expected = a.expected, out.lower = a.lower, out.upper = a.upper;
  detail::Placed<ear_evidence> evidence(a.evidence.size(), layout, memory);
  for (std::size_t i = 0; i < a.evidence.size(); ++i) {
    const TestEvidence& e = a.evidence[i];
    evidence.set(i, {0, 0, keep(e.platform, memory), keep(e.id, memory), keep(e.url, memory), keep(e.author, memory),
                     keep(e.text, memory), ticks(e.published), e.weight});
  }
  out.evidence = evidence.first(), out.evidence_stride = evidence.stride();
  out.evidence_count = static_cast<std::uint32_t>(a.evidence.size());
  out.attributes = freeze(a.attributes, memory), out.attribute_count = static_cast<std::uint32_t>(a.attributes.size());
  detail::Placed<ear_alert> placed(1, layout, memory);
  return placed.set(0, out), placed.first();
}

// ---- copies of what a component said -------------------------------------------------------------------------

inline std::vector<TestWord> copy_words(const ear_segment& s) {
  std::vector<TestWord> out;
  for (const Word word : Segment(s).words()) {
    const ear_word& w = word.raw();
    out.push_back({w.begin, w.end, w.confidence, Duration{w.start}, Duration{w.stop}, w.box});
  }
  return out;
}

inline TestSegment copy(const ear_segment& s) {
  return {s.origin,
          std::string(view(s.text)),
          std::string(view(s.language)),
          std::string(view(s.detector)),
          s.media,
          s.confidence,
          Duration{s.start},
          Duration{s.end},
          s.box,
          copy_words(s)};
}

inline TestFinding copy(const ear_finding& f) {
  TestFinding out;
  out.kind = view(f.kind), out.subject = view(f.subject), out.value = view(f.value), out.reason = view(f.reason);
  out.detector = view(f.detector);
  out.score = f.score, out.segment = f.segment, out.begin = f.begin, out.end = f.end, out.media = f.media;
  out.start = Duration{f.start}, out.stop = Duration{f.stop}, out.box = f.box;
  out.attributes = copy(f.attributes, f.attribute_count);
  return out;
}

inline TestAlert copy(const ear_alert& a) {
  TestAlert out;
  out.kind = view(a.kind), out.subject = view(a.subject), out.summary = view(a.summary);
  out.start = time(a.start), out.end = time(a.end), out.state = a.state, out.severity = a.severity;
  out.observed = a.observed, out.expected = a.expected, out.lower = a.lower, out.upper = a.upper;
  out.attributes = copy(a.attributes, a.attribute_count);
  for (std::uint32_t i = 0; i < a.evidence_count; ++i) {
    const auto& e = *reinterpret_cast<const ear_evidence*>(reinterpret_cast<const char*>(a.evidence) +
                                                           std::size_t{i} * a.evidence_stride);
    out.evidence.push_back({std::string(view(e.platform)), std::string(view(e.id)), std::string(view(e.url)),
                            std::string(view(e.author)), std::string(view(e.text)), time(e.published), e.weight});
  }
  return out;
}

inline TestPost copy(const ear_post& p) {
  TestPost out;
  out.platform = view(p.platform), out.id = view(p.id), out.kind = view(p.kind), out.url = view(p.url);
  out.post_language = view(p.language), out.country = view(p.country), out.parent = view(p.parent);
  out.repost = view(p.repost_of), out.source = view(p.source), out.raw = view(p.raw);
  out.likes = p.likes, out.reposts = p.reposts, out.replies = p.replies, out.views = p.views;
  out.change = p.change, out.flags = p.flags, out.revision = p.revision;
  out.published = time(p.published), out.collected = time(p.collected);
  if (p.author != nullptr) {
    out.author = view(p.author->handle.len != 0 ? p.author->handle : p.author->id);
    out.author_name = view(p.author->name), out.bio = view(p.author->bio), out.place = view(p.author->place),
    out.followers = p.author->followers;
  }
  const Post seen{p};
  for (const Segment s : seen.segments()) out.segments.push_back(copy(s.raw()));
  for (const Media m : seen.media()) {
    const ear_media& r = m.raw();
    out.media.push_back({r.kind, std::string(view(r.url)), std::string(view(r.path)), std::string(view(r.type)),
                         std::string(view(r.alt)), r.width, r.height, Duration{r.duration}});
  }
  for (const FoundBefore f : seen.findings()) out.findings.push_back(copy(f.raw()));
  out.attributes = copy(p.attributes, p.attribute_count);
  return out;
}

// ---- one line each, equal where the things are ------------------------------------------------------------------

inline std::string describe(double number) {
  return describe(Tree(number));
}
inline std::string describe(const std::vector<Tree>& attributes) {
  std::string line;
  for (const Tree& a : attributes) line += " " + describe(a);
  return line;
}
inline std::string describe(const TestFinding& f) {
  return f.id + ": " + f.kind + " '" + f.subject + "' value '" + f.value + "' score " + describe(f.score) +
         " segment " + std::to_string(static_cast<std::int32_t>(f.segment)) + " [" + std::to_string(f.begin) + ", " +
         std::to_string(f.end) + ") media " + std::to_string(static_cast<std::int32_t>(f.media)) + " " +
         std::to_string(f.start.count()) + ".." + std::to_string(f.stop.count()) + " because '" + f.reason + "'" +
         describe(f.attributes);
}
inline std::string describe(const TestSegment& s) {
  return std::to_string(s.origin) + " '" + s.text + "' " + s.language + " media " +
         std::to_string(static_cast<std::int32_t>(s.media)) + " confidence " + describe(s.confidence);
}
inline std::string describe(const TestAlert& a) {
  std::string line = a.kind + " of '" + a.subject + "' from " + std::to_string(ticks(a.start)) + " to " +
                     std::to_string(ticks(a.end)) + (a.state == EAR_ALERT_OPEN ? " open" : " closed") + ": " +
                     a.summary + " (" + describe(a.observed) + " expected " + describe(a.expected) + " in " +
                     describe(a.lower) + ".." + describe(a.upper) + ") severity " + std::to_string(a.severity) +
                     describe(a.attributes) + " evidence";
  for (const TestEvidence& e : a.evidence) line += " " + e.platform + "/" + e.id + "*" + describe(e.weight);
  return line;
}
inline std::string describe(const TestPost& p) {
  std::string line = p.platform + "/" + p.id + " r" + std::to_string(p.revision) + " c" + std::to_string(p.change) +
                     " at " + std::to_string(ticks(p.published)) + " by '" + p.author + "'";
  for (const TestSegment& s : p.segments) line += " | " + describe(s);
  for (const TestMedia& m : p.media) line += " | media " + m.url + m.path;
  return line + describe(p.attributes);
}

}  // namespace earshot::testing
