#include "plugin/descriptor.hpp"

#include <fmt/format.h>

#include <cstring>

#include "base/error.hpp"
#include "plugin/schema_rules.hpp"

namespace earshot::host {
namespace {

constexpr std::uint32_t kLargestTable = 4096;  // a `size` above it is no size

std::string text(const char* from, std::size_t longest) {
  if (from == nullptr) return {};
  return {from, ::strnlen(from, longest + 1)};  // one byte too many is for check_schema to find
}

// A table as large as it says, in whole members, and with those that every release has (up to `least` bytes).
void check_size(const Where& where, std::string_view table, std::uint32_t size, std::size_t least) {
  if (size < least)
    where.fail(fmt::format("{} has a size of {} bytes, and at least {} are needed: it is cut off, or `size` is not set",
                           table, size, least));
  if (size > kLargestTable || size % 8 != 0)
    where.fail(fmt::format("{} has a size of {} bytes, which no release of the contract has", table, size));
}

#define EARSHOT_UP_TO(type, member) (offsetof(type, member) + sizeof(type::member))

void check_versions(const ear_module& module) {
  const std::uint32_t major = module.abi >> 16, minor = module.abi & 0xFFFF;
  const auto told = [&](std::string_view way_out) {
    return Failure(fmt::format("the plugin needs binary contract {}.{}, and this host has {}.{}: {}", major, minor,
                               EAR_ABI_MAJOR, EAR_ABI_MINOR, way_out));
  };
  if (major != EAR_ABI_MAJOR)
    throw told(fmt::format("take a build of the plugin for {}.x, or a host with {}.x", EAR_ABI_MAJOR, major));
  if (minor > EAR_ABI_MINOR) throw told("take a newer host, or an older release of the plugin");
}

std::vector<std::string> words(const Where& where, std::string_view what, const char* const* from, std::size_t most,
                               std::size_t longest) {
  std::vector<std::string> all;
  if (from == nullptr) return all;
  for (; *from != nullptr; ++from) {
    if (all.size() == most) where.fail(fmt::format("more than {} {}, or no NULL behind the last", most, what));
    all.push_back(text(*from, longest));
  }
  return all;
}

OptionSchema read_option(const Where& outer, const ear_option& from) {
  OptionSchema option;
  check_size(outer, "an option", from.size, EARSHOT_UP_TO(ear_option, choices));
  option.name = text(from.name, Longest::kName);
  const Where where = outer.in(option);
  option.doc = text(from.doc, Longest::kDoc);
  option.type = from.type;
  option.element = from.element;
  option.flags = from.flags;
  if (from.fallback != nullptr) option.fallback = text(from.fallback, Longest::kDoc);
  if (from.example != nullptr) option.example = text(from.example, Longest::kDoc);
  option.min = from.min;
  option.max = from.max;
  option.choices = words(where, "choices", from.choices, Most::kChoices, Longest::kName);
  return option;
}

void read_options(const Where& where, const ear_component& from, ComponentSchema& component) {
  if (from.option_count == 0) return;
  if (from.option_count > Most::kOptions)
    where.fail(fmt::format("{} options; {} are allowed", from.option_count, Most::kOptions));
  if (from.options == nullptr)
    where.fail(fmt::format("says it has {} options, but `options` is NULL", from.option_count));
  check_size(where, "`option_stride`", from.option_stride, EARSHOT_UP_TO(ear_option, choices));
  const char* at = reinterpret_cast<const char*>(from.options);
  for (std::uint32_t i = 0; i < from.option_count; ++i, at += from.option_stride) {
    const auto& option = *reinterpret_cast<const ear_option*>(at);
    if (option.size > from.option_stride)
      where.fail(fmt::format("option {} is larger than `option_stride`, {} bytes", i + 1, from.option_stride));
    component.options.push_back(read_option(where, option));
  }
}

void need(const Where& where, bool there, std::string_view call) {
  if (!there) where.fail(fmt::format("the call `{}` is missing, and every component of its kind must have it", call));
}

void read_source(const Where& where, const ear_source& source) {
  check_size(where, "its source table", source.size, EARSHOT_UP_TO(ear_source, poll));
  need(where, source.open != nullptr, "source.open");
  need(where, source.poll != nullptr, "source.poll");
}

void read_detector(const Where& where, const ear_detector& detector) {
  check_size(where, "its detector table", detector.size, EARSHOT_UP_TO(ear_detector, detect));
  need(where, detector.detect != nullptr, "detector.detect");
}

void read_sink(const Where& where, const ear_sink& sink) {
  check_size(where, "its sink table", sink.size, EARSHOT_UP_TO(ear_sink, flush));
  need(where, sink.write != nullptr, "sink.write");
  need(where, sink.flush != nullptr, "sink.flush");
}

void read_service(const Where& where, const ear_service& service, ComponentSchema& component) {
  check_size(where, "its service table", service.size, EARSHOT_UP_TO(ear_service, table));
  need(where, service.table != nullptr, "service.table");
  component.offers = words(where, "services offered", service.offers, Most::kOffers, Longest::kName);
}

void read_command(const Where& where, const ear_command& command, ComponentSchema& component) {
  check_size(where, "its command table", command.size, EARSHOT_UP_TO(ear_command, run));
  need(where, command.run != nullptr, "command.run");
  component.usage = text(command.usage, Longest::kLine);
  component.examples = text(command.examples, Longest::kDoc);
}

// The one table that the kind names is set, the others are not.
void read_kind(const Where& where, const ear_component& from, ComponentSchema& component) {
  const std::pair<std::uint32_t, bool> tables[] = {{EAR_SOURCE, from.source != nullptr},
                                                   {EAR_DETECTOR, from.detector != nullptr},
                                                   {EAR_SINK, from.sink != nullptr},
                                                   {EAR_SERVICE, from.service != nullptr},
                                                   {EAR_COMMAND, from.command != nullptr}};
  for (const auto& [kind, set] : tables) {
    if (kind == from.kind && !set) where.fail(fmt::format("its {} table is NULL", kind_name(kind)));
    if (kind != from.kind && set)
      where.fail(fmt::format("is a {}, but has a {} table too: one kind for a component", kind_name(from.kind),
                             kind_name(kind)));
  }
  switch (from.kind) {
    case EAR_SOURCE:
      return read_source(where, *from.source);
    case EAR_DETECTOR:
      return read_detector(where, *from.detector);
    case EAR_SINK:
      return read_sink(where, *from.sink);
    case EAR_SERVICE:
      return read_service(where, *from.service, component);
    default:
      return read_command(where, *from.command, component);
  }
}

// Calls that are of no use without another.
void check_pairs(const Where& where, const ear_component& from) {
  const bool saves = EAR_HAS(&from, ear_component, save) && from.save != nullptr;
  const bool loads = EAR_HAS(&from, ear_component, load) && from.load != nullptr;
  const bool asks = EAR_HAS(&from, ear_component, next_tick) && from.next_tick != nullptr;
  const bool ticks = EAR_HAS(&from, ear_component, tick) && from.tick != nullptr;
  if (saves && !loads) where.fail("has `save` but no `load`: what it saves could never be read");
  if (asks != ticks) where.fail("has one of `next_tick` and `tick`, which are of use together only");
  if (saves && from.kind == EAR_DETECTOR && (from.flags & EAR_STATELESS) != 0)
    where.fail("says that it is stateless, but has `save`");
}

ComponentSchema read_component(const Where& outer, const ear_component& from) {
  check_size(outer, "a component", from.size, EARSHOT_UP_TO(ear_component, destroy));
  ComponentSchema component;
  component.kind = from.kind;
  component.flags = from.flags;
  component.state_version = from.state_version;
  component.name = text(from.name, Longest::kName);
  component.summary = text(from.summary, Longest::kLine);
  const Where where = outer.in(component);
  if (from.kind < EAR_SOURCE || from.kind > EAR_COMMAND)
    where.fail(fmt::format("is of kind {}, which this host does not know", from.kind));
  need(where, from.create != nullptr, "create");
  need(where, from.destroy != nullptr, "destroy");
  read_kind(where, from, component);
  check_pairs(where, from);
  read_options(where, from, component);
  return component;
}

}  // namespace

std::string_view kind_name(std::uint32_t kind) {
  constexpr std::string_view kNames[] = {"component", "source", "detector", "sink", "service", "command"};
  return kind < std::size(kNames) ? kNames[kind] : kNames[0];
}

std::string_view type_name(std::uint32_t type) {
  constexpr std::string_view kNames[] = {"unset",  "text",   "integer", "real", "yes or no", "duration", "size", "time",
                                         "secret", "choice", "path",    "URL",  "query",     "list",     "map"};
  return type < std::size(kNames) ? kNames[type] : "unknown type";
}

ModuleSchema read_descriptor(const ear_module& from) {
  check_versions(from);
  ModuleSchema module;
  module.abi = from.abi;
  check_size(Where(module), "the module", from.size, EARSHOT_UP_TO(ear_module, components));
  module.id = text(from.id, Longest::kId);
  module.version = text(from.version, Longest::kName);
  module.vendor = text(from.vendor, Longest::kLine);
  module.licence = text(from.licence, Longest::kLine);
  module.summary = text(from.summary, Longest::kLine);
  const Where where(module);
  for (auto at = from.components; at != nullptr && *at != nullptr; ++at) {
    if (module.components.size() == Most::kComponents)
      where.fail(fmt::format("more than {} components, or no NULL behind the last", Most::kComponents));
    module.components.push_back(read_component(where, **at));
  }
  check_schema(module);
  return module;
}

#undef EARSHOT_UP_TO

}  // namespace earshot::host
