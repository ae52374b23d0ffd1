#include "report/causes.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace earshot::report {
namespace {

namespace json = boost::json;

constexpr std::size_t kMost = 8, kMostOther = 12;

double number_in(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr || !value->is_number() ? 0 : value->to_number<double>();
}

// {"terms": [{"value": "battery", "share": 0.6, "observed": 40, "expected": 3}, …], "links": […]}
void read(const json::object& kinds, std::vector<Cause>& to) {
  for (const auto& [kind, list] : kinds) {
    if (!list.is_array()) continue;
    for (const json::value& one : list.get_array()) {
      const json::object* cause = one.if_object();
      const json::value* value = cause == nullptr ? nullptr : cause->if_contains("value");
      if (value != nullptr && value->is_string())
        to.push_back({std::string(kind), std::string(value->get_string()), number_in(*cause, "share"),
                      number_in(*cause, "observed"), number_in(*cause, "expected")});
    }
  }
  std::stable_sort(to.begin(), to.end(), [](const Cause& a, const Cause& b) { return a.share > b.share; });
  if (to.size() > kMost) to.resize(kMost);
}

}  // namespace

Causes causes_of(std::string_view attributes) {
  Causes out;
  json::error_code error;
  json::parse_options options;
  options.max_depth = 16;
  const json::value value = json::parse(attributes, error, {}, options);
  if (error || !value.is_object()) return out;
  for (const auto& [key, one] : value.get_object()) {
    if (key == "causes" && one.is_object())
      read(one.get_object(), out.all);
    else if (!one.is_null() && out.other.size() < kMostOther)
      out.other.emplace_back(key, one.is_string() ? std::string(one.get_string()) : json::serialize(one));
  }
  return out;
}

}  // namespace earshot::report
