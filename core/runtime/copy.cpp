#include "runtime/copy.hpp"

#include <cmath>

namespace earshot::host {
namespace {

constexpr int kMaxDepth = 32;  // of a tree of values; what is deeper is left out

void copy_value(ear_value& to, const ear_value& from, Arena& arena, int depth);

const ear_value* copy_values(const ear_value* values, std::uint32_t count, Arena& arena, int depth) {
  if (count == 0) return nullptr;
  ear_value* to = arena.array<ear_value>(count);
  for (std::uint32_t i = 0; i < count; ++i) copy_value(to[i], values[i], arena, depth);
  return to;
}

void copy_value(ear_value& to, const ear_value& from, Arena& arena, int depth) {
  to = from;
  to.key = arena.keep(from.key);
  to.text = arena.keep(from.text);
  if (depth >= kMaxDepth) to.count = 0;
  to.items = copy_values(from.items, to.count, arena, depth + 1);
}

}  // namespace

const ear_value* copy_values(const ear_value* values, std::uint32_t count, Arena& arena) {
  return copy_values(values, count, arena, 0);
}

void copy_segment(ear_segment& to, const ear_segment& from, Arena& arena) {
  copy_struct(to, from);
  to.text = arena.keep(to.text);
  to.language = arena.keep(to.language);
  if (to.word_count == 0) {
    to.words = nullptr, to.word_stride = sizeof(ear_word);
    return;
  }
  ear_word* words = arena.array<ear_word>(to.word_count);
  std::uint32_t kept = 0;  // a word that is not in the text is none
  for (std::uint32_t i = 0; i < to.word_count; ++i) {
    const ear_word& word = at_stride(from.words, from.word_stride, i);
    if (word.begin <= word.end && word.end <= to.text.len) words[kept++] = word;
  }
  to.words = kept != 0 ? words : nullptr, to.word_count = kept, to.word_stride = sizeof(ear_word);
}

void copy_author(ear_author& to, const ear_author& from, Arena& arena) {
  copy_struct(to, from);
  for (ear_str* text : {&to.id, &to.handle, &to.name, &to.url, &to.bio, &to.place}) *text = arena.keep(*text);
}

void copy_media(ear_media& to, const ear_media& from, Arena& arena) {
  copy_struct(to, from);
  for (ear_str* text : {&to.url, &to.path, &to.type, &to.alt}) *text = arena.keep(*text);
}

void copy_finding(ear_finding& to, const ear_finding& from, Arena& arena) {
  copy_struct(to, from);
  for (ear_str* text : {&to.kind, &to.subject, &to.value, &to.reason}) *text = arena.keep(*text);
  to.attributes = copy_values(to.attributes, to.attribute_count, arena);
}

void copy_alert(ear_alert& to, const ear_alert& from, Arena& arena) {
  copy_struct(to, from);
  for (ear_str* text : {&to.kind, &to.subject, &to.summary}) *text = arena.keep(*text);
  to.attributes = copy_values(to.attributes, to.attribute_count, arena);
  ear_evidence* evidence = arena.array<ear_evidence>(to.evidence_count);
  for (std::uint32_t i = 0; i < to.evidence_count; ++i) {
    copy_struct(evidence[i], at_stride(from.evidence, from.evidence_stride, i));
    for (ear_str* text :
         {&evidence[i].platform, &evidence[i].id, &evidence[i].url, &evidence[i].author, &evidence[i].text})
      *text = arena.keep(*text);
  }
  to.evidence = evidence;
  to.evidence_stride = sizeof(ear_evidence);
}

void copy_post(ear_post& to, ear_author& author, const ear_post& from, Arena& arena) {
  copy_struct(to, from);
  for (ear_str* text :
       {&to.platform, &to.id, &to.kind, &to.url, &to.language, &to.country, &to.parent, &to.repost_of, &to.raw})
    *text = arena.keep(*text);
  if (to.author != nullptr) {
    copy_author(author, *to.author, arena);
    to.author = &author;
  }
  ear_segment* segments = arena.array<ear_segment>(to.segment_count);
  for (std::uint32_t i = 0; i < to.segment_count; ++i) {
    copy_segment(segments[i], at_stride(from.segments, from.segment_stride, i), arena);
    segments[i].number = i;
    segments[i].detector = {};  // nobody has read anything in it yet
  }
  ear_media* media = arena.array<ear_media>(to.media_count);
  for (std::uint32_t i = 0; i < to.media_count; ++i) {
    copy_media(media[i], at_stride(from.media, from.media_stride, i), arena);
    media[i].number = i;
  }
  to.segments = segments, to.segment_stride = sizeof(ear_segment);
  to.media = media, to.media_stride = sizeof(ear_media);
  to.findings = nullptr, to.finding_count = 0, to.finding_stride = sizeof(ear_finding);
  to.attributes = copy_values(to.attributes, to.attribute_count, arena);
}

void copy_stored_post(ear_post& to, ear_author& author, const ear_post& from, Arena& arena) {
  copy_post(to, author, from, arena);
  to.source = arena.keep(from.source);
  for (std::uint32_t i = 0; i < to.segment_count; ++i)
    const_cast<ear_segment&>(to.segments[i]).detector =
        arena.keep(at_stride(from.segments, from.segment_stride, i).detector);
  ear_finding* findings = arena.array<ear_finding>(from.finding_count);
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < from.finding_count; ++i) {
    ear_finding& finding = findings[kept];
    copy_struct(finding, at_stride(from.findings, from.finding_stride, i));
    const bool is_there =
        finding.segment == EAR_NONE || (finding.segment < to.segment_count && finding.begin <= finding.end &&
                                        finding.end <= to.segments[finding.segment].text.len);
    if (!is_there || !std::isfinite(finding.score)) continue;
    copy_finding(finding, at_stride(from.findings, from.finding_stride, i), arena);
    finding.detector = arena.keep(finding.detector);
    ++kept;
  }
  to.findings = findings, to.finding_count = kept;
}

}  // namespace earshot::host
