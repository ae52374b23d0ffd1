#include "store/copies.hpp"

#include <algorithm>
#include <cctype>
#include <cstring>

namespace earshot::store {
namespace {

template <class T>
const T& item(const T* first, std::uint32_t stride, std::uint32_t i) {
  return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(first) + std::size_t{i} * stride);
}

// What this header knows of a struct that may be larger.
template <class T>
T known(const T& from) {
  T to = from;
  to.size = sizeof(T);
  return to;
}

bool tells(ear_str text, ear_str name) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  const std::string_view in = view(text), of = view(name);
  return !of.empty() && std::search(in.begin(), in.end(), of.begin(), of.end(), same) != in.end();
}

}  // namespace

void Copies::add(const ear_delivery& delivery) {
  ear_delivery copy = known(delivery);
  copy.post = nullptr, copy.alert = nullptr, copy.gap = nullptr;
  if (delivery.kind == EAR_DELIVERY_POST) copy.post = post(*delivery.post);
  if (delivery.kind == EAR_DELIVERY_ALERT) copy.alert = alert(*delivery.alert);
  if (delivery.kind == EAR_DELIVERY_GAP) copy.gap = gap(*delivery.gap);
  all_.push_back(copy);
}

void Copies::clear() {
  all_.clear();
  memory_.release();
  bytes_ = 0;
}

ear_str Copies::text(ear_str from) {
  if (from.len == 0) return {nullptr, 0};
  char* to = static_cast<char*>(take(from.len, 1));
  std::memcpy(to, from.ptr, from.len);
  return {to, from.len};
}

// An address that has a name in it tells the name.
void Copies::hide(ear_post& post, ear_author& author) {
  const std::string_view platform = view(post.platform);
  if (tells(post.url, author.id) || tells(post.url, author.handle)) post.url = {nullptr, 0};
  const std::string id = disguise_->of(platform, view(author.id)),
                    handle = disguise_->of(platform, view(author.handle));
  author.id = text(str(id)), author.handle = text(str(handle));
  for (ear_str* t : {&author.name, &author.url, &author.bio, &author.place}) *t = {nullptr, 0};
}

void Copies::hide(ear_evidence& evidence) {
  if (tells(evidence.url, evidence.author)) evidence.url = {nullptr, 0};
  const std::string name = disguise_->of(view(evidence.platform), view(evidence.author));
  evidence.author = text(str(name));
}

ear_value Copies::value(const ear_value& from) {
  ear_value to = from;
  to.key = text(from.key), to.text = text(from.text);
  to.items = values(from.items, from.count);
  return to;
}

const ear_value* Copies::values(const ear_value* from, std::uint32_t count) {
  if (count == 0) return nullptr;
  auto* to = array<ear_value>(count);
  for (std::uint32_t i = 0; i < count; ++i) to[i] = value(from[i]);
  return to;
}

ear_author* Copies::author(const ear_author& from) {
  auto* to = array<ear_author>(1);
  *to = known(from);
  for (ear_str* t : {&to->id, &to->handle, &to->name, &to->url, &to->bio, &to->place}) *t = text(*t);
  return to;
}

const ear_post* Copies::post(const ear_post& from) {
  auto* to = array<ear_post>(1);
  *to = known(from);
  to->raw = {nullptr, 0};
  for (ear_str* t : {&to->platform, &to->id, &to->kind, &to->url, &to->language, &to->country, &to->parent,
                     &to->repost_of, &to->source})
    *t = text(*t);
  if (from.author != nullptr) {
    ear_author* by = author(*from.author);
    if (disguise_ != nullptr) hide(*to, *by);
    to->author = by;
  }
  to->attributes = values(from.attributes, from.attribute_count);

  auto* segments = array<ear_segment>(from.segment_count);
  for (std::uint32_t i = 0; i < from.segment_count; ++i) {
    ear_segment& s = segments[i] = known(item(from.segments, from.segment_stride, i));
    s.text = text(s.text), s.language = text(s.language), s.detector = text(s.detector);
    s.words = nullptr, s.word_count = 0;  // the store keeps the place of the whole
  }
  auto* media = array<ear_media>(from.media_count);
  for (std::uint32_t i = 0; i < from.media_count; ++i) {
    ear_media& m = media[i] = known(item(from.media, from.media_stride, i));
    m.url = text(m.url), m.path = text(m.path), m.type = text(m.type), m.alt = text(m.alt);
  }
  auto* findings = array<ear_finding>(from.finding_count);
  for (std::uint32_t i = 0; i < from.finding_count; ++i) {
    ear_finding& f = findings[i] = known(item(from.findings, from.finding_stride, i));
    for (ear_str* t : {&f.kind, &f.subject, &f.value, &f.reason, &f.detector}) *t = text(*t);
    f.attributes = values(f.attributes, f.attribute_count);
  }
  to->segments = segments, to->segment_stride = sizeof(ear_segment);
  to->media = media, to->media_stride = sizeof(ear_media);
  to->findings = findings, to->finding_stride = sizeof(ear_finding);
  return to;
}

const ear_alert* Copies::alert(const ear_alert& from) {
  auto* to = array<ear_alert>(1);
  *to = known(from);
  for (ear_str* t : {&to->detector, &to->kind, &to->subject, &to->summary}) *t = text(*t);
  to->attributes = values(from.attributes, from.attribute_count);
  auto* evidence = array<ear_evidence>(from.evidence_count);
  for (std::uint32_t i = 0; i < from.evidence_count; ++i) {
    ear_evidence& e = evidence[i] = known(item(from.evidence, from.evidence_stride, i));
    for (ear_str* t : {&e.platform, &e.id, &e.url, &e.author, &e.text}) *t = text(*t);
    if (disguise_ != nullptr) hide(e);
  }
  to->evidence = evidence, to->evidence_stride = sizeof(ear_evidence);
  return to;
}

const ear_gap* Copies::gap(const ear_gap& from) {
  auto* to = array<ear_gap>(1);
  *to = known(from);
  to->source = text(from.source), to->reason = text(from.reason);
  return to;
}

}  // namespace earshot::store
