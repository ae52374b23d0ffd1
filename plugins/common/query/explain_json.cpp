#include <cstdio>

#include "query/explain.hpp"

namespace earshot::query {
namespace {

void append_string(std::string& to, std::string_view text) {
  to += '"';
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    char escape[8];
    if (c == '"' || c == '\\') {
      (to += '\\') += c;
    } else if (u < 0x20) {
      std::snprintf(escape, sizeof escape, "\\u%04x", u);
      to += escape;
    } else {
      to += c;
    }
  }
  to += '"';
}

void append_number(std::string& to, std::string_view name, std::uint64_t number) {
  to.append(",\"").append(name).append("\":").append(std::to_string(number));
}

void append_seconds(std::string& to, std::string_view name, std::int64_t nanoseconds) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(nanoseconds) / 1e9);
  to.append(",\"").append(name).append("\":").append(text);
}

void append(std::string& to, const ExplainedPlace& place, const Post& post) {
  std::string fields;
  for (const Segment segment : post.segments()) {
    if (place.segment != segment.number()) continue;
    append_number(fields, "segment", place.segment);
    append_number(fields, "begin", place.begin);
    append_number(fields, "end", place.end);
    append_string(fields += ",\"text\":", segment.text().substr(place.begin, place.end - place.begin));
  }
  if (place.media != EAR_NONE) append_number(fields, "media", place.media);
  if (place.start != 0 || place.stop != 0)
    append_seconds(fields, "start", place.start), append_seconds(fields, "stop", place.stop);
  to += '{';
  to.append(fields, fields.empty() ? 0 : 1);
  to += '}';
}

void append(std::string& to, const Explained& part, const Post& post) {
  to.append("{\"held\":").append(part.held ? "true" : "false").append(",\"query\":");
  append_string(to, part.source);
  if (!part.note.empty()) append_string(to += ",\"note\":", part.note);
  if (!part.places.empty()) {
    to += ",\"places\":[";
    for (std::size_t i = 0; i < part.places.size(); ++i) append(i == 0 ? to : to += ',', part.places[i], post);
    to += ']';
  }
  if (!part.children.empty()) {
    to += ",\"parts\":[";
    for (std::size_t i = 0; i < part.children.size(); ++i) append(i == 0 ? to : to += ',', part.children[i], post);
    to += ']';
  }
  to += '}';
}

}  // namespace

std::string as_json(const Explained& root, const Post& post) {
  std::string out;
  append(out, root, post);
  return out;
}

}  // namespace earshot::query
