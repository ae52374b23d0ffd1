#include <algorithm>

#include "query/glob.hpp"
#include "query/links.hpp"
#include "query/search.hpp"

namespace earshot::query {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

class FieldSearch {
 public:
  FieldSearch(const Part& part, Document& document) : term_(part.field), scope_(*part.scope), document_(document) {}

  bool holds() {
    const Post post = document_.post();
    const ear_post& raw = post.raw();
    const ear_author* author = raw.author;
    switch (term_.field) {
      case Field::author:
        return author != nullptr && (same(view(author->handle)) || same(view(author->id)) || same(view(author->name)));
      case Field::site:
        return is_on_site(post.url(), term_.value);
      case Field::url:
        return contains(lower(post.url()), term_.value);
      case Field::link:
        return has_link(post, term_.value);
      case Field::language:
        return same_language(view(raw.language)) ||
               any([&](const FoundBefore& f) { return f.kind() == "language" && same_language(f.value()); });
      case Field::platform:
        return same(post.platform());
      case Field::kind:
        return same(post.kind());
      case Field::country:
        return same(view(raw.country)) ||
               any([&](const FoundBefore& f) { return f.kind() == "place" && same(f.value()); });
      case Field::source:
        return same(post.source());
      case Field::id:
        return matches(post.id());
      case Field::parent:
        return matches(view(raw.parent));
      case Field::has:
        return has(post);
      case Field::finding:
      case Field::logo:
      case Field::subject:
      case Field::detector:
      case Field::score:
        return found();
      case Field::published:
        return within(raw.published);
      case Field::collected:
        return within(raw.collected);
      default:
        return known_in_range(count(raw));
    }
  }

  template <class Use>
  void each_finding(Use&& use) {
    for (const FoundBefore f : document_.post().findings())
      if (says(f)) use(f);
  }

 private:
  template <class Test>
  bool any(Test&& test) {
    const auto findings = document_.post().findings();
    return std::any_of(findings.begin(), findings.end(), test);
  }

  // What nobody knows equals nothing.
  bool same(std::string_view text) { return same(text, term_.value); }
  bool same(std::string_view text, std::string_view wanted) {
    if (text.empty()) return false;
    if (!is_pattern(wanted) && text.size() != wanted.size() && is_ascii(text)) return false;
    const std::string_view folded = document_.folded(text);
    return is_pattern(wanted) ? folded.size() <= 1000 && fits(folded, wanted) : folded == wanted;
  }
  bool matches(std::string_view text) const {
    if (text.empty()) return false;
    return is_pattern(term_.value) ? text.size() <= 1024 && fits(text, term_.value) : text == term_.value;
  }
  // "de" is also "de-AT".
  bool same_language(std::string_view tag) {
    if (same(tag)) return true;
    const std::size_t part = tag.find_first_of("-_");
    return part != tag.npos && part == term_.value.size() && same(tag.substr(0, part));
  }
  bool within(ear_time time) const {
    return time != EAR_TIME_NONE && time >= term_.times.from && time <= term_.times.to;
  }
  bool known_in_range(std::int64_t number) const {
    return number >= 0 && term_.range.holds(static_cast<double>(number));
  }

  std::int64_t count(const ear_post& raw) const {
    const ear_author* author = raw.author;
    switch (term_.field) {
      case Field::likes:
        return raw.likes;
      case Field::reposts:
        return raw.reposts;
      case Field::replies:
        return raw.replies;
      case Field::views:
        return raw.views;
      case Field::followers:
        return author == nullptr ? -1 : author->followers;
      case Field::following:
        return author == nullptr ? -1 : author->following;
      default:
        return author == nullptr ? -1 : author->posts;
    }
  }

  bool has(const Post& post) {
    const ear_post& raw = post.raw();
    const std::string_view what = term_.value;
    const auto kind = [&](std::uint32_t media_kind) {
      const auto media = post.media();
      return std::any_of(media.begin(), media.end(), [&](const Media& m) { return m.kind() == media_kind; });
    };
    const auto text = [&](std::uint32_t origins) {
      const auto segments = post.segments();
      return std::any_of(segments.begin(), segments.end(), [&](const Segment& s) {
        return s.origin() < 32 && (origins >> s.origin() & 1) != 0 && !s.text().empty();
      });
    };
    const ear_author* author = raw.author;
    if (what == "media") return !post.media().empty() || found();
    if (what == "image") return kind(EAR_MEDIA_IMAGE) || found();
    if (what == "audio") return kind(EAR_MEDIA_AUDIO) || found();
    if (what == "video") return kind(EAR_MEDIA_VIDEO) || found();
    if (what == "url") return !post.url().empty() || found();
    if (what == "link") return has_link(post, "") || found();
    if (what == "author") return author != nullptr || found();
    if (what == "parent" || what == "reply") return raw.parent.len > 0 || found();
    if (what == "repost") return raw.repost_of.len > 0 || found();
    if (what == "country") return raw.country.len > 0 || found();
    if (what == "language" || what == "lang") return raw.language.len > 0 || found();
    if (what == "text") return text(~0u);
    if (what == "spoken") return text(origins_of(Field::spoken));
    for (const Field field : {Field::title, Field::body, Field::quote, Field::alt, Field::caption})
      if (field_named(what).field == field) return text(origins_of(field));
    if (what == "published") return raw.published != EAR_TIME_NONE;
    if (what == "followers") return author != nullptr && author->followers >= 0;
    if (what == "following") return author != nullptr && author->following >= 0;
    if (what == "likes") return raw.likes >= 0;
    if (what == "reposts") return raw.reposts >= 0;
    if (what == "replies") return raw.replies >= 0;
    if (what == "views") return raw.views >= 0;
    return found();
  }

  // spam:false is no such finding.
  bool found() {
    const bool negated = term_.field == Field::finding && term_.value == "false";
    return any([&](const FoundBefore& f) { return says(f); }) != negated;
  }

  bool in_scope(const FoundBefore& f) {
    const auto is_one_of = [&](std::string_view text, const std::vector<std::string>& wanted) {
      return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](auto& w) { return same(text, w); });
    };
    return (f.subject().empty() || is_one_of(f.subject(), scope_.subjects)) &&
           is_one_of(f.detector(), scope_.detectors) && (!scope_.has_score || scope_.score.holds(f.score()));
  }

  bool says(const FoundBefore& f) {
    switch (term_.field) {
      case Field::has:
        return same(f.kind()) && in_scope(f);
      case Field::finding:
        return same(f.kind(), term_.kind) && in_scope(f) && has_value(f);
      case Field::subject:
        return (term_.kind.empty() || f.kind() == term_.kind) && same(f.subject()) && in_scope(f);
      case Field::logo:  // a mention that is in a picture and in no text
        return (f.kind() == "logo" ||
                (f.kind() == "mention" && f.raw().media != EAR_NONE && f.segment() == EAR_NONE)) &&
               (same(f.subject()) || (f.subject().empty() && same(f.value()))) && has_score(f);
      case Field::detector:
        return same(f.detector()) && in_scope(f);
      default:
        return term_.range.holds(f.score());
    }
  }
  bool has_score(const FoundBefore& f) const { return !scope_.has_score || scope_.score.holds(f.score()); }

  bool has_value(const FoundBefore& f) {
    if (term_.value == "true" || term_.value == "false") {
      const bool denied = same(f.value(), "false") || same(f.value(), "no") || same(f.value(), "ham");
      if (denied) return false;
      return same(f.value(), "true") || scope_.has_score || f.score() >= 0.5;
    }
    if (term_.value == "*") return true;
    const bool named = same(f.value()) || (term_.kind == "topic" && same(attribute(f, "label"))) ||
                       (term_.kind == "entity" && same(attribute(f, "type")));
    return named && (term_.attribute.empty() || same(attribute(f, "sentiment"), term_.attribute));
  }

  static std::string_view attribute(const FoundBefore& f, std::string_view name) {
    for (const Value value : attributes(f.raw().attributes, f.raw().attribute_count))
      if (value.key() == name) return value.text();
    return {};
  }

  const FieldTerm& term_;
  const Scope& scope_;
  Document& document_;
};

// The words that a finding stands in.
void place_in_text(const FoundBefore& f, Document& document, Hit& hit) {
  const std::vector<Passage>& passages = document.passages();
  const auto passage = std::find_if(passages.begin(), passages.end(), [&](auto& p) { return p.number == f.segment(); });
  if (passage == passages.end()) return;
  hit.media = passage->media, hit.start = passage->start, hit.stop = passage->end;
  if (f.begin() >= f.end()) return;  // the whole segment: near no word of it more than another
  hit.passage = static_cast<std::uint32_t>(passage - passages.begin());
  const auto size = static_cast<std::uint32_t>(passage->text.size());
  hit.begin = std::min(f.begin(), size);
  hit.end = std::clamp(f.end(), hit.begin, size);
  const auto from = document.tokens().begin() + passage->first, to = document.tokens().begin() + passage->last;
  const auto first = std::partition_point(from, to, [&](const Token& t) { return t.end <= hit.begin; });
  const auto behind = std::partition_point(first, to, [&](const Token& t) { return t.begin < hit.end; });
  hit.first = static_cast<std::uint32_t>(first - document.tokens().begin());
  hit.last = hit.first + static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(behind - first, 1)) - 1;
}

}  // namespace

bool field_holds(const Part& part, Document& document) {
  return FieldSearch(part, document).holds();
}

void find_findings(const Part& part, Document& document, Hits& to) {
  if (!is_finding(part.field.field)) return;
  FieldSearch(part, document).each_finding([&](const FoundBefore& f) {
    if (to.size() >= kMostHits) return;
    Hit hit;
    if (f.segment() != EAR_NONE) place_in_text(f, document, hit);
    if (f.raw().media != EAR_NONE) hit.media = f.raw().media;
    if (f.raw().start != 0 || f.raw().stop != 0) hit.start = f.raw().start, hit.stop = f.raw().stop;
    if (hit.passage != kNone || hit.media != kNone) to.push_back(hit);
  });
}

}  // namespace earshot::query
