#include "query/query.hpp"

#include <algorithm>
#include <string>

#include "text/words.hpp"

namespace earshot::query {
namespace {

bool same(std::string_view text, std::string_view lower_value) {
  return std::equal(text.begin(), text.end(), lower_value.begin(), lower_value.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a | 0x20) : a) == b; });
}

// "de" is also "de-AT".
bool same_language(std::string_view tag, std::string_view value) {
  if (tag.size() > value.size() && (tag[value.size()] == '-' || tag[value.size()] == '_'))
    tag = tag.substr(0, value.size());
  return same(tag, value);
}

bool in_range(const Node& node, double number) {
  return (node.from_open ? number > node.from : number >= node.from) &&
         (node.to_open ? number < node.to : number <= node.to);
}
// -1 says that nobody knows, and what nobody knows is in no range.
bool known_in_range(const Node& node, std::int64_t number) {
  return number >= 0 && in_range(node, static_cast<double>(number));
}

template <class Test>
bool any_finding(const Post& post, Test&& test) {
  const auto findings = post.findings();
  return std::any_of(findings.begin(), findings.end(), test);
}

bool has(const Post& post, std::string_view what) {
  const auto kind = [&](std::uint32_t media_kind) {
    const auto media = post.media();
    return std::any_of(media.begin(), media.end(), [&](const Media& m) { return m.kind() == media_kind; });
  };
  if (what == "media" && !post.media().empty()) return true;
  if (what == "image" && kind(EAR_MEDIA_IMAGE)) return true;
  if (what == "audio" && kind(EAR_MEDIA_AUDIO)) return true;
  if (what == "video" && kind(EAR_MEDIA_VIDEO)) return true;
  if (what == "url" && !post.url().empty()) return true;
  if (what == "author" && post.raw().author != nullptr) return true;
  return any_finding(post, [&](const FoundBefore& f) { return same(f.kind(), what); });
}

// spam:true is a finding of that kind which says so, or which says nothing else and is rather sure.
bool found(const Post& post, const Node& node) {
  const auto says_true = [&](const FoundBefore& f) {
    return same(f.kind(), node.name) && (same(f.value(), "true") || (f.value().empty() && f.score() >= 0.5));
  };
  if (node.value == "true") return any_finding(post, says_true);
  if (node.value == "false") return !any_finding(post, says_true);
  return any_finding(post,
                     [&](const FoundBefore& f) { return same(f.kind(), node.name) && same(f.value(), node.value); });
}

bool is_author(const Post& post, std::string_view value) {
  const ear_author* author = post.raw().author;
  return author != nullptr &&
         (same(view(author->handle), value) || same(view(author->id), value) || same(view(author->name), value));
}

bool is_language(const Post& post, std::string_view value) {
  return same_language(view(post.raw().language), value) || any_finding(post, [&](const FoundBefore& f) {
           return f.kind() == "language" && same_language(f.value(), value);
         });
}

void fold_words(Node& node, const text::Folder& folder) {
  for (Node& child : node.children) fold_words(child, folder);
  if (node.type == Node::Type::term && node.field == Field::text) node.value = folder.fold(node.value);
}

}  // namespace

Query::Query(std::string_view text) : folder_(std::make_unique<text::Folder>()), root_(parse(text)) {
  fold_words(root_, *folder_);
}

bool Query::match(const Post& post, Scratch& scratch) const {
  scratch.is_folded = false;
  return match(root_, post, scratch);
}

bool Query::match(const Node& node, const Post& post, Scratch& scratch) const {
  const auto matches = [&](const Node& child) { return match(child, post, scratch); };
  switch (node.type) {
    case Node::Type::all:
      return std::all_of(node.children.begin(), node.children.end(), matches);
    case Node::Type::any:
      return std::any_of(node.children.begin(), node.children.end(), matches);
    case Node::Type::none_of:
      return !matches(node.children.front());
    case Node::Type::term:
      break;
  }
  return match_term(node, post, scratch);
}

bool Query::match_term(const Node& node, const Post& post, Scratch& scratch) const {
  const ear_post& raw = post.raw();
  const auto about_author = [&](std::int64_t ear_author::*count) {
    return raw.author != nullptr && known_in_range(node, raw.author->*count);
  };
  switch (node.field) {
    case Field::text:
      return match_text(node, post, scratch);
    case Field::has:
      return has(post, node.value);
    case Field::finding:
      return found(post, node);
    case Field::subject:
      return any_finding(post, [&](const FoundBefore& f) { return same(f.subject(), node.value); });
    case Field::detector:
      return any_finding(post, [&](const FoundBefore& f) { return same(f.detector(), node.value); });
    case Field::kind:
      return same(post.kind(), node.value);
    case Field::platform:
      return same(post.platform(), node.value);
    case Field::author:
      return is_author(post, node.value);
    case Field::language:
      return is_language(post, node.value);
    case Field::country:
      return same(view(raw.country), node.value);
    case Field::source:
      return same(post.source(), node.value);
    case Field::id:
      return post.id() == node.value;
    case Field::parent:
      return view(raw.parent) == node.value;
    case Field::score:
      return any_finding(post, [&](const FoundBefore& f) { return in_range(node, f.score()); });
    case Field::followers:
      return about_author(&ear_author::followers);
    case Field::following:
      return about_author(&ear_author::following);
    case Field::likes:
      return known_in_range(node, raw.likes);
    case Field::reposts:
      return known_in_range(node, raw.reposts);
    case Field::replies:
      return known_in_range(node, raw.replies);
    case Field::views:
      return known_in_range(node, raw.views);
  }
  return false;
}

bool Query::match_text(const Node& node, const Post& post, Scratch& scratch) const {
  if (node.value.empty()) return false;  // nothing but what folding drops
  if (!scratch.is_folded) {
    scratch.texts.clear();
    for (const Segment segment : post.segments()) folder_->append(scratch.texts, segment.text());
    scratch.is_folded = true;
  }
  for (std::size_t i = 0; i < scratch.texts.size(); ++i) {
    const text::Range place = scratch.texts.place(i);
    const std::string_view folded = scratch.texts.bytes().substr(place.begin, place.end - place.begin);
    for (std::size_t at = folded.find(node.value); at != folded.npos; at = folded.find(node.value, at + 1)) {
      const bool ends = node.is_prefix || text::ends_word(folded, at + node.value.size());
      if (ends && text::begins_word(folded, at)) return true;
    }
  }
  return false;
}

}  // namespace earshot::query
