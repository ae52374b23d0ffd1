#include "query/explain.hpp"

#include <algorithm>
#include <utility>

namespace earshot::query {
namespace {

std::string known(std::string_view name, std::string_view value) {
  return std::string(name) + ": " + (value.empty() ? "not known" : std::string(value.substr(0, 200)));
}
std::string known(std::string_view name, std::int64_t number) {
  return known(name, number < 0 ? std::string() : std::to_string(number));
}

// What the post says where a field asks, so that a "no" can be understood.
std::string note_of(const Part& part, const Post& post) {
  const ear_post& raw = post.raw();
  const ear_author* author = raw.author;
  const auto of_author = [&](auto ear_author::*field) {
    return author == nullptr ? decltype(author->*field){} : author->*field;
  };
  const auto count = [&](std::int64_t ear_author::*field) {
    return author == nullptr ? std::int64_t{-1} : author->*field;
  };
  switch (part.field.field) {
    case Field::author:
      return known("author", view(of_author(&ear_author::handle)));
    case Field::site:
    case Field::url:
      return known("url", post.url());
    case Field::language:
      return known("language declared", view(raw.language));
    case Field::platform:
      return known("platform", post.platform());
    case Field::kind:
      return known("kind", post.kind());
    case Field::country:
      return known("country declared", view(raw.country));
    case Field::source:
      return known("source", post.source());
    case Field::followers:
      return known("followers", count(&ear_author::followers));
    case Field::following:
      return known("following", count(&ear_author::following));
    case Field::posts:
      return known("posts", count(&ear_author::posts));
    case Field::likes:
      return known("likes", raw.likes);
    case Field::reposts:
      return known("reposts", raw.reposts);
    case Field::replies:
      return known("replies", raw.replies);
    case Field::views:
      return known("views", raw.views);
    default:
      return {};
  }
}

class Explainer {
 public:
  Explainer(const Query& query, Evaluator& evaluator) : query_(query), evaluator_(evaluator) {}

  Explained part(const Part& part) {
    Explained made;
    made.source = std::string_view(query_.text()).substr(part.begin, part.end - part.begin);
    made.held = evaluator_.holds(part);
    if (part.type == Part::Type::said) made.note = "said of the terms beside it";
    if (part.type == Part::Type::field) made.note = note_of(part, evaluator_.document().post());
    if (made.held) places(part, made);
    for (const Part& child : part.children) {
      if (made.children.size() == kMostParts) {
        made.note = std::to_string(part.children.size()) + " parts, of which the first are shown";
        break;
      }
      made.children.push_back(this->part(child));
    }
    return made;
  }

 private:
  void places(const Part& part, Explained& to) {
    if (part.type != Part::Type::text && part.type != Part::Type::field && part.type != Part::Type::near) return;
    Hits hits;
    evaluator_.places(part, hits);
    const std::vector<Passage>& passages = evaluator_.document().passages();
    for (const Hit& hit : hits) {
      if (to.places.size() == kMostPlaces) return;
      const std::uint32_t segment = hit.passage == kNone ? EAR_NONE : passages[hit.passage].number;
      to.places.push_back({segment, hit.begin, hit.end, hit.media, hit.start, hit.stop});
    }
  }

  const Query& query_;
  Evaluator& evaluator_;
};

}  // namespace

Explained explain(const Query& query, Evaluator& evaluator) {
  return Explainer(query, evaluator).part(query.root());
}

std::string_view origin_text(std::uint32_t origin) {
  static constexpr std::string_view kTexts[] = {"title",    "body",   "quote",    "alternative text",
                                                "an image", "speech", "subtitles"};
  return origin < std::size(kTexts) ? kTexts[origin] : "text";
}

}  // namespace earshot::query
