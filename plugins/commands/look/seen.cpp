#include "seen.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <earshot/error.hpp>

namespace earshot::look {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& from, std::string_view name) {
  const json::value* v = from.if_contains(name);
  if (v == nullptr) return {};
  if (v->is_string()) return std::string(v->get_string());
  if (v->is_number()) return fmt::format("{:g}", v->to_number<double>());
  return {};
}

double number(const json::object& from, std::string_view name) {
  const json::value* v = from.if_contains(name);
  return v != nullptr && v->is_number() ? v->to_number<double>() : 0;
}

Place place_of(const json::object& from, std::string_view stop) {
  Place place{number(from, "start"), number(from, stop), {}};
  if (const json::value* box = from.if_contains("box");
      box != nullptr && box->is_array() && box->get_array().size() == 8)
    for (const json::value& corner : box->get_array())
      place.box.push_back(corner.is_number() ? corner.to_number<double>() : 0);
  return place;
}

const char* how_of(std::string_view origin) {
  if (origin == "image") return "lettering";
  if (origin == "speech") return "speech";
  if (origin == "caption") return "captions";
  return "text";
}

Mention mention_of(const json::object& finding, const std::vector<json::object>& segments) {
  Mention out{text_of(finding, "subject"), "", text_of(finding, "text"), text_of(finding, "reason"),
              number(finding, "score"),    "", place_of(finding, "stop")};
  if (const json::value* more = finding.if_contains("attributes"); more != nullptr && more->is_object())
    out.how = text_of(more->get_object(), "how"), out.share = text_of(more->get_object(), "share");
  const auto segment = static_cast<std::size_t>(number(finding, "segment"));
  if (finding.contains("segment") && segment < segments.size()) {
    if (out.how.empty()) out.how = how_of(text_of(segments[segment], "origin"));
    if (out.place.stop == 0 && out.place.box.empty()) out.place = place_of(segments[segment], "end");
  }
  return out;
}

}  // namespace

SeenLine read_line(std::string_view line) {
  json::error_code error;
  const json::value value = json::parse({line.data(), line.size()}, error);
  if (error || !value.is_object()) throw invalid("the run wrote a line that is no JSON");
  const json::object& post = value.get_object();
  SeenLine out;
  const std::string id = text_of(post, "id");
  if (std::from_chars(id.data(), id.data() + id.size(), out.file).ec != std::errc{})
    throw invalid("the run wrote a post that was not asked for");
  std::vector<json::object> segments;
  if (const json::value* all = post.if_contains("segments"); all != nullptr && all->is_array())
    for (const json::value& one : all->get_array())
      if (one.is_object()) segments.push_back(one.get_object());
  for (const json::object& s : segments)
    out.seen.texts.push_back({how_of(text_of(s, "origin")), text_of(s, "text"), place_of(s, "end")});
  const json::value* findings = post.if_contains("findings");
  if (findings == nullptr || !findings->is_array()) return out;
  for (const json::value& one : findings->get_array()) {
    if (!one.is_object()) continue;
    const json::object& f = one.get_object();
    const std::string kind = text_of(f, "kind");
    if (kind == "mention")
      out.seen.mentions.push_back(mention_of(f, segments));
    else if (kind == "unreadable")
      out.seen.unreadable = text_of(f, "reason");
    else
      out.seen.other.push_back(fmt::format("{} {} {}", kind, text_of(f, "subject"), text_of(f, "value")));
  }
  return out;
}

}  // namespace earshot::look
