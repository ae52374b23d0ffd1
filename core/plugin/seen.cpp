#include "plugin/seen.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/error.hpp"
#include "base/json_text.hpp"
#include "base/utf8.hpp"

namespace earshot::host {
namespace {

namespace json = boost::json;

void put_texts(JsonText& out, std::string_view key, const std::vector<std::string>& texts) {
  out.key(key).open('[');
  for (const std::string& text : texts) out.value(text);
  out.close(']');
}

void put(JsonText& out, const OptionSchema& option) {
  out.open('{').field("name", option.name).field("doc", option.doc).field("type", option.type);
  out.field("element", option.element).field("flags", option.flags);
  if (option.fallback) out.field("fallback", *option.fallback);
  if (option.example) out.field("example", *option.example);
  out.field("min", option.min).field("max", option.max);
  put_texts(out, "choices", option.choices);
  out.close('}');
}

void put(JsonText& out, const ComponentSchema& component) {
  out.open('{').field("kind", component.kind).field("flags", component.flags);
  out.field("state_version", component.state_version);
  out.field("name", component.name).field("summary", component.summary);
  out.field("usage", component.usage).field("examples", component.examples);
  put_texts(out, "offers", component.offers);
  out.key("options").open('[');
  for (const OptionSchema& option : component.options) put(out, option);
  out.close(']').close('}');
}

// Each of these throws boost::system::system_error where the member is missing or of another type.
std::string text(const json::object& from, std::string_view key) {
  const json::string& value = from.at(key).as_string();
  return {value.data(), value.size()};
}

std::optional<std::string> optional_text(const json::object& from, std::string_view key) {
  return from.contains(key) ? std::optional(text(from, key)) : std::nullopt;
}

std::uint32_t number(const json::object& from, std::string_view key) {
  return from.at(key).to_number<std::uint32_t>();
}

std::vector<std::string> texts(const json::object& from, std::string_view key, std::size_t most) {
  std::vector<std::string> all;
  const json::array& items = from.at(key).as_array();
  if (items.size() > most) throw Failure("too many items");
  for (const json::value& item : items) all.emplace_back(item.as_string().data(), item.as_string().size());
  return all;
}

OptionSchema option(const json::object& from) {
  OptionSchema to;
  to.name = text(from, "name");
  to.doc = text(from, "doc");
  to.type = number(from, "type");
  to.element = number(from, "element");
  to.flags = number(from, "flags");
  to.fallback = optional_text(from, "fallback");
  to.example = optional_text(from, "example");
  to.min = from.at("min").to_number<double>();
  to.max = from.at("max").to_number<double>();
  to.choices = texts(from, "choices", Most::kChoices);
  return to;
}

ComponentSchema component(const json::object& from) {
  ComponentSchema to;
  to.kind = number(from, "kind");
  to.flags = number(from, "flags");
  to.state_version = number(from, "state_version");
  to.name = text(from, "name");
  to.summary = text(from, "summary");
  to.usage = text(from, "usage");
  to.examples = text(from, "examples");
  to.offers = texts(from, "offers", Most::kOffers);
  for (const json::value& item : from.at("options").as_array()) to.options.push_back(option(item.as_object()));
  return to;
}

ModuleSchema module(const json::object& from) {
  ModuleSchema to;
  to.abi = number(from, "abi");
  to.id = text(from, "id");
  to.version = text(from, "version");
  to.vendor = text(from, "vendor");
  to.licence = text(from, "licence");
  to.summary = text(from, "summary");
  for (const json::value& item : from.at("components").as_array()) to.components.push_back(component(item.as_object()));
  check_schema(to);
  return to;
}

Seen seen(const json::object& from) {
  if (from.contains("module")) return {module(from.at("module").as_object()), {}};
  const std::string fault = text(from, "fault");
  if (fault.empty()) throw Failure("no module and no fault");
  Seen faulty;
  append_visible(faulty.fault, std::string_view(fault).substr(0, Longest::kDoc));
  std::size_t end = std::min(faulty.fault.size(), Longest::kDoc);  // what was made visible may be longer
  while (end > 0 && end < faulty.fault.size() && (faulty.fault[end] & 0xC0) == 0x80) --end;
  faulty.fault.resize(end);
  return faulty;
}

}  // namespace

std::string to_json(const Seen& seen) {
  std::string line;
  JsonText out(line);
  if (!seen.fault.empty()) {
    out.open('{').field("fault", seen.fault).close('}');
    return line;
  }
  const ModuleSchema& module = seen.module;
  out.open('{').key("module").open('{').field("abi", module.abi).field("id", module.id);
  out.field("version", module.version).field("vendor", module.vendor).field("licence", module.licence);
  out.field("summary", module.summary).key("components").open('[');
  for (const ComponentSchema& component : module.components) put(out, component);
  out.close(']').close('}').close('}');
  return line;
}

Seen seen_from_json(std::string_view line) {
  try {
    json::parse_options strict;
    strict.max_depth = 8;
    return seen(json::parse(json::string_view(line.data(), line.size()), {}, strict).as_object());
  } catch (const Failure&) {
    throw;
  } catch (const std::exception& error) {
    throw Failure(std::string("the answer cannot be read: ") + error.what());
  }
}

}  // namespace earshot::host
