#include "config/option_value.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/report.hpp"
#include "config/typed.hpp"
#include "config/units.hpp"

namespace earshot::host {
namespace {

std::string bound_text(const OptionSchema& option, double bound) {
  if (option.type == EAR_DURATION) return duration_text(static_cast<std::int64_t>(bound * 1e9));
  if (option.type == EAR_SIZE) return size_text(static_cast<std::int64_t>(bound));
  return fmt::format("{}", bound);
}

// `number` in the unit of the bounds.
bool fits(const OptionSchema& option, double number, std::string& complaint) {
  if (option.min == 0 && option.max == 0) return true;
  // {.min = 1} alone leaves max at 0: open above.
  const bool open = option.max < option.min || (option.max == 0 && option.min > 0);
  if (number >= option.min && (open || number <= option.max)) return true;
  complaint = open ? fmt::format("is too small; at least {} is allowed", bound_text(option, option.min))
                   : fmt::format("is out of bounds; from {} to {} is allowed", bound_text(option, option.min),
                                 bound_text(option, option.max));
  return false;
}

std::optional<Value> whole(const OptionSchema& option, std::optional<std::int64_t> number, double per_unit,
                           std::string_view expected, std::string& complaint) {
  if (!number) {
    complaint = expected;
    return {};
  }
  if (!fits(option, static_cast<double>(*number) / per_unit, complaint)) return {};
  Value value;
  value.type = option.type;
  value.integer = *number;
  return value;
}

std::optional<Value> text_value(const OptionSchema& option, std::string_view text) {
  Value value;
  value.type = option.type;
  value.text = text;
  return value;
}

std::optional<std::int64_t> truth(std::string_view text) {
  for (const std::string_view yes : {"true", "yes", "on"})
    if (text == yes) return 1;
  for (const std::string_view no : {"false", "no", "off"})
    if (text == no) return 0;
  return {};
}

bool is_url(std::string_view text) {
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0 || colon + 3 >= text.size() || text[colon + 3] == '/') return false;
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const std::string_view scheme = text.substr(0, colon);
  return letter(scheme[0]) &&
         std::all_of(scheme.begin(), scheme.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'; }) &&
         std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' ' && c != 0x7f; });
}

std::optional<Value> choice(const OptionSchema& option, std::string_view text, std::string& complaint) {
  const auto found = std::find(option.choices.begin(), option.choices.end(), text);
  if (found == option.choices.end()) {
    complaint = fmt::format("is none of its choices: {}", listed(option.choices));
    return {};
  }
  std::optional<Value> value = text_value(option, text);
  value->integer = found - option.choices.begin();
  return value;
}

std::optional<Value> real(const OptionSchema& option, std::string_view text, std::string& complaint) {
  const std::optional<double> number = read_real(text);
  if (!number) {
    complaint = "is not a number; write one as 3 or 0.5";
    return {};
  }
  if (!fits(option, *number, complaint)) return {};
  Value value;
  value.type = EAR_REAL;
  value.real = *number;
  return value;
}

std::optional<Value> items(const OptionSchema& option, std::string_view text, std::string& complaint) {
  Value all;
  all.type = option.type;
  const OptionSchema element = element_of(option);
  while (!text.empty()) {
    std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    std::string key;
    if (option.type == EAR_MAP) {
      const std::size_t equals = part.find('=');
      if (equals == std::string_view::npos || equals == 0) {
        complaint = "is not a map; write it as key=value,key=value";
        return {};
      }
      key = part.substr(0, equals);
      part.remove_prefix(equals + 1);
    }
    std::optional<Value> item = option_value(element, part, complaint);
    if (!item) return {};
    item->key = std::move(key);
    all.items.push_back(std::move(*item));
  }
  if (!count_fits(option, all.items.size(), complaint)) return {};
  return all;
}

}  // namespace

OptionSchema element_of(const OptionSchema& option) {
  OptionSchema element;
  element.name = option.name;
  element.type = option.element;
  element.choices = option.choices;
  return element;
}

bool count_fits(const OptionSchema& option, std::size_t count, std::string& complaint) {
  std::string unused;
  if (fits(option, static_cast<double>(count), unused)) return true;
  const bool open = option.max < option.min || (option.max == 0 && option.min > 0);
  complaint = open ? fmt::format("has {} items; at least {} are needed", count, option.min)
                   : fmt::format("has {} items; from {} to {} are allowed", count, option.min, option.max);
  return false;
}

std::optional<Value> option_value(const OptionSchema& option, std::string_view text, std::string& complaint) {
  switch (option.type) {
    case EAR_INTEGER:
      return whole(option, read_integer(text), 1, "is not a whole number; write one as 10", complaint);
    case EAR_REAL:
      return real(option, text, complaint);
    case EAR_BOOLEAN:
      return whole(option, truth(text), 1, "is neither yes nor no; write true or false", complaint);
    case EAR_DURATION:
      return whole(option, read_duration(text), 1e9,
                   "is not a duration; write numbers with their units, as 5m, 1h30m, 250ms or 7d", complaint);
    case EAR_SIZE:
      return whole(option, read_size(text), 1, "is not a size; write a number with its unit, as 64MiB or 10kB",
                   complaint);
    case EAR_TIME:
      return whole(option, read_time(text), 1,
                   "is not a time; write it as 2026-03-01T12:00:00Z, or a day as 2026-03-01", complaint);
    case EAR_CHOICE:
      return choice(option, text, complaint);
    case EAR_LIST:
    case EAR_MAP:
      return items(option, text, complaint);
    case EAR_PATH:
      if (!text.empty() && text.find('\0') == std::string_view::npos) return text_value(option, text);
      complaint = "is not a path; write the name of a file or folder";
      return {};
    case EAR_URL:
      if (is_url(text)) return text_value(option, text);
      complaint = "is not a URL; write it in full, as https://example.org/feed";
      return {};
    case EAR_SECRET:
      if (!text.empty()) return text_value(option, text);
      complaint = "is empty; give the secret as ${NAME} or ${file:PATH}";
      return {};
    default:
      return text_value(option, text);
  }
}

}  // namespace earshot::host
