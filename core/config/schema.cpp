#include "config/schema.hpp"

#include <fmt/format.h>

#include "base/json_text.hpp"
#include "config/keys.hpp"
#include "config/option_value.hpp"

namespace earshot::host {
namespace {

constexpr std::string_view kId = "^[a-z0-9][a-z0-9_-]{0,63}$", kReference = R"(\$\{)";
constexpr std::string_view kDuration =
    R"(^(0|([0-9]+(\.[0-9]+)?w)?([0-9]+(\.[0-9]+)?d)?([0-9]+(\.[0-9]+)?h)?([0-9]+(\.[0-9]+)?m)?([0-9]+(\.[0-9]+)?s)?([0-9]+(\.[0-9]+)?ms)?([0-9]+(\.[0-9]+)?us)?([0-9]+ns)?)$)";
constexpr std::string_view kSize = R"(^(0|[0-9]+(\.[0-9]+)? ?(B|kB|MB|GB|TB|KiB|MiB|GiB|TiB))$)";
constexpr std::string_view kTime = R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?$)";
constexpr std::string_view kUrl = R"(^[A-Za-z][A-Za-z0-9+.-]*://[^/ ][^ ]*$)";

class SchemaWriter {
 public:
  explicit SchemaWriter(Components& components) : components_(components) {}

  std::string write() {
    json_.open('{').field("$schema", "https://json-schema.org/draft/2020-12/schema");
    json_.field("title", "Earshot pipeline").field("type", "object");
    json_.key("required").open('[').value("sources").value("sinks").close(']');
    json_.field("additionalProperties", false).key("properties").open('{');
    for (const OptionSchema& key : pipeline_keys()) property(key);
    for (const Section& section : kSections) section_property(section);
    json_.key("watchlist")
        .raw(
            R"({"description":"What to watch for; may be !include FILE","anyOf":[{"type":"array","items":{"$ref":"#/$defs/item"}},)"
            R"({"type":"object","additionalProperties":{"type":"object"}},{"type":"string"}]})");
    json_.key("tests").raw(
        R"({"description":"Posts, and what must come of them","anyOf":[{"type":"array","items":{"$ref":"#/$defs/test"}},{"type":"string"},{"type":"null"}]})");
    json_.close('}').key("$defs").open('{');
    json_.key("item").raw(
        R"({"type":"object","required":["id"],"properties":{"id":{"type":["string","integer"]},)"
        R"("names":{"anyOf":[{"type":"string"},{"type":"array"}]},"query":{"type":["string","number","boolean"]}},)"
        R"("anyOf":[{"required":["names"],"properties":{"names":{"minItems":1}}},{"required":["query"]}]})");
    json_.key("test").raw(
        R"({"type":"object","required":["name","posts"],"additionalProperties":false,"properties":{"name":{},)"
        R"("posts":{"type":"array","minItems":1,"items":{"type":"object"}},"findings":{"type":"array"},)"
        R"("alerts":{"type":"array"},"sinks":{"type":"object"},"exact":{"type":"boolean"}}})");
    for (const Section& section : kSections) kind(section);
    json_.close('}').close('}');
    return std::move(out_);
  }

 private:
  void section_property(const Section& section) {
    json_.key(section.name).open('{').key("anyOf").open('[').open('{').field("type", "object");
    json_.key("propertyNames").open('{').field("pattern", kId).close('}');
    json_.key("additionalProperties").open('{');
    json_.field("$ref", fmt::format("#/$defs/{}", kind_name(section.kind))).close('}').close('}');
    // A file that holds the section, by !include.
    json_.raw(R"({"type":"string"})");
    if (section.kind != EAR_SOURCE && section.kind != EAR_SINK) json_.raw(R"({"type":"null"})");
    json_.close(']').close('}');
  }

  void kind(const Section& section) {
    const std::string_view name = kind_name(section.kind);
    const std::vector<std::string> names = components_.names(section.kind);
    json_.key(name).open('{').field("type", "object").key("required").open('[').value("plugin");
    if (has_from(section.kind)) json_.value("from");
    json_.close(']').key("properties").open('{').key("plugin").open('{');
    json_.field("type", "string");
    if (!names.empty()) {
      json_.key("enum").open('[');
      for (const std::string& each : names) json_.value(each);
      json_.close(']');
    }
    json_.close('}').close('}');
    if (!names.empty()) {
      json_.key("allOf").open('[');
      for (const std::string& each : names) {
        json_.open('{').key("if").open('{').key("properties").open('{').key("plugin").open('{').field("const", each);
        json_.close('}').close('}').key("required").open('[').value("plugin").close(']').close('}');
        json_.key("then").open('{').field("$ref", fmt::format("#/$defs/{}.{}", name, each)).close('}').close('}');
      }
      json_.close(']');
    }
    json_.close('}');
    for (const std::string& each : names)
      if (const Found found = components_.find(section.kind, each)) component(section.kind, *found.component);
  }

  void component(std::uint32_t kind, const ComponentSchema& schema) {
    json_.key(fmt::format("{}.{}", kind_name(kind), schema.name)).open('{').field("description", schema.summary);
    json_.field("additionalProperties", false).key("required").open('[').value("plugin");
    for (const OptionSchema& option : schema.options)
      if ((option.flags & EAR_OPTION_REQUIRED) != 0) json_.value(option.name);
    json_.close(']').key("properties").open('{');
    json_.key("plugin").open('{').field("description", schema.summary).close('}');
    if (has_from(kind))
      json_.key("from").raw(
          R"({"description":"Ids of the components that it reads from","anyOf":[{"type":["string","integer"]},)"
          R"({"type":"array","minItems":1,"uniqueItems":true,"items":{"type":["string","integer"]}}]})");
    for (const OptionSchema& key : component_keys(kind)) property(key);
    for (const OptionSchema& option : schema.options) property(option);
    json_.close('}').close('}');
  }

  void property(const OptionSchema& option) {
    json_.key(option.name).open('{').field("description", option.doc);
    if ((option.flags & EAR_OPTION_DEPRECATED) != 0) json_.field("deprecated", true);
    default_of(option);
    json_.key("anyOf").open('[');
    if (option.type == EAR_LIST) {
      json_.open('{').field("type", "array");
      counts(option, "minItems", "maxItems");
      json_.key("items").open('{').key("anyOf").open('[');
      scalar(element_of(option));
      json_.close(']').close('}').close('}');
    } else if (option.type == EAR_MAP) {
      json_.open('{').field("type", "object");
      counts(option, "minProperties", "maxProperties");
      json_.key("additionalProperties").open('{').key("anyOf").open('[');
      scalar(element_of(option));
      json_.close(']').close('}').close('}');
    } else {
      scalar(option);
    }
    if ((option.flags & EAR_OPTION_REQUIRED) == 0) json_.raw(R"({"type":"null"})");
    json_.close(']').close('}');
  }

  void default_of(const OptionSchema& option) {
    std::string complaint;
    const auto value = option.fallback ? option_default(option, complaint) : std::nullopt;
    if (!value) return;
    if (option.type == EAR_INTEGER) json_.field("default", value->integer);
    if (option.type == EAR_REAL) json_.field("default", value->real);
    if (option.type == EAR_BOOLEAN) json_.field("default", value->integer != 0);
    if (option.type == EAR_DURATION || option.type == EAR_SIZE || option.type == EAR_TIME)
      json_.field("default", *option.fallback);
    if (option.type == EAR_TEXT || option.type == EAR_CHOICE || option.type == EAR_PATH || option.type == EAR_URL ||
        option.type == EAR_QUERY)
      json_.field("default", value->text);
  }

  void counts(const OptionSchema& option, std::string_view min, std::string_view max) {
    if (option.min > 0) json_.field(min, static_cast<std::uint64_t>(option.min));
    if (option.max > 0) json_.field(max, static_cast<std::uint64_t>(option.max));
  }

  // The alternatives inside an `anyOf`.
  void scalar(const OptionSchema& option) {
    switch (option.type) {
      case EAR_INTEGER:
      case EAR_REAL:
        json_.open('{').field("type", option.type == EAR_INTEGER ? "integer" : "number");
        if (option.min != 0 || option.max != 0) {
          json_.field("minimum", option.min);
          if (option.max > option.min && option.max != 0) json_.field("maximum", option.max);
        }
        json_.close('}');
        return reference();
      case EAR_BOOLEAN:
        json_.raw(R"({"type":"boolean"},{"enum":["yes","no","on","off"]})");
        return reference();
      case EAR_DURATION:
        json_.raw(R"({"const":0})");
        return pattern(kDuration);
      case EAR_SIZE:
        json_.raw(R"({"const":0})");
        return pattern(kSize);
      case EAR_TIME:
        return pattern(kTime);
      case EAR_URL:
        return pattern(kUrl);
      case EAR_CHOICE:
        json_.open('{').key("enum").open('[');
        for (const std::string& choice : option.choices) json_.value(choice);
        json_.close(']').close('}');
        return reference();
      default:
        json_.raw(R"({"type":["string","number","boolean"]})");
    }
  }

  void pattern(std::string_view text) {
    json_.open('{').field("type", "string").field("pattern", text).close('}');
    reference();
  }
  void reference() { json_.open('{').field("type", "string").field("pattern", kReference).close('}'); }

  Components& components_;
  std::string out_;
  JsonText json_{out_};
};

}  // namespace

std::string pipeline_schema(Components& components) {
  return SchemaWriter(components).write();
}

}  // namespace earshot::host
