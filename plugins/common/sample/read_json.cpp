#include <simdjson.h>

#include <deque>
#include <memory>

#include "earshot/error.hpp"
#include "post/reader.hpp"
#include "sample/post_copy.hpp"

namespace earshot::sample {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

std::string_view text_of(const object& from, std::string_view key) {
  std::string_view text;
  return from[key].get(text) == simdjson::SUCCESS ? text : std::string_view{};
}
double number_of(const object& from, std::string_view key, double otherwise) {
  double number = 0;
  return from[key].get(number) == simdjson::SUCCESS ? number : otherwise;
}
std::uint32_t index_of(const object& from, std::string_view key, std::uint32_t otherwise) {
  const double number = number_of(from, key, -1);
  return number >= 0 && number < 4e9 ? static_cast<std::uint32_t>(number) : otherwise;
}

std::vector<PostCopy::Attribute> texts_of(const object& attributes) {
  std::vector<PostCopy::Attribute> texts;
  for (const auto& [key, value] : attributes)
    if (value.is_string()) texts.emplace_back(key, value.get_string().value_unsafe());
  return texts;
}

void add(const object& from, PostCopy& to) {
  constexpr double kSecond = 1e9;
  ear_finding finding = make_finding(0, text_of(from, "kind"), text_of(from, "subject"), number_of(from, "score", 1));
  finding.value = str(text_of(from, "value")), finding.reason = str(text_of(from, "reason"));
  finding.detector = str(text_of(from, "detector"));
  finding.segment = index_of(from, "segment", EAR_NONE), finding.media = index_of(from, "media", EAR_NONE);
  finding.begin = index_of(from, "begin", 0), finding.end = index_of(from, "end", 0);
  finding.start = static_cast<std::int64_t>(number_of(from, "start", 0) * kSecond);
  finding.stop = static_cast<std::int64_t>(number_of(from, "stop", 0) * kSecond);
  object attributes;
  const bool any = from["attributes"].get(attributes) == simdjson::SUCCESS;
  to.add_finding(finding, any ? texts_of(attributes) : std::vector<PostCopy::Attribute>{});
}

}  // namespace

void add_finding(PostCopy& to, const ear_finding& finding, std::string_view attributes_json) {
  simdjson::dom::parser parser;
  element root;
  object attributes;
  const bool any = !attributes_json.empty() &&
                   parser.parse(attributes_json.data(), attributes_json.size()).get(root) == simdjson::SUCCESS &&
                   root.get(attributes) == simdjson::SUCCESS;
  to.add_finding(finding, any ? texts_of(attributes) : std::vector<PostCopy::Attribute>{});
}

PostCopy read_json(std::string_view json) {
  while (!json.empty() && static_cast<unsigned char>(json.back()) <= ' ') json.remove_suffix(1);
  std::string line(json);
  line.append(1, '\n').append(post::kPadding, '\0');
  std::deque<std::unique_ptr<char[]>> blocks;
  post::Memory memory(
      [](void* ctx, std::size_t size) {
        return static_cast<decltype(blocks)*>(ctx)->emplace_back(std::make_unique<char[]>(size)).get();
      },
      &blocks);
  post::Reader reader;
  const std::string_view text(line.data(), json.size());
  reader.block(text);
  const ear_post* read = reader.read(text, memory);
  if (read == nullptr) throw invalid("this is no post: " + reader.fault().text());
  PostCopy copy;
  copy.take(*read);
  simdjson::dom::parser parser;
  element root;
  simdjson::dom::array findings;
  if (parser.parse(json.data(), json.size()).get(root) == simdjson::SUCCESS &&
      root["findings"].get(findings) == simdjson::SUCCESS)
    for (const element finding : findings)
      if (object fields; finding.get(fields) == simdjson::SUCCESS) add(fields, copy);
  std::string_view source;
  if (root["source"].get(source) == simdjson::SUCCESS) copy.fields().source = copy.keep(source);
  return copy;
}

}  // namespace earshot::sample
