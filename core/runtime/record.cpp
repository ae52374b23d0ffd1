#include "runtime/record.hpp"

#include <bit>
#include <cstring>

#include "runtime/copy.hpp"

namespace earshot::host {
namespace {

constexpr std::uint8_t kVersion = 2;  // 1: segments had no words
constexpr int kMaxDepth = 40;

// Writes and reads go through the same list of fields, so that they cannot disagree.
class Encoder {
 public:
  static constexpr bool reads = false;
  std::string out;

  void operator()(std::uint64_t& value) { number(value); }
  void operator()(std::uint32_t& value) { number(value); }
  void operator()(std::int64_t& value) {
    number(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
  }
  void operator()(double& value) { fixed(std::bit_cast<std::uint64_t>(value)); }
  void operator()(float& value) { number(std::bit_cast<std::uint32_t>(value)); }
  void operator()(ear_str& text) {
    number(text.len);
    if (text.len != 0) out.append(text.ptr, text.len);
  }
  template <class T, class Each>
  void array(const T*& first, std::uint32_t& count, std::uint32_t stride, Each&& each) {
    number(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      T item;
      if constexpr (requires { item.size; })
        copy_struct(item, at_stride(first, stride, i));
      else
        item = at_stride(first, stride, i);
      each(*this, item);
    }
  }

 private:
  void number(std::uint64_t value) {  // LEB128
    for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
    out.push_back(static_cast<char>(value));
  }
  void fixed(std::uint64_t value) {
    for (int i = 0; i < 8; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
  }
};

class Decoder {
 public:
  static constexpr bool reads = true;
  Decoder(std::string_view in, Arena& arena, std::uint8_t version) : in_(in), arena_(arena), version_(version) {}
  std::uint8_t version() const { return version_; }
  bool good() const { return good_; }
  bool done() const { return good_ && in_.empty(); }

  void operator()(std::uint64_t& value) { value = number(); }
  void operator()(std::uint32_t& value) { value = static_cast<std::uint32_t>(number()); }
  void operator()(std::int64_t& value) {
    const std::uint64_t n = number();
    value = static_cast<std::int64_t>(n >> 1 ^ (~(n & 1) + 1));
  }
  void operator()(double& value) {
    std::uint64_t bits = 0;
    for (int i = 0; i < 8; ++i) bits |= std::uint64_t{byte()} << (8 * i);
    value = std::bit_cast<double>(bits);
  }
  void operator()(float& value) { value = std::bit_cast<float>(static_cast<std::uint32_t>(number())); }
  void operator()(ear_str& text) {
    const std::uint64_t size = number();
    text = {nullptr, 0};
    if (size > in_.size()) return fail();
    if (size != 0) text = arena_.keep({in_.data(), static_cast<std::size_t>(size)});
    in_.remove_prefix(static_cast<std::size_t>(size));
  }
  template <class T, class Each>
  void array(const T*& first, std::uint32_t& count, std::uint32_t, Each&& each) {
    const std::uint64_t n = number();
    count = 0, first = nullptr;
    if (n > in_.size()) return fail();  // each item takes a byte at least
    T* items = arena_.array<T>(static_cast<std::size_t>(n));
    std::memset(static_cast<void*>(items), 0, static_cast<std::size_t>(n) * sizeof(T));
    for (; count < n && good_; ++count) each(*this, items[count]);
    first = items;
  }
  void fail() { good_ = false, in_ = {}; }

 private:
  std::uint8_t byte() {
    if (in_.empty()) return fail(), std::uint8_t{0};
    const auto b = static_cast<std::uint8_t>(in_.front());
    in_.remove_prefix(1);
    return b;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint8_t b = byte();
      value |= std::uint64_t{b & 0x7Fu} << shift;
      if (b < 0x80) return value;
    }
    return fail(), std::uint64_t{0};
  }

  std::string_view in_;
  Arena& arena_;
  std::uint8_t version_;
  bool good_ = true;
};

template <class A, class... Fields>
void each(A& a, Fields&... fields) {
  (a(fields), ...);
}

template <class A>
void quad(A& a, ear_quad& q) {
  for (float& x : q.x) a(x);
  for (float& y : q.y) a(y);
}

template <class A>
void values(A& a, const ear_value*& first, std::uint32_t& count, int depth = 0) {
  if (depth > kMaxDepth) {
    if constexpr (A::reads) a.fail();
    return;
  }
  a.array(first, count, sizeof(ear_value), [&](A& in, ear_value& v) {
    each(in, v.type, v.key, v.text, v.integer, v.real);
    values(in, v.items, v.count, depth + 1);
  });
}

template <class A>
void segment(A& a, ear_segment& s) {
  each(a, s.number, s.origin, s.media, s.text, s.language, s.detector, s.confidence, s.start, s.end);
  quad(a, s.box);
  if constexpr (A::reads)
    if (a.version() < 2) return;
  a.array(s.words, s.word_count, s.word_stride, [](A& in, ear_word& w) {
    each(in, w.begin, w.end, w.confidence, w.start, w.stop);
    quad(in, w.box);
  });
}

template <class A>
void media(A& a, ear_media& m) {
  each(a, m.number, m.kind, m.url, m.path, m.type, m.alt, m.width, m.height, m.duration);
}

template <class A>
void author(A& a, ear_author& p) {
  each(a, p.id, p.handle, p.name, p.url, p.bio, p.place, p.followers, p.following, p.posts, p.created);
}

template <class A>
void finding(A& a, ear_finding& f) {
  each(a, f.segment, f.begin, f.end, f.media, f.score, f.start, f.stop);
  quad(a, f.box);
  each(a, f.kind, f.subject, f.value, f.reason, f.detector);
  values(a, f.attributes, f.attribute_count);
}

template <class A>
void post(A& a, ear_post& p, ear_author& by) {
  each(a, p.flags, p.change, p.revision, p.published, p.collected, p.key.high, p.key.low);
  each(a, p.platform, p.id, p.kind, p.url, p.language, p.country, p.parent, p.repost_of, p.source);
  each(a, p.likes, p.reposts, p.replies, p.views, p.raw);
  std::uint32_t has_author = p.author != nullptr;
  a(has_author);
  if (has_author != 0) {
    if constexpr (!A::reads) copy_struct(by, *p.author);
    author(a, by);
    p.author = &by;
  }
  a.array(p.segments, p.segment_count, p.segment_stride, [](A& in, ear_segment& s) { segment(in, s); });
  a.array(p.media, p.media_count, p.media_stride, [](A& in, ear_media& m) { media(in, m); });
  a.array(p.findings, p.finding_count, p.finding_stride, [](A& in, ear_finding& f) { finding(in, f); });
  values(a, p.attributes, p.attribute_count);
}

template <class A>
void alert(A& a, ear_alert& x) {
  each(a, x.state, x.id.high, x.id.low, x.detector, x.revision, x.kind, x.subject, x.summary, x.start, x.end);
  each(a, x.observed, x.expected, x.lower, x.upper, x.severity);
  a.array(x.evidence, x.evidence_count, x.evidence_stride,
          [](A& in, ear_evidence& e) { each(in, e.platform, e.id, e.url, e.author, e.text, e.published, e.weight); });
  values(a, x.attributes, x.attribute_count);
}

template <class A>
void record(A& a, Record& r) {
  each(a, r.kind, r.id.high, r.id.low, r.revision);
  if (r.kind == EAR_DELIVERY_POST) post(a, r.post, r.author);
  if (r.kind == EAR_DELIVERY_ALERT) alert(a, r.alert);
  if (r.kind == EAR_DELIVERY_GAP) each(a, r.gap.source, r.gap.from, r.gap.to, r.gap.reason);
}

// Sizes and strides, which are not written.
void complete(ear_post& p, ear_author& by) {
  p.size = sizeof p, by.size = sizeof by;
  p.segment_stride = sizeof(ear_segment), p.media_stride = sizeof(ear_media), p.finding_stride = sizeof(ear_finding);
  for (std::uint32_t i = 0; i < p.segment_count; ++i) {
    auto& segment = const_cast<ear_segment&>(p.segments[i]);
    segment.size = sizeof segment, segment.word_stride = sizeof(ear_word);
  }
  for (std::uint32_t i = 0; i < p.media_count; ++i) const_cast<ear_media&>(p.media[i]).size = sizeof(ear_media);
  for (std::uint32_t i = 0; i < p.finding_count; ++i)
    const_cast<ear_finding&>(p.findings[i]).size = sizeof(ear_finding);
}

}  // namespace

ear_delivery delivery_of(const Record& record) {
  ear_delivery delivery{};
  delivery.size = sizeof delivery;
  delivery.kind = record.kind, delivery.id = record.id, delivery.revision = record.revision;
  if (record.kind == EAR_DELIVERY_POST) delivery.post = &record.post;
  if (record.kind == EAR_DELIVERY_ALERT) delivery.alert = &record.alert;
  if (record.kind == EAR_DELIVERY_GAP) delivery.gap = &record.gap;
  return delivery;
}

std::string encode(const ear_delivery& delivery) {
  Record r;
  r.kind = delivery.kind, r.id = delivery.id, r.revision = delivery.revision;
  if (delivery.post != nullptr) copy_struct(r.post, *delivery.post);
  if (delivery.alert != nullptr) copy_struct(r.alert, *delivery.alert);
  if (delivery.gap != nullptr) copy_struct(r.gap, *delivery.gap);
  Encoder encoder;
  encoder.out.push_back(static_cast<char>(kVersion));
  record(encoder, r);
  return std::move(encoder.out);
}

std::string encode(const ear_post& post) {
  ear_delivery delivery{};
  delivery.size = sizeof delivery, delivery.kind = EAR_DELIVERY_POST;
  delivery.id = post.key, delivery.revision = post.revision, delivery.post = &post;
  return encode(delivery);
}

bool decode(std::string_view bytes, Arena& arena, Record& out) {
  const std::uint8_t version = bytes.empty() ? 0 : static_cast<std::uint8_t>(bytes.front());
  if (version == 0 || version > kVersion) return false;
  Decoder decoder(bytes.substr(1), arena, version);
  record(decoder, out);
  if (!decoder.done()) return false;
  complete(out.post, out.author);
  out.alert.size = sizeof(ear_alert), out.alert.evidence_stride = sizeof(ear_evidence);
  for (std::uint32_t i = 0; i < out.alert.evidence_count; ++i)
    const_cast<ear_evidence&>(out.alert.evidence[i]).size = sizeof(ear_evidence);
  out.gap.size = sizeof(ear_gap);
  return true;
}

}  // namespace earshot::host
