#include <algorithm>
#include <cstdio>

#include "query/explain.hpp"
#include "text/cells.hpp"
#include "text/marks.hpp"

namespace earshot::query {
namespace {

constexpr std::size_t kShownPlaces = 5;

std::string seconds(std::int64_t nanoseconds) {
  char text[40];
  std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(nanoseconds) / 1e9);
  return text;
}

const ear_segment* segment_of(const Post& post, std::uint32_t number) {
  const auto segments = post.segments();
  for (std::uint32_t i = 0; i < segments.size(); ++i)
    if (segments[i].number() == number) return &segments[i].raw();
  return nullptr;
}

std::string place_text(const ExplainedPlace& place, const Post& post) {
  std::string out;
  if (const ear_segment* segment = segment_of(post, place.segment); segment != nullptr) {
    const std::string_view found = view(segment->text).substr(place.begin, place.end - place.begin);
    out = "\"" + text::cells(found, 60) + "\" in " + std::string(origin_text(segment->origin));
  } else {
    out = "in a medium";
  }
  if (place.start != 0 || place.stop != 0) out += " at " + seconds(place.start) + " to " + seconds(place.stop);
  return out;
}

// The part as one line.
std::string source_text(std::string_view source) {
  std::string line(source);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
  return text::cells(line, 70);
}

class Tree {
 public:
  Tree(const Post& post, bool colour) : post_(post), colour_(colour) {}

  std::string text(const Explained& root) {
    line(root, "", "");
    return std::move(out_);
  }

 private:
  void line(const Explained& part, const std::string& before, const std::string& stem) {
    const char* green = colour_ ? "\x1b[32m" : "";
    const char* red = colour_ ? "\x1b[31m" : "";
    out_ +=
        std::string("  ") + (part.held ? green : red) + (part.held ? "yes  " : "no   ") + (colour_ ? "\x1b[0m" : "");
    out_ += before + source_text(part.source);
    const bool leaf = part.children.empty();
    if (leaf || part.places.empty()) note(part);
    if (leaf) places(part);
    out_ += '\n';
    for (std::size_t i = 0; i < part.children.size(); ++i) {
      const bool last = i + 1 == part.children.size();
      line(part.children[i], stem + (last ? "└ " : "├ "), stem + (last ? "  " : "│ "));
    }
  }
  void note(const Explained& part) {
    if (!part.note.empty()) out_ += "    (" + text::cells(part.note, 100) + ")";
  }
  void places(const Explained& part) {
    for (std::size_t i = 0; i < part.places.size() && i < kShownPlaces; ++i)
      out_ += (i == 0 ? "    " : ", ") + place_text(part.places[i], post_);
    if (part.places.size() > kShownPlaces)
      out_ += ", and " + std::to_string(part.places.size() - kShownPlaces) + " more";
  }

  const Post& post_;
  bool colour_;
  std::string out_;
};

// Everything that was found, also what a NOT forbids.
void collect(const Explained& part, std::vector<ExplainedPlace>& to) {
  to.insert(to.end(), part.places.begin(), part.places.end());
  for (const Explained& child : part.children) collect(child, to);
}

}  // namespace

std::string as_text(const Explained& root, const Post& post, bool colour) {
  std::string out = root.held ? "yes: the query holds\n\n" : "no: the query does not hold\n\n";
  out += Tree(post, colour).text(root);
  std::vector<ExplainedPlace> places;
  collect(root, places);
  for (const Segment segment : post.segments()) {
    std::vector<text::Stretch> marks;
    for (const ExplainedPlace& place : places)
      if (place.segment == segment.number()) marks.push_back({place.begin, place.end});
    out += "\n" + std::string(origin_text(segment.origin())) + "\n  " +
           text::marked(segment.text().substr(0, 4000), std::move(marks), colour) + "\n";
  }
  return out;
}

}  // namespace earshot::query
