#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <earshot/error.hpp>
#include <fstream>

#include "labelled.hpp"
#include "text/cells.hpp"

namespace earshot::eval {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestLine = 16 << 20;
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

std::string shown(std::string_view text) {
  return text::cells(text, 60);
}

// One line of the file, read with its place at hand for what is wrong in it.
class LineReader {
 public:
  LineReader(std::string where, const std::set<std::string>& complete, const std::vector<std::string>& values)
      : where_(std::move(where)), complete_(complete), values_(values) {}

  [[noreturn]] void fail(std::string_view what) const { throw invalid(fmt::format("{}: {}", where_, what)); }

  json::object object(const std::string& line) const {
    json::error_code error;
    json::value value = json::parse(line, error);
    if (error) fail(fmt::format("not JSON: {}", error.message()));
    if (!value.is_object()) fail("a line must be a JSON object: a post with its `labels`");
    return std::move(value.get_object());
  }

  std::set<std::string> kinds(const json::value& list) const {
    if (!list.is_array()) fail("`labelled` must be a list of kinds, as [\"sentiment\", \"mention\"]");
    std::set<std::string> out;
    for (const json::value& kind : list.get_array()) {
      if (!kind.is_string() || kind.get_string().empty()) fail("`labelled` must be a list of kinds");
      out.emplace(kind.get_string().data(), kind.get_string().size());
    }
    return out;
  }

  // Takes `labels`, `labelled` and `group` out of the post.
  Case read(json::object& post) const {
    Case out;
    out.complete = complete_;
    if (const json::value* list = post.if_contains("labelled")) out.complete.merge(kinds(*list));
    if (const json::value* group = post.if_contains("group")) out.group = text_of(*group, "group");
    const std::vector<std::string> segments = segments_of(post);
    for (const std::string& s : segments) out.text += (out.text.empty() ? "" : "\n") + s;
    const json::value* labels = post.if_contains("labels");
    if (labels == nullptr && out.complete.empty())
      fail(
          "the post has no `labels`: give a list of {kind, subject, value}, or say in `labelled` what it is fully"
          " labelled for");
    if (labels != nullptr) {
      if (!labels->is_array()) fail("`labels` must be a list of {kind, subject, value}");
      for (const json::value& entry : labels->get_array())
        if (std::optional<Label> one = label(entry, segments)) {
          if (one->none && one->subject.empty()) out.complete.insert(one->kind);
          out.labels.push_back(std::move(*one));
        }
    }
    post.erase("labels"), post.erase("labelled"), post.erase("group");
    return out;
  }

 private:
  std::string text_of(const json::value& value, std::string_view name) const {
    if (value.is_string()) return {value.get_string().data(), value.get_string().size()};
    if (value.is_int64() || value.is_uint64()) return json::serialize(value);
    fail(fmt::format("`{}` must be a text", name));
  }
  std::string text_at(const json::object& from, std::string_view name) const {
    const json::value* value = from.if_contains(name);
    return value == nullptr || value->is_null() ? std::string{} : text_of(*value, name);
  }

  std::vector<std::string> segments_of(const json::object& post) const {
    std::vector<std::string> out;
    for (const char* name : {"title", "text"})
      if (const json::value* v = post.if_contains(name); v != nullptr && v->is_string())
        out.emplace_back(v->get_string().data(), v->get_string().size());
    if (const json::value* list = post.if_contains("segments"); list != nullptr && list->is_array())
      for (const json::value& s : list->get_array())
        if (const json::value* text = s.is_object() ? s.get_object().if_contains("text") : nullptr;
            text != nullptr && text->is_string())
          out.emplace_back(text->get_string().data(), text->get_string().size());
    return out;
  }

  std::optional<Label> label(const json::value& value, const std::vector<std::string>& segments) const {
    if (!value.is_object()) fail("a label must be an object {kind, subject, value}");
    const json::object& from = value.get_object();
    static constexpr std::string_view known[] = {"kind", "subject", "value", "type", "begin", "end", "segment", "text"};
    for (const auto& field : from)
      if (std::find(std::begin(known), std::end(known), std::string_view(field.key().data(), field.key().size())) ==
          std::end(known))
        fail(fmt::format("a label has no `{}`; it may have kind, subject, value, type, segment, begin, end, text",
                         shown({field.key().data(), field.key().size()})));
    Label out;
    out.kind = text_at(from, "kind"), out.subject = text_at(from, "subject"), out.type = text_at(from, "type");
    if (out.kind.empty()) fail("a label has no `kind`");
    const json::value* said = from.if_contains("value");
    out.none = said != nullptr && said->is_null();
    if (said != nullptr && !out.none) out.value = text_of(*said, "value");
    if (!out.value.empty() && !values_.empty() && std::find(values_.begin(), values_.end(), out.value) == values_.end())
      return std::nullopt;
    out.place = place(from, segments);
    return out;
  }

  std::uint32_t number(const json::object& from, const char* name) const {
    const json::value& v = from.at(name);
    if (!v.is_int64() || v.get_int64() < 0 || v.get_int64() > 0x7FFFFFFF)
      fail(fmt::format("`{}` of a label must be a whole number from 0 on", name));
    return static_cast<std::uint32_t>(v.get_int64());
  }

  std::optional<Place> place(const json::object& from, const std::vector<std::string>& segments) const {
    const bool bytes = from.contains("begin") || from.contains("end"), words = from.contains("text");
    if (!bytes && !words) return std::nullopt;
    Place out;
    if (from.contains("segment")) out.segment = number(from, "segment");
    if (out.segment >= segments.size())
      fail(fmt::format("a label is in segment {}, but the post has {}", out.segment, segments.size()));
    const std::string& text = segments[out.segment];
    const std::string said = text_at(from, "text");
    if (!bytes) {
      const std::size_t at = text.find(said);
      if (at == text.npos || said.empty()) fail(fmt::format("the post has no \"{}\"", shown(said)));
      out.begin = static_cast<std::uint32_t>(at), out.end = static_cast<std::uint32_t>(at + said.size());
      return out;
    }
    if (!from.contains("begin") || !from.contains("end")) fail("a label has `begin` or `end` alone");
    out.begin = number(from, "begin"), out.end = number(from, "end");
    if (out.begin >= out.end || out.end > text.size())
      fail(fmt::format("a label is at bytes {} to {}, but the text has {}", out.begin, out.end, text.size()));
    if (words && text.substr(out.begin, out.end - out.begin) != said)
      fail(fmt::format("bytes {} to {} are not \"{}\"", out.begin, out.end, shown(said)));
    return out;
  }

  std::string where_;
  const std::set<std::string>& complete_;
  const std::vector<std::string>& values_;
};

// What the post form needs and a file of labels need not say.
std::string complete_post(json::object& post, std::size_t number) {
  const auto text = [&](const char* name, std::string fallback) {
    json::value& v = post[name];
    if (v.is_null()) v = fallback;
    return v.is_string() ? std::string(v.get_string().data(), v.get_string().size()) : json::serialize(v);
  };
  const std::string platform = text("platform", "labelled");
  const std::string id = text("id", "#" + std::to_string(number));
  if (json::value& published = post["published"]; published.is_null()) published = 1'767'225'600 + number;
  return platform + '/' + id;
}

}  // namespace

Labelled read_posts(const std::vector<std::filesystem::path>& files, const std::vector<std::string>& complete,
                    const std::vector<std::string>& values) {
  Labelled out;
  std::set<std::string> for_all(complete.begin(), complete.end());
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::error_code none;
    if (!in || !std::filesystem::is_regular_file(file, none))
      throw invalid(fmt::format("cannot read '{}'", file.string()));
    if (std::filesystem::file_size(file, none) > kMostBytes)
      throw invalid(fmt::format("'{}' is larger than 1 GiB", file.string()));
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      const LineReader reader(fmt::format("{}:{}", file.string(), ++number), for_all, values);
      if (line.size() > kLongestLine || out.posts.size() > kMostBytes)
        reader.fail("a line is longer than 16 MiB, or all of them than 1 GiB");
      if (line.find_first_not_of(" \t\r") == line.npos) continue;
      json::object post = reader.object(line);
      if (post.contains("labelled") && !post.contains("text") && !post.contains("title") && !post.contains("id")) {
        for_all.merge(reader.kinds(post.at("labelled")));  // the head of a file: it holds for what follows
        continue;
      }
      Case one = reader.read(post);
      one.key = complete_post(post, out.cases.size() + 1);
      if (!out.by_key.emplace(one.key, out.cases.size()).second)
        reader.fail(fmt::format("the post {} stands there twice; give it all its labels in one line", shown(one.key)));
      out.cases.push_back(std::move(one));
      out.posts += json::serialize(post) + '\n';
    }
  }
  return out;
}

}  // namespace earshot::eval
