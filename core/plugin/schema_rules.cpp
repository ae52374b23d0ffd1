#include "plugin/schema_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace earshot::host {
namespace {

constexpr std::uint32_t kOptionFlags = EAR_OPTION_REQUIRED | EAR_OPTION_RELOADABLE | EAR_OPTION_DEPRECATED;

bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool name_letter(char c) {
  return lower(c) || digit(c) || c == '_';
}
bool id_letter(char c) {
  return lower(c) || digit(c) || c == '.' || c == '-' || c == '_';
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= Longest::kName && lower(text[0]) &&
         std::all_of(text.begin(), text.end(), name_letter);
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= Longest::kId && lower(text[0]) &&
         std::all_of(text.begin(), text.end(), id_letter);
}

// "earshot.store/1"
bool is_service_id(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash + 1 == text.size()) return false;
  const std::string_view version = text.substr(slash + 1);
  return text.size() <= Longest::kName && is_id(text.substr(0, slash)) &&
         std::all_of(version.begin(), version.end(), digit);
}

// 1.4.0, 2.0.0-rc.1+build5
bool is_version(std::string_view text) {
  if (text.size() > Longest::kName) return false;
  for (int part = 0; part < 3; ++part) {
    const auto end = std::find_if_not(text.begin(), text.end(), digit);
    if (end == text.begin()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
    if (part == 2) break;
    if (text.empty() || text[0] != '.') return false;
    text.remove_prefix(1);
  }
  if (text.empty()) return true;
  return (text[0] == '-' || text[0] == '+') && text.size() > 1 && std::all_of(text.begin() + 1, text.end(), [](char c) {
           return digit(c) || lower(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '+';
         });
}

enum class Lines { one, many };

void check_text(const Where& where, std::string_view what, std::string_view text, std::size_t longest,
                Lines lines = Lines::one) {
  if (text.size() > longest) where.fail(fmt::format("its {} is longer than {} bytes", what, longest));
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint point = decode(rest);
    if (!point.valid) where.fail(fmt::format("its {} is not UTF-8", what));
    if (is_control(point.value) && !(lines == Lines::many && (point.value == '\n' || point.value == '\t')))
      where.fail(fmt::format("its {} has a control character: {}", what, in_marks(text)));
    rest.remove_prefix(point.size);
  }
}

void check_line(const Where& where, std::string_view what, std::string_view text, std::size_t longest) {
  if (text.empty()) where.fail(fmt::format("it has no {}", what));
  check_text(where, what, text, longest);
}

bool has_bounds(std::uint32_t type) {
  switch (type) {
    case EAR_INTEGER:
    case EAR_REAL:
    case EAR_DURATION:
    case EAR_SIZE:
    case EAR_LIST:
    case EAR_MAP:
      return true;
    default:
      return false;
  }
}

bool is_scalar(std::uint32_t type) {
  return type >= EAR_TEXT && type <= EAR_QUERY;
}

void check_type(const Where& where, const OptionSchema& option) {
  const bool nests = option.type == EAR_LIST || option.type == EAR_MAP;
  if (!is_scalar(option.type) && !nests) where.fail(fmt::format("its type {} is not known", option.type));
  if (nests && !is_scalar(option.element))
    where.fail(fmt::format("the items of a {} cannot be of type {}", type_name(option.type), option.element));
  if (!nests && option.element != 0)
    where.fail(fmt::format("`element` is for lists and maps; this is a {}", type_name(option.type)));
}

void check_bounds(const Where& where, const OptionSchema& option) {
  if (option.min == 0 && option.max == 0) return;
  if (!std::isfinite(option.min) || !std::isfinite(option.max)) where.fail("its bounds are not finite");
  if (!has_bounds(option.type)) where.fail(fmt::format("a {} has no bounds", type_name(option.type)));
  if (option.min > option.max)
    where.fail(fmt::format("its lowest value {} is above its highest {}", option.min, option.max));
}

void check_choices(const Where& where, const OptionSchema& option) {
  const bool chooses = option.type == EAR_CHOICE || option.element == EAR_CHOICE;
  if (chooses && option.choices.empty()) where.fail("it has no choices to choose from");
  if (!chooses && !option.choices.empty()) where.fail(fmt::format("a {} has no choices", type_name(option.type)));
  if (option.choices.size() > Most::kChoices) where.fail(fmt::format("more than {} choices", Most::kChoices));
  std::set<std::string_view> seen;
  for (const std::string& choice : option.choices) {
    check_line(where, "choice", choice, Longest::kName);
    if (!seen.insert(choice).second) where.fail(fmt::format("its choice {} stands there twice", in_marks(choice)));
  }
}

void check_option(const Where& where, const OptionSchema& option) {
  if (!is_name(option.name))
    where.fail("its name must begin with a lower-case letter and have lower-case letters, digits and _ only");
  check_text(where, "doc", option.doc, Longest::kDoc, Lines::many);
  if (option.doc.empty()) where.fail("it has no doc");
  check_type(where, option);
  if ((option.flags & ~kOptionFlags) != 0) where.fail(fmt::format("its flags {:#x} are not known", option.flags));
  if (option.fallback) {
    check_text(where, "default", *option.fallback, Longest::kDoc, Lines::many);
    if ((option.flags & EAR_OPTION_REQUIRED) != 0) where.fail("it is required and has a default, which is never used");
  }
  if (option.example) check_text(where, "example", *option.example, Longest::kDoc, Lines::many);
  check_bounds(where, option);
  check_choices(where, option);
}

// A flag that says something of one kind only.
struct KindFlag {
  std::uint32_t flag, kind;
  std::string_view says;
};
constexpr KindFlag kKindFlags[] = {{EAR_STATELESS, EAR_DETECTOR, "stateless"},
                                   {EAR_REPEATS, EAR_SOURCE, "repeats"},
                                   {EAR_REMOTE, EAR_SINK, "remote"},
                                   {EAR_ADDS_NOTHING, EAR_DETECTOR, "adds_nothing"},
                                   {EAR_REPLAYS, EAR_SOURCE, "replays"}};

void check_flags(const Where& where, const ComponentSchema& component) {
  std::uint32_t known = EAR_NEEDS_WATCHLIST | EAR_NEEDS_MEDIA;
  for (const KindFlag& rule : kKindFlags) {
    known |= rule.flag;
    if ((component.flags & rule.flag) != 0 && component.kind != rule.kind)
      where.fail(fmt::format("the flag `{}` is for a {}", rule.says, kind_name(rule.kind)));
  }
  if ((component.flags & ~known) != 0) where.fail(fmt::format("its flags {:#x} are not known", component.flags));
}

void check_offers(const Where& where, const ComponentSchema& component) {
  const bool service = component.kind == EAR_SERVICE;
  if (service && component.offers.empty()) where.fail("it is a service and offers none");
  if (!service && !component.offers.empty()) where.fail("it offers a service and is none");
  if (component.offers.size() > Most::kOffers) where.fail(fmt::format("offers more than {} services", Most::kOffers));
  std::set<std::string_view> seen;
  for (const std::string& id : component.offers) {
    if (!is_service_id(id)) where.fail(fmt::format("offers {}, which is not of the form name/1", in_marks(id)));
    if (!seen.insert(id).second) where.fail(fmt::format("offers {} twice", in_marks(id)));
  }
}

void check_component(const Where& where, const ComponentSchema& component) {
  if (!is_name(component.name))
    where.fail("its name must begin with a lower-case letter and have lower-case letters, digits and _ only");
  if (component.kind < EAR_SOURCE || component.kind > EAR_COMMAND)
    where.fail(fmt::format("is of kind {}, which this host does not know", component.kind));
  check_line(where, "summary", component.summary, Longest::kLine);
  check_flags(where, component);
  check_offers(where, component);
  check_text(where, "usage", component.usage, Longest::kLine);
  check_text(where, "examples", component.examples, Longest::kDoc, Lines::many);
  if (component.options.size() > Most::kOptions) where.fail(fmt::format("more than {} options", Most::kOptions));
  std::set<std::string_view> seen;
  for (const OptionSchema& option : component.options) {
    check_option(where.in(option), option);
    if (!seen.insert(option.name).second) where.in(option).fail("another option has the same name");
  }
}

}  // namespace

std::string in_marks(std::string_view text) {
  std::string out = "'";
  append_visible(out, text.substr(0, 80));
  if (text.size() > 80) out += "…";
  return out + "'";
}

Where::Where(const ModuleSchema& module) {
  if (module.id.empty())
    text_ = "the plugin";
  else
    append_visible(text_, std::string_view(module.id).substr(0, Longest::kId));
}

Where Where::in(const ComponentSchema& component) const {
  Where inner = *this;
  inner.text_ += fmt::format(": {} {}", kind_name(component.kind), in_marks(component.name));
  return inner;
}

Where Where::in(const OptionSchema& option) const {
  Where inner = *this;
  inner.text_ += fmt::format(": option {}", in_marks(option.name));
  return inner;
}

void Where::fail(const std::string& rule) const {
  throw Failure(text_ + ": " + rule);
}

void check_schema(const ModuleSchema& module) {
  const Where where(module);
  if (!is_id(module.id))
    where.fail("its id must begin with a lower-case letter and have lower-case letters, digits, '.', '-' and '_' only");
  if (!is_version(module.version))
    where.fail(fmt::format("its version {} is not of the form 1.2.3", in_marks(module.version)));
  check_line(where, "vendor", module.vendor, Longest::kLine);
  check_line(where, "licence", module.licence, Longest::kLine);
  check_line(where, "summary", module.summary, Longest::kLine);
  if (module.components.empty()) where.fail("it has no components");
  if (module.components.size() > Most::kComponents)
    where.fail(fmt::format("more than {} components", Most::kComponents));
  std::set<std::pair<std::uint32_t, std::string_view>> seen;
  for (const ComponentSchema& component : module.components) {
    check_component(where.in(component), component);
    if (!seen.emplace(component.kind, component.name).second)
      where.in(component).fail("another component of the plugin has the same kind and name");
  }
}

}  // namespace earshot::host
