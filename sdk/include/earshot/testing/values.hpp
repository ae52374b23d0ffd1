// testing/values.hpp: options as a test writes them, read and checked as the host would: text as a pipeline's YAML,
// scalars, [a, b] and {a: 1}. Pure functions.
#pragma once

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/abi.h"
#include "earshot/testing/tree.hpp"
#include "earshot/types.hpp"

namespace earshot::testing {

// 2026-05-01T12:00:00Z, 2026-05-01T12:00:00.25+02:00 or 2026-05-01.
inline Time at(std::string_view text) {
  const auto wrong = [&] { return std::invalid_argument(std::string(text) + ": this is no RFC 3339 time"); };
  const auto number = [&](std::size_t from, std::size_t length) {
    int value = 0;
    if (from + length > text.size()) throw wrong();
    const auto end = text.data() + from + length;
    if (std::from_chars(text.data() + from, end, value).ptr != end) throw wrong();
    return value;
  };
  using namespace std::chrono;
  const year_month_day day{year{number(0, 4)}, month{static_cast<unsigned>(number(5, 2))},
                           std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  if (!day.ok()) throw wrong();
  Time time{sys_days{day}};
  if (text.size() == 10) return time;
  time += hours{number(11, 2)} + minutes{number(14, 2)} + seconds{number(17, 2)};
  std::size_t next = 19;
  if (next < text.size() && text[next] == '.') {
    std::int64_t unit = 100'000'000;
    for (++next; next < text.size() && text[next] >= '0' && text[next] <= '9'; ++next, unit /= 10)
      time += nanoseconds{unit * (text[next] - '0')};
  }
  if (text.substr(next) == "Z") return time;
  if (next + 6 != text.size()) throw wrong();
  const Duration offset = hours{number(next + 1, 2)} + minutes{number(next + 4, 2)};
  return text[next] == '-' ? time + offset : time - offset;
}

namespace detail {

// Reads the YAML that stands in schemas: one scalar, or a flow list or map of them.
class FlowReader {
 public:
  explicit FlowReader(std::string_view text) : text_(text) {}

  Tree read() {
    Tree tree = value(true);
    blanks();
    if (at_ != text_.size()) throw wrong();
    return tree;
  }

 private:
  std::invalid_argument wrong() const { return std::invalid_argument("cannot read '" + std::string(text_) + "'"); }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void blanks() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\t') ++at_;
  }

  Tree value(bool outermost) {
    blanks();
    if (depth_ > 32) throw wrong();
    if (peek() == '[') return list();
    if (peek() == '{') return map();
    if (peek() == '"' || peek() == '\'') return Tree(quoted());
    const std::size_t end = outermost ? text_.size() : std::min(text_.find_first_of(",]}", at_), text_.size());
    std::string_view word = text_.substr(at_, end - at_);
    at_ = end;
    while (!word.empty() && (word.back() == ' ' || word.back() == '\n')) word.remove_suffix(1);
    return Tree(word);
  }
  Tree list() {
    Tree tree;
    tree.type = EAR_LIST;
    for (++at_, ++depth_, blanks(); peek() != ']'; separator(']')) tree.items.push_back(value(false));
    return ++at_, --depth_, tree;
  }
  Tree map() {
    Tree tree;
    tree.type = EAR_MAP;
    for (++at_, ++depth_, blanks(); peek() != '}'; separator('}')) {
      std::string key = peek() == '"' || peek() == '\'' ? quoted() : plain_key();
      blanks();
      if (peek() != ':') throw wrong();
      ++at_;
      tree.items.push_back(value(false));
      tree.items.back().key = std::move(key);
    }
    return ++at_, --depth_, tree;
  }
  void separator(char close) {
    blanks();
    if (peek() == ',')
      ++at_;
    else if (peek() != close)
      throw wrong();
    blanks();
  }
  std::string plain_key() {
    const std::size_t end = text_.find(':', at_);
    if (end == std::string_view::npos) throw wrong();
    std::string key(text_.substr(at_, end - at_));
    at_ = end;
    return key;
  }
  std::string quoted() {
    const char quote = text_[at_++];
    std::string out;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote && quote == '\'' && at_ + 1 < text_.size() && text_[at_ + 1] == '\'')
        out += text_[++at_];
      else if (text_[at_] == quote)
        return ++at_, out;
      else if (text_[at_] == '\\' && quote == '"' && at_ + 1 < text_.size())
        out += escaped(text_[++at_]);
      else
        out += text_[at_];
    }
    throw wrong();
  }
  static char escaped(char c) { return c == 'n' ? '\n' : c == 't' ? '\t' : c == '0' ? '\0' : c; }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

struct Unit {
  std::string_view name;
  double factor;
};
inline constexpr Unit duration_units[] = {{"ns", 1},   {"us", 1e3},   {"ms", 1e6},    {"s", 1e9},
                                          {"m", 6e10}, {"h", 3.6e12}, {"d", 8.64e13}, {"w", 6.048e14}};
inline constexpr Unit size_units[] = {{"B", 1},          {"KB", 1e3},          {"MB", 1e6},
                                      {"GB", 1e9},       {"TB", 1e12},         {"KiB", 1024.},
                                      {"MiB", 1048576.}, {"GiB", 1073741824.}, {"TiB", 1099511627776.}};

// "1h30m" and "64MiB": the sum of numbers with units. A number alone is taken only where it is 0 or `bare` allows it.
template <std::size_t N>
std::int64_t measured(std::string_view text, const Unit (&units)[N], bool bare) {
  const auto wrong = [&] { return std::invalid_argument("'" + std::string(text) + "' is no number with its unit"); };
  double sum = 0;
  const char *p = text.data(), *end = p + text.size();
  if (p == end) throw wrong();
  while (p != end) {
    double number = 0;
    const auto read = std::from_chars(p, end, number);
    if (read.ec != std::errc{}) throw wrong();
    p = read.ptr;
    while (p != end && *p == ' ') ++p;
    const char* word = p;
    while (p != end && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z'))) ++p;
    const std::string_view name(word, static_cast<std::size_t>(p - word));
    const auto unit = std::find_if(units, units + N, [&](const Unit& u) { return u.name == name; });
    if (unit == units + N && !(name.empty() && (bare || number == 0))) throw wrong();
    sum += number * (unit == units + N ? 1 : unit->factor);
  }
  return static_cast<std::int64_t>(sum);
}

template <class Number>
Number number(std::string_view text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end)
    throw std::invalid_argument("'" + std::string(text) + "' is no number of the right kind");
  return value;
}

inline bool yes(std::string_view text) {
  if (text == "true" || text == "yes" || text == "on") return true;
  if (text == "false" || text == "no" || text == "off") return false;
  throw std::invalid_argument("'" + std::string(text) + "' is neither yes nor no");
}

inline bool holds_text(std::uint32_t type) {
  return type == EAR_TEXT || type == EAR_SECRET || type == EAR_PATH || type == EAR_URL || type == EAR_QUERY;
}

inline Tree choice(std::string_view text, const char* const* choices) {
  Tree out(text);
  out.type = EAR_CHOICE;
  for (; choices != nullptr && choices[out.integer] != nullptr; ++out.integer)
    if (choices[out.integer] == text) return out;
  throw std::invalid_argument("'" + std::string(text) + "' is none of the choices");
}

}  // namespace detail

inline Tree read_yaml(std::string_view text) {
  return detail::FlowReader(text).read();
}

// `given` as a value of `type`, as the host would hand it over. Throws std::invalid_argument where it does not fit.
inline Tree typed(std::uint32_t type, std::uint32_t element, const char* const* choices, const Tree& given) {
  if (given.type == EAR_UNSET) return given;
  Tree out = given;
  out.type = type;
  if (type == EAR_LIST || type == EAR_MAP) {
    if (given.is_text()) {
      const Tree read = read_yaml(given.text);
      return typed(type, element, choices, read.is_text() && type == EAR_LIST ? list_of(read) : read);
    }
    if (given.type != type) throw std::invalid_argument(type == EAR_LIST ? "a list is wanted" : "a map is wanted");
    for (Tree& item : out.items) item = element == 0 ? item : typed(element, 0, choices, item);
    for (std::size_t i = 0; i < out.items.size(); ++i) out.items[i].key = given.items[i].key;
    return out;
  }
  if (detail::holds_text(type)) {
    if (!given.is_text()) throw std::invalid_argument("text is wanted");
    return out;
  }
  if (given.is_text()) {
    const std::string word = read_yaml(given.text).text;
    if (type == EAR_CHOICE) return detail::choice(word, choices);
    out.text.clear();
    if (type == EAR_INTEGER)
      out.integer = detail::number<std::int64_t>(word), out.real = static_cast<double>(out.integer);
    else if (type == EAR_REAL)
      out.real = detail::number<double>(word);
    else if (type == EAR_BOOLEAN)
      out.integer = detail::yes(word);
    else if (type == EAR_DURATION)
      out.integer = detail::measured(word, detail::duration_units, false);
    else if (type == EAR_SIZE)
      out.integer = detail::measured(word, detail::size_units, true);
    else if (type == EAR_TIME)
      out.integer = ticks(at(word));
    return out;
  }
  const bool fits = given.type == type || (given.type == EAR_INTEGER && (type == EAR_REAL || type == EAR_SIZE));
  if (!fits) throw std::invalid_argument("this value is of another type");
  return out;
}

inline const ear_option& option_line(const ear_component& component, std::uint32_t i) {
  return *reinterpret_cast<const ear_option*>(reinterpret_cast<const char*>(component.options) +
                                              std::size_t{i} * component.option_stride);
}

// What `option` has where a pipeline does not write it; unset where it has no default.
inline Tree fallback_of(const ear_option& option) {
  return option.fallback == nullptr ? Tree()
                                    : typed(option.type, option.element, option.choices, read_yaml(option.fallback));
}

// The number that the bounds of `option` are about: a number, seconds, bytes, or the length of a list.
inline double measure(const ear_option& option, const Tree& value) {
  if (option.type == EAR_LIST || option.type == EAR_MAP) return static_cast<double>(value.items.size());
  if (option.type == EAR_REAL) return value.real;
  if (option.type == EAR_DURATION) return static_cast<double>(value.integer) / 1e9;
  return static_cast<double>(value.integer);
}

inline void check_bounds(const ear_option& option, const Tree& value) {
  if ((option.min == 0 && option.max == 0) || value.type == EAR_UNSET) return;
  const double number = measure(option, value);
  if (!(number >= option.min) || !(number <= option.max)) throw std::invalid_argument("out of its bounds");
}

// One value for each option of `component`, in their order. Throws std::invalid_argument naming the option.
inline std::vector<Tree> option_values(const ear_component& component, const std::vector<Setting>& given) {
  for (const Setting& s : given) {
    bool known = false;
    for (std::uint32_t i = 0; i < component.option_count; ++i) known |= option_line(component, i).name == s.name;
    if (!known) throw std::invalid_argument(std::string(component.name) + " has no option '" + s.name + "'");
  }
  std::vector<Tree> values;
  for (std::uint32_t i = 0; i < component.option_count; ++i) {
    const ear_option& option = option_line(component, i);
    const auto setting =
        std::find_if(given.rbegin(), given.rend(), [&](const Setting& s) { return s.name == option.name; });
    try {
      values.push_back(setting == given.rend() ? fallback_of(option)
                                               : typed(option.type, option.element, option.choices, setting->value));
      if (values.back().type == EAR_UNSET && (option.flags & EAR_OPTION_REQUIRED) != 0)
        throw std::invalid_argument("it is required and not given");
      check_bounds(option, values.back());
    } catch (const std::invalid_argument& fault) {
      throw std::invalid_argument("option '" + std::string(option.name) + "': " + fault.what());
    }
    values.back().key.clear();
  }
  return values;
}

// One line that is equal where the values are.
inline std::string describe(const Tree& tree) {
  std::string line = tree.key.empty() ? "" : tree.key + "=";
  if (tree.type == EAR_LIST || tree.type == EAR_MAP) {
    line += '[';
    for (const Tree& item : tree.items) line += describe(item) + ' ';
    return line + ']';
  }
  if (detail::holds_text(tree.type) || tree.type == EAR_CHOICE) return line + tree.text;
  if (tree.type == EAR_REAL) {
    char digits[32];
    return line.append(digits, std::to_chars(digits, digits + sizeof digits, tree.real).ptr);
  }
  return line + std::to_string(tree.integer);
}

}  // namespace earshot::testing
