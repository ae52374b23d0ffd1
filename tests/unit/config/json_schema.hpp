// json_schema.hpp: as much of JSON Schema as Earshot's own uses; any other keyword fails the test. A value.
#pragma once

#include <boost/json.hpp>
#include <regex>
#include <set>
#include <string>

namespace earshot::host::testing {

class JsonSchema {
 public:
  explicit JsonSchema(boost::json::value root) : root_(std::move(root)) {}

  // Where and how `value` breaks the schema; empty where it conforms.
  std::string breaks(const boost::json::value& value) const { return check(root_, value, "$"); }

 private:
  using Json = boost::json::value;

  static bool is(const Json& value, std::string_view type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_bool();
    if (type == "null") return value.is_null();
    if (type == "integer") return value.is_int64();
    return value.is_number();
  }
  static bool matches(const Json& pattern, std::string_view text) {
    return std::regex_search(std::string(text), std::regex(std::string(pattern.as_string())));
  }
  static bool among(const Json& all, const Json& value) {
    for (const Json& each : all.as_array())
      if (each == value) return true;
    return false;
  }

  std::string check(const Json& schema, const Json& value, const std::string& at) const {
    for (const auto& [key, rule] : schema.as_object())
      if (std::string fault = keyword(schema, key, rule, value, at); !fault.empty()) return fault;
    return {};
  }

  std::string keyword(const Json& schema, std::string_view key, const Json& rule, const Json& value,
                      const std::string& at) const {
    static const std::set<std::string_view> notes{"$schema",    "$defs", "title",      "description", "default",
                                                  "deprecated", "then",  "properties", "uniqueItems"};
    const auto broken = [&](bool good) { return good ? std::string() : at + " breaks " + std::string(key); };
    if (key == "type") {
      if (rule.is_string()) return broken(is(value, rule.as_string()));
      for (const Json& each : rule.as_array())
        if (is(value, each.as_string())) return {};
      return broken(false);
    }
    if (key == "const") return broken(rule == value);
    if (key == "enum") return broken(among(rule, value));
    if (key == "pattern") return broken(!value.is_string() || matches(rule, value.as_string()));
    if (key == "minimum") return broken(!value.is_number() || value.to_number<double>() >= rule.to_number<double>());
    if (key == "maximum") return broken(!value.is_number() || value.to_number<double>() <= rule.to_number<double>());
    if (key == "minItems") return broken(!value.is_array() || value.as_array().size() >= rule.to_number<std::size_t>());
    if (key == "maxItems") return broken(!value.is_array() || value.as_array().size() <= rule.to_number<std::size_t>());
    if (key == "required") {
      for (const Json& name : rule.as_array())
        if (value.is_object() && !value.as_object().contains(name.as_string()))
          return at + " lacks " + std::string(name.as_string());
      return {};
    }
    if (key == "$ref") return check(root_.at_pointer(std::string(rule.as_string()).substr(1)), value, at);
    if (key == "anyOf") return any(rule, value, at);
    if (key == "allOf") {
      for (const Json& each : rule.as_array())
        if (std::string fault = check(each, value, at); !fault.empty()) return fault;
      return {};
    }
    if (key == "if") return check(rule, value, at).empty() ? check(schema.at("then"), value, at) : std::string();
    if (key == "items") {
      if (value.is_array())
        for (const Json& each : value.as_array())
          if (std::string fault = check(rule, each, at + "[]"); !fault.empty()) return fault;
      return {};
    }
    if (key == "propertyNames") {
      if (value.is_object())
        for (const auto& each : value.as_object())
          if (std::string fault = check(rule, Json(each.key()), at); !fault.empty()) return fault;
      return {};
    }
    if (key == "additionalProperties") return members(schema, rule, value, at);
    if (key == "properties" && !schema.as_object().contains("additionalProperties"))
      return members(schema, true, value, at);
    return notes.contains(key) ? std::string() : "the schema uses " + std::string(key);
  }

  std::string any(const Json& rule, const Json& value, const std::string& at) const {
    std::string all;
    for (const Json& each : rule.as_array()) {
      const std::string fault = check(each, value, at);
      if (fault.empty()) return {};
      all += fault + "; ";
    }
    return all;
  }

  std::string members(const Json& schema, const Json& others, const Json& value, const std::string& at) const {
    if (!value.is_object()) return {};
    const auto* known = schema.as_object().if_contains("properties");
    for (const auto& each : value.as_object()) {
      const std::string inner = at + "." + std::string(each.key());
      const Json* rule = known != nullptr ? known->as_object().if_contains(each.key()) : nullptr;
      if (rule == nullptr && others.is_bool()) {
        if (!others.as_bool()) return inner + " is not known";
        continue;
      }
      if (std::string fault = check(rule != nullptr ? *rule : others, each.value(), inner); !fault.empty())
        return fault;
    }
    return {};
  }

  Json root_;
};

}  // namespace earshot::host::testing
