#include "webhook/template.hpp"

#include <boost/json.hpp>

#include "delivery/words.hpp"
#include "earshot/error.hpp"

namespace earshot::webhook {

namespace json = boost::json;

namespace {

constexpr int kDepth = 16;

[[noreturn]] void wrong(const std::string& what, std::size_t at) {
  throw invalid("the template " + what).at_option("template", at);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_name(std::string_view text) {
  if (text == ".") return true;
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  for (const char c : text)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
          c == '.'))
      return false;
  return true;
}

const json::value* inside(const json::value* value, std::string_view name) {
  while (value != nullptr && !name.empty()) {
    const std::size_t dot = std::min(name.find('.'), name.size());
    const json::object* map = value->if_object();
    value = map == nullptr ? nullptr : map->if_contains(name.substr(0, dot));
    name.remove_prefix(std::min(dot + 1, name.size()));
  }
  return value;
}

// The innermost value that knows the first part of the name says what it is.
const json::value* look_up(const std::vector<const json::value*>& values, std::string_view name) {
  if (name == ".") return values.back();
  const std::string_view head = name.substr(0, name.find('.'));
  for (auto at = values.rbegin(); at != values.rend(); ++at)
    if (const json::object* map = (*at)->if_object(); map != nullptr && map->contains(head)) return inside(*at, name);
  return nullptr;
}

bool is_so(const json::value* value) {
  if (value == nullptr || value->is_null()) return false;
  if (value->is_bool()) return value->get_bool();
  if (value->is_string()) return !value->get_string().empty();
  if (value->is_array()) return !value->get_array().empty();
  if (value->is_number()) return value->to_number<double>() != 0;
  return true;
}

std::string text_of(const json::value& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_double()) return delivery::number(value.get_double());
  return json::serialize(value);
}

std::string for_form(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '~';
    if (plain)
      out += c;
    else
      out.append("%").append(1, "0123456789ABCDEF"[byte >> 4]).append(1, "0123456789ABCDEF"[byte & 15]);
  }
  return out;
}

std::string for_json(std::string_view text) {
  const std::string quoted = json::serialize(json::string(text));
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

Escape escape_for(std::string_view type) {
  if (type.find("json") != std::string_view::npos) return Escape::json;
  if (type.find("html") != std::string_view::npos || type.find("xml") != std::string_view::npos) return Escape::html;
  return type.find("form-urlencoded") != std::string_view::npos ? Escape::form : Escape::text;
}

Template::Template(std::string_view text, Escape escape) : escape_(escape) {
  std::size_t at = 0;
  parts_ = read(text, at, {}, kDepth);
}

std::vector<Template::Part> Template::read(std::string_view text, std::size_t& at, std::string_view until,
                                           int depth) const {
  std::vector<Part> parts;
  const std::size_t began = at;
  while (at < text.size()) {
    const std::size_t open = std::min(text.find("{{", at), text.size());
    if (open > at) parts.push_back({Part::Kind::text, std::string(text.substr(at, open - at)), {}});
    if (open == text.size()) break;
    const std::size_t close = text.find("}}", open);
    if (close == std::string_view::npos) wrong("opens {{ and does not close it", open);
    std::string_view tag = trimmed(text.substr(open + 2, close - open - 2));
    at = close + 2;
    const char sign = tag.empty() ? ' ' : tag.front();
    if (sign == '!') continue;
    if (sign == '#' || sign == '^' || sign == '/') tag = trimmed(tag.substr(1));
    if (!is_name(tag)) wrong("has no name of a field between {{ and }}", open);
    if (sign == '/') {
      if (until.empty() || tag != until) wrong("closes '" + std::string(tag) + "', which is not open", open);
      return parts;
    }
    if (sign != '#' && sign != '^') {
      parts.push_back({Part::Kind::field, std::string(tag), {}});
      continue;
    }
    if (depth == 0) wrong("is nested too deep", open);
    Part part{sign == '#' ? Part::Kind::each : Part::Kind::unless, std::string(tag), {}};
    part.inner = read(text, at, tag, depth - 1);
    parts.push_back(std::move(part));
  }
  if (!until.empty()) wrong("opens '" + std::string(until) + "' and does not close it", began);
  return parts;
}

std::string Template::write(const json::value& message) const {
  std::string out;
  write(parts_, {{&message}}, out);
  return out;
}

void Template::write(const std::vector<Part>& parts, const Scope& scope, std::string& out) const {
  for (const Part& part : parts) {
    if (out.size() > kMost) throw invalid("the template makes more than 1 MiB of text");
    switch (part.kind) {
      case Part::Kind::text:
        out += part.text;
        break;
      case Part::Kind::field:
        write_field(part, scope, out);
        break;
      default:
        write_each(part, scope, out);
    }
  }
}

void Template::write_each(const Part& part, const Scope& scope, std::string& out) const {
  const bool wanted = part.kind == Part::Kind::each;
  if (scope.is_item && (part.text == "first" || part.text == "last")) {
    if ((part.text == "first" ? scope.first : scope.last) == wanted) write(part.inner, scope, out);
    return;
  }
  const json::value* value = look_up(scope.values, part.text);
  if (is_so(value) != wanted) return;
  if (!wanted || !value->is_array()) {
    Scope inner = scope;
    if (wanted) inner.values.push_back(value);
    return write(part.inner, inner, out);
  }
  const json::array& list = value->get_array();
  for (std::size_t i = 0; i < list.size(); ++i) {
    Scope inner{scope.values, true, i == 0, i + 1 == list.size()};
    inner.values.push_back(&list[i]);
    write(part.inner, inner, out);
  }
}

void Template::write_field(const Part& part, const Scope& scope, std::string& out) const {
  const json::value* value = look_up(scope.values, part.text);
  if (value == nullptr) return;
  const std::string text = text_of(*value);
  switch (escape_) {
    case Escape::json:
      out += for_json(text);
      break;
    case Escape::html:
      out += delivery::html(text);
      break;
    case Escape::form:
      out += for_form(text);
      break;
    case Escape::text:
      for (const char c : text) out += c >= 0 && c < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
  }
}

}  // namespace earshot::webhook
