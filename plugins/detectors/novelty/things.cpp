#include "novelty/things.hpp"

#include <algorithm>

#include "explain/values.hpp"
#include "model/hash.hpp"

namespace earshot::novelty {
namespace {

constexpr std::size_t kMostBytes = 4096;  // of one text
constexpr std::size_t kMostThings = 400, kMostKept = 64, kLongest = 120;
constexpr std::size_t kWords = 2;  // of a phrase

std::string folded(std::string_view name) {
  std::string all(name.substr(0, kLongest));
  for (char& c : all)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return all;
}

std::string_view label_of(const FoundBefore& finding) {
  for (const Value attribute : attributes(finding.raw().attributes, finding.raw().attribute_count))
    if (attribute.key() == "label") return attribute.text();
  return {};
}

}  // namespace

const std::vector<Thing>& Things::read(const Post& post, const Wanted& wanted) {
  things_.clear(), kept_.clear();
  kept_.reserve(kMostKept);
  read_texts(post, wanted);
  read_findings(post, wanted);
  read_author(post, wanted);
  std::sort(things_.begin(), things_.end(), [](const Thing& a, const Thing& b) { return a.hash < b.hash; });
  things_.erase(std::unique(things_.begin(), things_.end(),
                            [](const Thing& a, const Thing& b) { return a.hash == b.hash && a.subject == b.subject; }),
                things_.end());
  return things_;
}

// Names that are watched are no phrases.
void Things::read_texts(const Post& post, const Wanted& wanted) {
  const auto wants = [&](Kind kind) { return (wanted.kinds >> static_cast<unsigned>(kind) & 1) != 0; };
  phrases_.clear(), segments_.clear();
  for (const Segment s : post.segments()) {
    if (s.text().empty() || s.origin() == EAR_QUOTE) continue;
    phrases_.read(s.text(), kMostBytes);
    segments_.push_back(s.number());
    if (wants(Kind::link)) read_links(s.text().substr(0, kMostBytes));
  }
  struct Name {
    std::uint32_t segment, begin, end;
  };
  std::vector<Name> names;
  for (const FoundBefore f : post.findings())
    if (f.kind() == "mention" && f.end() > f.begin()) names.push_back({f.segment(), f.begin(), f.end()});
  found_ = &phrases_.all(kWords, [&](std::uint32_t text, std::uint32_t begin, std::uint32_t end) {
    return std::any_of(names.begin(), names.end(), [&](const Name& name) {
      return name.segment == segments_[text] && begin < name.end && end > name.begin;
    });
  });
  content_ = 0;
  for (std::uint32_t i = 0; i < found_->size(); ++i) {
    const phrases::Phrase& phrase = (*found_)[i];
    if (phrase.words == 1) content_ = model::combine(content_ + 1, phrase.hash);
    if (things_.size() >= kMostThings) continue;
    // A hashtag is one word; only of one word it is worth asking.
    const bool tag = phrase.words == 1 && phrases_.normal(phrase).starts_with('#');
    const Kind kind = tag ? Kind::hashtag : Kind::phrase;
    if (wants(kind))
      things_.push_back({model::combine(static_cast<std::uint64_t>(kind) + 1, phrase.hash), kind, i, {}, {}, {}});
  }
}

void Things::read_links(std::string_view text) {
  for (std::size_t at = text.find("://"); at != text.npos; at = text.find("://", at + 3)) {
    std::size_t end = at + 3;
    while (end < text.size() && static_cast<unsigned char>(text[end]) > ' ' && text[end] != '"' && text[end] != '<' &&
           text[end] != '>')
      ++end;
    if (kept_.size() + 8 < kMostKept) add(Kind::link, keep(explain::link_of(text.substr(at, end - at))));
  }
}

void Things::read_findings(const Post& post, const Wanted& wanted) {
  const auto wants = [&](Kind kind) { return (wanted.kinds >> static_cast<unsigned>(kind) & 1) != 0; };
  bool language = false;
  for (const FoundBefore f : post.findings()) {
    const std::string_view kind = f.kind();
    if (kind == "mention" && wants(Kind::name)) add(Kind::name, f.subject(), {}, f.subject());
    if (kind == "entity" && wants(Kind::name) && kept_.size() + 2 < kMostKept)
      add(Kind::name, keep(folded(f.value())), f.value());
    if (kind == "place" && wants(Kind::place)) add(Kind::place, f.value());
    if (kind == "topic" && wants(Kind::topic)) add(Kind::topic, f.value(), label_of(f), f.subject());
    if (kind == "language" && f.segment() == none && wants(Kind::language))
      add(Kind::language, f.value()), language = true;
  }
  if (!language && wants(Kind::language)) add(Kind::language, view(post.raw().language));
  if (wants(Kind::place)) add(Kind::place, view(post.raw().country));
}

void Things::read_author(const Post& post, const Wanted& wanted) {
  const ear_author* author = post.raw().author;
  if ((wanted.kinds >> static_cast<unsigned>(Kind::author) & 1) == 0 || author == nullptr) return;
  if (author->followers < wanted.followers || post.author_id().empty()) return;
  const std::string_view handle = post.author_handle().empty() ? post.author_id() : post.author_handle();
  add(Kind::author, keep(std::string(post.platform()).append("/").append(post.author_id().substr(0, kLongest))),
      keep(std::string(post.platform()).append("/").append(handle.substr(0, kLongest))));
}

void Things::add(Kind kind, std::string_view text, std::string_view label, std::string_view subject) {
  if (text.empty() || things_.size() >= kMostThings + kMostKept) return;
  things_.push_back({model::combine(static_cast<std::uint64_t>(kind) + 1, model::hash(text)), kind, 0xFFFFFFFF, text,
                     label.empty() ? text : label, subject});
}

std::string Things::text(const Thing& thing) const {
  return thing.phrase != 0xFFFFFFFF ? phrases_.normal((*found_)[thing.phrase]) : std::string(thing.label);
}

}  // namespace earshot::novelty
