#include "cli/component_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_text.hpp"
#include "base/utf8.hpp"
#include "cli/shared/spelled.hpp"
#include "observe/table.hpp"

namespace earshot::host {
namespace {

struct Unit {
  double size;
  const char* name;
};
constexpr Unit kTime[] = {{86400, "d"}, {3600, "h"}, {60, "m"}, {1, "s"}, {1e-3, "ms"}};
constexpr Unit kBytes[] = {{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}};

std::string plain(double number) {
  const bool whole = std::floor(number) == number && std::abs(number) < 1e16;
  return whole ? fmt::format("{:.0f}", number) : fmt::format("{:g}", number);
}

// In the largest unit of which it is a whole number.
template <std::size_t N>
std::string in_units(double number, const Unit (&units)[N], const char* zero) {
  if (number == 0) return zero;
  for (const Unit& unit : units)
    if (const double count = number / unit.size; std::floor(count) == count) return plain(count) + unit.name;
  return plain(number) + (units[N - 1].size < 1 ? "s" : "");
}

std::string amount(const OptionSchema& option, double number) {
  if (option.type == EAR_DURATION) return in_units(number, kTime, "0s");
  if (option.type == EAR_SIZE) return in_units(number, kBytes, "0");
  return plain(number);
}

std::string bounds_text(const OptionSchema& option) {
  if (option.min == 0 && option.max == 0) return {};
  if (option.type != EAR_LIST && option.type != EAR_MAP)
    return fmt::format("{} to {}", amount(option, option.min), amount(option, option.max));
  if (option.min == 0) return fmt::format("at most {} items", plain(option.max));
  return fmt::format("{} to {} items", plain(option.min), plain(option.max));
}

bool required(const OptionSchema& option) {
  return (option.flags & EAR_OPTION_REQUIRED) != 0;
}

std::vector<std::string> flags_of(const ComponentSchema& component) {
  std::vector<std::string> all;
  if ((component.flags & EAR_STATELESS) != 0) all.emplace_back("stateless");
  if ((component.flags & EAR_NEEDS_WATCHLIST) != 0) all.emplace_back("needs_watchlist");
  if ((component.flags & EAR_NEEDS_MEDIA) != 0) all.emplace_back("needs_media");
  if ((component.flags & EAR_REPEATS) != 0) all.emplace_back("repeats");
  if ((component.flags & EAR_REMOTE) != 0) all.emplace_back("remote");
  if ((component.flags & EAR_ADDS_NOTHING) != 0) all.emplace_back("adds_nothing");
  if ((component.flags & EAR_REPLAYS) != 0) all.emplace_back("replays");
  return all;
}

std::string visible(std::string_view text) {
  std::string out;
  append_visible(out, text);
  return out;
}

// A value of that type, as YAML, for an option without example.
std::string sample(std::uint32_t type, const OptionSchema& option) {
  std::string upper = option.name;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  const double number = option.max == 0 ? std::max(1.0, option.min) : std::clamp(1.0, option.min, option.max);
  switch (type) {
    case EAR_INTEGER:
    case EAR_REAL:
      return plain(number);
    case EAR_BOOLEAN:
      return "yes";
    case EAR_DURATION:
      return in_units(number, kTime, "0s");
    case EAR_SIZE:
      return in_units(number, kBytes, "0");
    case EAR_TIME:
      return "2026-01-01T00:00:00Z";
    case EAR_SECRET:
      return fmt::format("${{{}}}", upper);
    case EAR_CHOICE:
      return option.choices.empty() ? "''" : option.choices[0];
    case EAR_PATH:
      return "path/to/" + option.name;
    case EAR_URL:
      return "https://example.org/";
    case EAR_LIST:
      return fmt::format("[{}]", sample(option.element, option));
    case EAR_MAP:
      return fmt::format("{{key: {}}}", sample(option.element, option));
    default:
      return option.name;
  }
}

std::string default_text(const OptionSchema& option) {
  if (required(option)) return "required";
  return option.fallback ? visible(*option.fallback) : "none";
}

// In a cell of a table of Markdown.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' || c == '\t' ? ' ' : c;
  }
  return out;
}

std::string code(std::string_view text) {
  return text.empty() ? "empty" : fmt::format("`{}`", cell(text));
}

// Of a command, as the command line spells it.
std::string name_of(const ComponentSchema& component, const OptionSchema& option) {
  return component.kind == EAR_COMMAND ? spelled(option.name) : option.name;
}

void put_option(std::string& out, const ComponentSchema& component, const OptionSchema& option, bool colour) {
  const std::string without_default = option.fallback || required(option) ? "" : ", not set unless given";
  out += fmt::format("  {}  {}{}{}\n", paint(name_of(component, option), Style::bold, colour),
                     visible(type_text(option)), required(option) ? ", required" : "", without_default);
  out += fmt::format("      {}\n", visible(option.doc));
  if (option.fallback) out += fmt::format("      default: {}\n", visible(*option.fallback));
  if (option.example) out += fmt::format("      example: {}\n", visible(*option.example));
  if ((option.flags & EAR_OPTION_RELOADABLE) != 0) out += "      a reload may change it\n";
  if ((option.flags & EAR_OPTION_DEPRECATED) != 0) out += "      deprecated: leave it out\n";
}

void put_option(JsonText& out, const OptionSchema& option) {
  out.open('{').field("name", option.name).field("type", type_name(option.type));
  if (option.element != 0) out.field("element", type_name(option.element));
  out.field("required", required(option));
  if (option.fallback) out.field("default", *option.fallback);
  if (option.example) out.field("example", *option.example);
  if (option.min != 0 || option.max != 0) out.field("min", option.min).field("max", option.max);
  if (!option.choices.empty()) {
    out.key("choices").open('[');
    for (const std::string& choice : option.choices) out.value(choice);
    out.close(']');
  }
  out.field("reloadable", (option.flags & EAR_OPTION_RELOADABLE) != 0);
  out.field("deprecated", (option.flags & EAR_OPTION_DEPRECATED) != 0);
  out.field("doc", option.doc).close('}');
}

}  // namespace

std::string type_text(const OptionSchema& option) {
  std::string text(type_name(option.type));
  if (option.element != 0) text += fmt::format(" of {}", type_name(option.element));
  if (!option.choices.empty()) text += fmt::format(": {}", fmt::join(option.choices, ", "));
  if (const std::string bounds = bounds_text(option); !bounds.empty()) text += ", " + bounds;
  return text;
}

std::string component_text(const Found& found, bool colour) {
  const ComponentSchema& component = *found.component;
  const ModuleSchema& module = found.plugin->module;
  std::string out = fmt::format("{}  {}\n{}\n\n", paint(component.name, Style::bold, colour), kind_name(component.kind),
                                component.summary);
  out += fmt::format("plugin   {} {} by {}, {}\nfile     {}\n", module.id, module.version, module.vendor,
                     module.licence, visible(found.plugin->file.string()));
  if (const auto flags = flags_of(component); !flags.empty())
    out += fmt::format("flags    {}\n", fmt::join(flags, ", "));
  if (!component.offers.empty()) out += fmt::format("offers   {}\n", fmt::join(component.offers, ", "));
  if (component.kind == EAR_COMMAND)
    out += fmt::format("usage    earshot {} {}\n", spelled(component.name), component.usage);
  out += component.options.empty() ? "\nIt has no options.\n" : "\nOptions\n";
  for (const OptionSchema& option : component.options) put_option(out, component, option, colour);
  if (const std::string example = component_example(component); !example.empty()) {
    out += "\nIn a pipeline\n";
    for (std::string_view rest = example; !rest.empty();) {
      const std::size_t end = rest.find('\n');
      out += fmt::format("  {}\n", rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return out;
}

std::string component_markdown(const ComponentSchema& component) {
  if (component.options.empty()) return "It has no options.\n";
  std::string out = "| option | type | default | what it does |\n|---|---|---|---|\n";
  for (const OptionSchema& option : component.options) {
    const std::string value = option.fallback && !required(option) ? code(*option.fallback) : default_text(option);
    out += fmt::format("| `{}` | {} | {} | {} |\n", name_of(component, option), cell(type_text(option)), value,
                       cell(option.doc));
  }
  return out;
}

std::string component_json(const Found& found) {
  const ComponentSchema& component = *found.component;
  const ModuleSchema& module = found.plugin->module;
  std::string text;
  JsonText out(text);
  out.open('{').field("name", component.name).field("kind", kind_name(component.kind));
  out.field("summary", component.summary).key("plugin").open('{').field("id", module.id);
  out.field("version", module.version).field("vendor", module.vendor).field("licence", module.licence);
  out.field("file", found.plugin->file.string()).close('}');
  out.key("flags").open('[');
  for (const std::string& flag : flags_of(component)) out.value(flag);
  out.close(']').key("offers").open('[');
  for (const std::string& id : component.offers) out.value(id);
  out.close(']').key("options").open('[');
  for (const OptionSchema& option : component.options) put_option(out, option);
  out.close(']').field("example", component_example(component)).close('}');
  return text;
}

std::string component_example(const ComponentSchema& component) {
  const bool behind = component.kind == EAR_DETECTOR || component.kind == EAR_SINK;
  if (!behind && component.kind != EAR_SOURCE && component.kind != EAR_SERVICE) return {};
  std::string out = fmt::format("{0}s:\n  my_{1}:\n    plugin: {1}\n", kind_name(component.kind), component.name);
  if (behind) out += "    from: my_source\n";
  for (const OptionSchema& option : component.options)
    if (required(option) || option.example)
      out += fmt::format("    {}: {}\n", option.name, option.example ? *option.example : sample(option.type, option));
  return out;
}

}  // namespace earshot::host
