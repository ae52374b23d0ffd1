#include "post/writer.hpp"

#include <emmintrin.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "post/box.hpp"
#include "post/stride.hpp"
#include "post/time.hpp"
#include "post/words.hpp"

namespace earshot::post {
namespace {

constexpr std::size_t kSlack = 64;  // always there behind what was reserved: vectors are stored whole

template <std::size_t N>
std::string_view word(const std::string_view (&words)[N], std::uint32_t index, std::string_view otherwise) {
  return index < N ? words[index] : otherwise;
}

// The bytes among 16 that JSON wants escaped.
unsigned escapes(__m128i bytes) {
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i slash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, slash), control)));
}

char* put_escape(char* to, char c) {
  *to++ = '\\';
  switch (c) {
    case '"':
    case '\\':
      *to++ = c;
      return to;
    case '\n':
      *to++ = 'n';
      return to;
    case '\r':
      *to++ = 'r';
      return to;
    case '\t':
      *to++ = 't';
      return to;
    case '\b':
      *to++ = 'b';
      return to;
    case '\f':
      *to++ = 'f';
      return to;
    default:
      break;
  }
  const char* hex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  std::memcpy(to, "u00", 3);
  to[3] = hex[byte >> 4], to[4] = hex[byte & 15];
  return to + 5;
}

// Bytes that say what the post says: nothing was added to its segments, and no filter withdrew it.
bool passes(const ear_post& post) {
  if ((post.flags & EAR_POST_RAW_JSON) == 0 || post.raw.len < 2 || post.change == EAR_WITHDRAWN) return false;
  return post.segment_count == 0 || item(post.segments, post.segment_stride, post.segment_count - 1).detector.len == 0;
}

const ear_segment* find_segment(const ear_post& post, std::uint32_t number) {
  if (number < post.segment_count) {  // numbers are places, as a rule
    const ear_segment& guess = item(post.segments, post.segment_stride, number);
    if (guess.number == number) return &guess;
  }
  for (std::uint32_t i = 0; i < post.segment_count; ++i)
    if (const auto& segment = item(post.segments, post.segment_stride, i); segment.number == number) return &segment;
  return nullptr;
}

}  // namespace

void Writer::reserve(std::size_t more) {
  if (static_cast<std::size_t>(end_ - at_) >= more) return;
  const std::size_t used = size();
  const std::size_t room = std::max<std::size_t>(65536, (used + more) * 2);
  auto larger = std::make_unique_for_overwrite<char[]>(room + kSlack);
  if (used != 0) std::memcpy(larger.get(), begin_.get(), used);
  begin_ = std::move(larger);
  at_ = begin_.get() + used;
  end_ = begin_.get() + room;
}

void Writer::raw(std::string_view text) {
  reserve(text.size());
  if (!text.empty()) std::memcpy(at_, text.data(), text.size());
  at_ += text.size();
}

void Writer::string(std::string_view text) {
  reserve(6 * text.size() + 2);
  char* to = at_;
  *to++ = '"';
  const char* from = text.data();
  std::size_t left = text.size();
  alignas(16) char last[16];
  while (left != 0) {
    const std::size_t n = std::min<std::size_t>(left, 16);
    if (n < 16) std::memcpy(last, from, n);  // the text may end where its page does
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(n < 16 ? last : from));
    const unsigned found = escapes(bytes) & ((1u << n) - 1);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes);
    if (found == 0) {
      to += n, from += n, left -= n;
      continue;
    }
    const auto plain = static_cast<std::size_t>(__builtin_ctz(found));
    to = put_escape(to + plain, from[plain]);
    from += plain + 1, left -= plain + 1;
  }
  *to++ = '"';
  at_ = to;
}

void Writer::integer(std::int64_t number) {
  reserve(24);
  at_ = std::to_chars(at_, at_ + 24, number).ptr;
}

void Writer::real(double number) {
  reserve(32);
  if (number == 1 || number == 0 || !std::isfinite(number)) {  // JSON has no word for what is not finite
    *at_++ = number == 1 ? '1' : '0';
    return;
  }
  if (number != last_real_ || last_size_ == 0) {
    last_size_ =
        static_cast<std::size_t>(std::to_chars(last_text_, last_text_ + sizeof last_text_, number).ptr - last_text_);
    last_real_ = number;
  }
  std::memcpy(at_, last_text_, sizeof last_text_);
  at_ += last_size_;
}

void Writer::seconds(std::int64_t nanoseconds) {
  integer(nanoseconds / 1'000'000'000);
  std::int64_t fraction = std::abs(nanoseconds % 1'000'000'000);
  if (fraction == 0) return;
  reserve(10);
  *at_++ = '.';
  for (std::int64_t unit = 100'000'000; fraction != 0; unit /= 10)
    *at_++ = static_cast<char>('0' + fraction / unit), fraction %= unit;
}

void Writer::time(ear_time time) {
  reserve(kTimeText + 2);
  *at_++ = '"';
  at_ = write_time(at_, time);
  *at_++ = '"';
}

void Writer::field(std::string_view name, ear_str text) {
  if (text.len != 0) raw(name), string(view(text));
}
void Writer::field(std::string_view name, ear_time time) {
  if (time != EAR_TIME_NONE) raw(name), this->time(time);
}
void Writer::count(std::string_view name, std::int64_t number) {
  if (number >= 0) raw(name), integer(number);
}

void Writer::post(const ear_post& post) {
  if (passes(post)) {
    raw({post.raw.ptr, post.raw.len - 1});
  } else {
    anew(post);
  }
  findings(post);
  field(",\"source\":", post.source);
  raw("}\n");
}

void Writer::anew(const ear_post& post) {
  raw("{\"platform\":"), string(view(post.platform));
  raw(",\"id\":"), string(view(post.id));
  if (post.revision != 0) raw(",\"revision\":"), integer(static_cast<std::int64_t>(post.revision));
  if (post.change != EAR_NEW) raw(",\"change\":"), string(word(kChanges, post.change, "edited"));
  field(",\"published\":", post.published);
  field(",\"collected\":", post.collected);
  field(",\"kind\":", post.kind);
  field(",\"url\":", post.url);
  field(",\"language\":", post.language);
  field(",\"country\":", post.country);
  field(",\"parent\":", post.parent);
  field(",\"repost_of\":", post.repost_of);
  if (post.author != nullptr) author(*post.author);
  texts(post);
  if (post.media_count != 0) media(post);
  count(",\"likes\":", post.likes);
  count(",\"reposts\":", post.reposts);
  count(",\"replies\":", post.replies);
  count(",\"views\":", post.views);
  attributes(post.attributes, post.attribute_count);
}

void Writer::author(const ear_author& author) {
  raw(",\"author\":{\"id\":"), string(view(author.id));
  field(",\"handle\":", author.handle);
  field(",\"name\":", author.name);
  field(",\"url\":", author.url);
  field(",\"bio\":", author.bio);
  field(",\"place\":", author.place);
  count(",\"followers\":", author.followers);
  count(",\"following\":", author.following);
  count(",\"posts\":", author.posts);
  field(",\"created\":", author.created);
  raw("}");
}

// A title and a body with nothing else to tell have names of their own.
void Writer::texts(const ear_post& post) {
  const auto segment_at = [&](std::uint32_t i) -> const ear_segment& {
    return item(post.segments, post.segment_stride, i);
  };
  const auto plain = [&](std::uint32_t i, std::uint32_t origin) {
    const ear_segment& s = segment_at(i);
    return s.origin == origin && s.media == EAR_NONE && s.language.len == 0 && s.detector.len == 0 &&
           s.confidence == 1 && s.start == 0 && s.end == 0 && !has_box(s.box) && s.word_count == 0;
  };
  const std::uint32_t n = post.segment_count;
  if (n == 1 && plain(0, EAR_BODY)) return field(",\"text\":", segment_at(0).text);
  if (n == 1 && plain(0, EAR_TITLE)) return field(",\"title\":", segment_at(0).text);
  if (n == 2 && plain(0, EAR_TITLE) && plain(1, EAR_BODY)) {
    field(",\"title\":", segment_at(0).text);
    return field(",\"text\":", segment_at(1).text);
  }
  if (n == 0) return;
  raw(",\"segments\":[");
  for (std::uint32_t i = 0; i < n; ++i) {
    if (i != 0) raw(",");
    segment(segment_at(i));
  }
  raw("]");
}

void Writer::segment(const ear_segment& segment) {
  raw("{\"origin\":"), string(word(kOrigins, segment.origin, "body"));
  raw(",\"text\":"), string(view(segment.text));
  field(",\"language\":", segment.language);
  if (segment.media != EAR_NONE) raw(",\"media\":"), integer(segment.media);
  if (segment.confidence != 1) raw(",\"confidence\":"), real(segment.confidence);
  if (segment.start != 0 || segment.end != 0) {
    raw(",\"start\":"), seconds(segment.start);
    raw(",\"end\":"), seconds(segment.end);
  }
  if (has_box(segment.box)) box(segment.box);
  if (segment.word_count != 0) words(segment);
  field(",\"detector\":", segment.detector);
  raw("}");
}

void Writer::words(const ear_segment& segment) {
  raw(",\"words\":[");
  for (std::uint32_t i = 0; i < segment.word_count; ++i) {
    const ear_word& word = item(segment.words, segment.word_stride, i);
    raw(i != 0 ? ",{\"begin\":" : "{\"begin\":"), integer(word.begin);
    raw(",\"end\":"), integer(word.end);
    if (word.confidence != 1) raw(",\"confidence\":"), real(word.confidence);
    if (word.start != 0 || word.stop != 0) {
      raw(",\"start\":"), seconds(word.start);
      raw(",\"stop\":"), seconds(word.stop);
    }
    if (has_box(word.box)) box(word.box);
    raw("}");
  }
  raw("]");
}

void Writer::box(const ear_quad& box) {
  raw(",\"box\":[");
  for (std::size_t i = 0; i < 4; ++i) {
    if (i != 0) raw(",");
    reserve(64);
    at_ = std::to_chars(at_, at_ + 32, std::isfinite(box.x[i]) ? box.x[i] : 0).ptr;
    *at_++ = ',';
    at_ = std::to_chars(at_, at_ + 32, std::isfinite(box.y[i]) ? box.y[i] : 0).ptr;
  }
  raw("]");
}

void Writer::media(const ear_post& post) {
  raw(",\"media\":[");
  for (std::uint32_t i = 0; i < post.media_count; ++i) {
    const ear_media& media = item(post.media, post.media_stride, i);
    raw(i != 0 ? ",{\"kind\":" : "{\"kind\":"), string(word(kMediaKinds, media.kind, "other"));
    field(",\"url\":", media.url);
    field(",\"path\":", media.path);
    field(",\"type\":", media.type);
    field(",\"alt\":", media.alt);
    if (media.width > 0) raw(",\"width\":"), integer(media.width);
    if (media.height > 0) raw(",\"height\":"), integer(media.height);
    if (media.duration > 0) raw(",\"duration\":"), seconds(media.duration);
    raw("}");
  }
  raw("]");
}

void Writer::value(const ear_value& value) {
  switch (value.type) {
    case EAR_UNSET:
      return raw("null");
    case EAR_INTEGER:
      return integer(value.integer);
    case EAR_SIZE:
      return integer(value.integer);
    case EAR_REAL:
      return real(value.real);
    case EAR_BOOLEAN:
      return raw(value.integer != 0 ? "true" : "false");
    case EAR_DURATION:
      return seconds(value.integer);
    case EAR_TIME:
      return time(value.integer);
    case EAR_LIST:
    case EAR_MAP:
      break;
    default:
      return string(view(value.text));
  }
  const bool map = value.type == EAR_MAP;
  raw(map ? "{" : "[");
  for (std::uint32_t i = 0; i < value.count; ++i) {
    if (i != 0) raw(",");
    if (map) string(view(value.items[i].key)), raw(":");
    this->value(value.items[i]);
  }
  raw(map ? "}" : "]");
}

void Writer::attributes(const ear_value* first, std::uint32_t count) {
  if (count == 0) return;
  ear_value all{};
  all.type = EAR_MAP, all.count = count, all.items = first;
  raw(",\"attributes\":"), value(all);
}

void Writer::findings(const ear_post& post) {
  raw(",\"findings\":[");
  for (std::uint32_t i = 0; i < post.finding_count; ++i) {
    if (i != 0) raw(",");
    finding(post, item(post.findings, post.finding_stride, i));
  }
  raw("]");
}

void Writer::finding(const ear_post& post, const ear_finding& finding) {
  raw("{\"kind\":"), string(view(finding.kind));
  field(",\"subject\":", finding.subject);
  field(",\"value\":", finding.value);
  raw(",\"score\":"), real(finding.score);
  if (finding.segment != EAR_NONE) {
    raw(",\"segment\":"), integer(finding.segment);
    const ear_segment* segment = find_segment(post, finding.segment);
    if (finding.end > finding.begin && segment != nullptr && finding.end <= segment->text.len) {
      raw(",\"begin\":"), integer(finding.begin);
      raw(",\"end\":"), integer(finding.end);
      raw(",\"text\":"), string({segment->text.ptr + finding.begin, finding.end - finding.begin});
    }
  }
  if (finding.media != EAR_NONE) raw(",\"media\":"), integer(finding.media);
  if (finding.start != 0 || finding.stop != 0) {
    raw(",\"start\":"), seconds(finding.start);
    raw(",\"stop\":"), seconds(finding.stop);
  }
  if (has_box(finding.box)) box(finding.box);
  field(",\"reason\":", finding.reason);
  field(",\"detector\":", finding.detector);
  attributes(finding.attributes, finding.attribute_count);
  raw("}");
}

}  // namespace earshot::post
