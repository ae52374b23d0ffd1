#include "plugin/descriptor.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <limits>

#include "base/error.hpp"
#include "modules/module.h"

using namespace earshot::host;

namespace {

ear_status open_source(void*, ear_bytes, ear_error*) {
  return EAR_OK;
}
ear_status poll_source(void*, const ear_source_out*, ear_error*) {
  return EAR_END;
}
ear_status write_sink(void*, const ear_deliveries*, std::uint32_t*, ear_error*) {
  return EAR_OK;
}
ear_status flush_sink(void*, ear_error*) {
  return EAR_OK;
}
const void* service_table(void*, ear_str) {
  return nullptr;
}
ear_status run_command(void*, const ear_str*, std::uint32_t, const ear_command_io*, std::int32_t*, ear_error*) {
  return EAR_OK;
}
ear_status save(void*, const ear_state_out*, ear_error*) {
  return EAR_OK;
}
ear_time next_tick(void*) {
  return EAR_TIME_END;
}

// A whole plugin in memory, right as it stands, of which a test changes one thing.
struct Plugin {
  const char* words[3] = {"fast", "exact", nullptr};
  const char* offers[2] = {"earshot.store/1", nullptr};
  ear_option options[2] = {
      {sizeof(ear_option), EAR_REAL, 0, 0, "share", "How much", "0.5", nullptr, 0, 1, nullptr},
      {sizeof(ear_option), EAR_CHOICE, 0, EAR_OPTION_REQUIRED, "mode", "How", nullptr, "fast", 0, 0, words}};
  ear_detector detector{sizeof(ear_detector), 0, detect, nullptr, nullptr};
  ear_source source{sizeof(ear_source), 0, open_source, poll_source, nullptr, nullptr};
  ear_sink sink{sizeof(ear_sink), 0, write_sink, flush_sink};
  ear_service service{sizeof(ear_service), 0, offers, service_table};
  ear_command command{sizeof(ear_command), 0, "POST-ID", nullptr, run_command};
  ear_component first{}, second{};
  const ear_component* components[3] = {&first, nullptr, nullptr};
  ear_module module{sizeof(ear_module), EAR_ABI(1, 0), "org.example.x", "1.0.0",
                    "Example",          "MIT",         "For tests",     components};

  Plugin() {
    first.size = sizeof first;
    first.kind = EAR_DETECTOR;
    first.flags = EAR_STATELESS;
    first.name = "x";
    first.summary = "Does nothing";
    first.options = options;
    first.option_count = 2;
    first.option_stride = sizeof(ear_option);
    first.detector = &detector;
    first.create = create;
    first.destroy = destroy;
    second = first;
  }
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  void turn_into(std::uint32_t kind) {
    first.kind = kind;
    first.flags = 0;
    first.detector = nullptr;
    if (kind == EAR_SOURCE) first.source = &source;
    if (kind == EAR_SINK) first.sink = &sink;
    if (kind == EAR_SERVICE) first.service = &service;
    if (kind == EAR_COMMAND) first.command = &command;
  }
};

struct Case {
  const char* message;
  std::function<void(Plugin&)> change;
};

void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    Plugin plugin;
    one.change(plugin);
    INFO(one.message);
    CHECK_THROWS_WITH(read_descriptor(plugin.module), one.message);
  }
}

}  // namespace

TEST_CASE("A plugin that keeps the rules is read as it stands") {
  const Plugin plugin;
  const ModuleSchema module = read_descriptor(plugin.module);
  CHECK(module.id == "org.example.x");
  CHECK(module.licence == "MIT");
  REQUIRE(module.components.size() == 1);
  const ComponentSchema& component = module.components[0];
  CHECK(component.flags == EAR_STATELESS);
  REQUIRE(component.options.size() == 2);
  CHECK(component.options[0].fallback == "0.5");
  CHECK(component.options[0].max == 1);
  CHECK_FALSE(component.options[1].fallback.has_value());
  CHECK(component.options[1].choices == std::vector<std::string>{"fast", "exact"});
}

TEST_CASE("Every kind is read") {
  for (const std::uint32_t kind : {EAR_SOURCE, EAR_SINK, EAR_SERVICE, EAR_COMMAND}) {
    Plugin plugin;
    plugin.turn_into(kind);
    const ComponentSchema component = read_descriptor(plugin.module).components.at(0);
    CHECK(component.kind == kind);
    CHECK(component.offers.size() == (kind == EAR_SERVICE ? 1 : 0));
    CHECK(component.usage == (kind == EAR_COMMAND ? "POST-ID" : ""));
  }
}

TEST_CASE("The module's version, size and texts are checked") {
  check({
      {"the plugin needs binary contract 2.0, and this host has 1.0: take a build of the plugin for 1.x, or a host "
       "with 2.x",
       [](Plugin& p) {
         p.module.abi = EAR_ABI(2, 0);
         p.module.components = nullptr;  // of another major version only size and abi may be read
       }},
      {"the plugin needs binary contract 1.7, and this host has 1.0: take a newer host, or an older release of the "
       "plugin",
       [](Plugin& p) { p.module.abi = EAR_ABI(1, 7); }},
      {"the plugin: the module has a size of 8 bytes, and at least 56 are needed: it is cut off, or `size` is not set",
       [](Plugin& p) { p.module.size = 8; }},
      {"the plugin: its id must begin with a lower-case letter and have lower-case letters, digits, '.', '-' and '_' "
       "only",
       [](Plugin& p) { p.module.id = nullptr; }},
      {"org.example.x: its version '1.0' is not of the form 1.2.3", [](Plugin& p) { p.module.version = "1.0"; }},
      {"org.example.x: it has no vendor", [](Plugin& p) { p.module.vendor = ""; }},
      {"org.example.x: it has no licence", [](Plugin& p) { p.module.licence = nullptr; }},
      {"org.example.x: its summary has a control character: 'two\\nlines'",
       [](Plugin& p) { p.module.summary = "two\nlines"; }},
      {"org.example.x: its summary is not UTF-8", [](Plugin& p) { p.module.summary = "\xff"; }},
      {"org.example.x: it has no components", [](Plugin& p) { p.components[0] = nullptr; }},
      {"org.example.x: it has no components", [](Plugin& p) { p.module.components = nullptr; }},
  });
}

TEST_CASE("A text without end is read no further than its longest") {
  const std::string endless(10'000, 'x');
  check({{"org.example.x: its summary is longer than 512 bytes",
          [&](Plugin& p) { p.module.summary = endless.c_str(); }}});
}

TEST_CASE("A list without end is read no further than its most") {
  Plugin plugin;
  const std::vector<const ear_component*> components(65, &plugin.first);
  plugin.module.components = components.data();
  CHECK_THROWS_WITH(read_descriptor(plugin.module),
                    "org.example.x: more than 64 components, or no NULL behind the last");
}

TEST_CASE("A component's kind, name, flags and tables are checked") {
  check({
      {"org.example.x: a component has a size of 0 bytes, and at least 104 are needed: it is cut off, or `size` is not "
       "set",
       [](Plugin& p) { p.first.size = 0; }},
      {"org.example.x: a component has a size of 164 bytes, which no release of the contract has",
       [](Plugin& p) { p.first.size = 164; }},
      {"org.example.x: component 'x': is of kind 9, which this host does not know",
       [](Plugin& p) { p.first.kind = 9; }},
      {"org.example.x: detector 'X y': its name must begin with a lower-case letter and have lower-case letters, "
       "digits "
       "and _ only",
       [](Plugin& p) { p.first.name = "X y"; }},
      {"org.example.x: detector 'x': it has no summary", [](Plugin& p) { p.first.summary = nullptr; }},
      {"org.example.x: detector 'x': its flags 0x81 are not known", [](Plugin& p) { p.first.flags |= 128; }},
      {"org.example.x: detector 'x': the flag `remote` is for a sink", [](Plugin& p) { p.first.flags = EAR_REMOTE; }},
      {"org.example.x: detector 'x': its detector table is NULL", [](Plugin& p) { p.first.detector = nullptr; }},
      {"org.example.x: detector 'x': is a detector, but has a sink table too: one kind for a component",
       [](Plugin& p) { p.first.sink = &p.sink; }},
      {"org.example.x: detector 'x': its detector table has a size of 4 bytes, and at least 16 are needed: it is cut "
       "off, or `size` is not set",
       [](Plugin& p) { p.detector.size = 4; }},
      {"org.example.x: detector 'x': another component of the plugin has the same kind and name",
       [](Plugin& p) { p.components[1] = &p.second; }},
  });
}

TEST_CASE("Each required call is named where it is missing") {
  const auto missing = [](const char* kind, const char* call) {
    return "org.example.x: " + std::string(kind) + " 'x': the call `" + call +
           "` is missing, and every component of its kind must have it";
  };
  const auto check_missing = [&](std::uint32_t kind, const char* call, const std::function<void(Plugin&)>& change) {
    Plugin plugin;
    if (kind != EAR_DETECTOR) plugin.turn_into(kind);
    change(plugin);
    CHECK_THROWS_WITH(read_descriptor(plugin.module), missing(std::string(kind_name(kind)).c_str(), call));
  };
  check_missing(EAR_DETECTOR, "create", [](Plugin& p) { p.first.create = nullptr; });
  check_missing(EAR_DETECTOR, "destroy", [](Plugin& p) { p.first.destroy = nullptr; });
  check_missing(EAR_DETECTOR, "detector.detect", [](Plugin& p) { p.detector.detect = nullptr; });
  check_missing(EAR_SOURCE, "source.open", [](Plugin& p) { p.source.open = nullptr; });
  check_missing(EAR_SOURCE, "source.poll", [](Plugin& p) { p.source.poll = nullptr; });
  check_missing(EAR_SINK, "sink.write", [](Plugin& p) { p.sink.write = nullptr; });
  check_missing(EAR_SINK, "sink.flush", [](Plugin& p) { p.sink.flush = nullptr; });
  check_missing(EAR_SERVICE, "service.table", [](Plugin& p) { p.service.table = nullptr; });
  check_missing(EAR_COMMAND, "command.run", [](Plugin& p) { p.command.run = nullptr; });
}

TEST_CASE("Calls that are of no use without another come with it") {
  check({
      {"org.example.x: detector 'x': has `save` but no `load`: what it saves could never be read",
       [](Plugin& p) { p.first.save = save; }},
      {"org.example.x: detector 'x': has one of `next_tick` and `tick`, which are of use together only",
       [](Plugin& p) { p.first.next_tick = next_tick; }},
      {"org.example.x: detector 'x': says that it is stateless, but has `save`",
       [](Plugin& p) {
         p.first.save = save;
         p.first.load = [](void*, std::uint32_t, ear_str, ear_bytes, ear_error*) { return ear_status{EAR_OK}; };
       }},
  });
}

TEST_CASE("The array of options is checked before it is walked") {
  check({
      {"org.example.x: detector 'x': says it has 2 options, but `options` is NULL",
       [](Plugin& p) { p.first.options = nullptr; }},
      {"org.example.x: detector 'x': 4000000000 options; 256 are allowed",
       [](Plugin& p) { p.first.option_count = 4'000'000'000; }},
      {"org.example.x: detector 'x': `option_stride` has a size of 8 bytes, and at least 72 are needed: it is cut off, "
       "or `size` is not set",
       [](Plugin& p) { p.first.option_stride = 8; }},
      {"org.example.x: detector 'x': option 2 is larger than `option_stride`, 72 bytes",
       [](Plugin& p) { p.options[1].size = 80; }},
  });
}

TEST_CASE("Options are walked by their stride") {
  struct Newer {
    ear_option known;
    std::uint64_t unknown;
  };
  Plugin plugin;
  Newer newer[2] = {{plugin.options[0], 7}, {plugin.options[1], 7}};
  for (Newer& option : newer) option.known.size = sizeof(Newer);
  plugin.first.options = &newer[0].known;
  plugin.first.option_stride = sizeof(Newer);
  CHECK(read_descriptor(plugin.module).components.at(0).options.at(1).name == "mode");
}

TEST_CASE("What an option says of itself is checked") {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  check({
      {"org.example.x: detector 'x': option '9lives': its name must begin with a lower-case letter and have lower-case "
       "letters, digits and _ only",
       [](Plugin& p) { p.options[0].name = "9lives"; }},
      {"org.example.x: detector 'x': option 'share': it has no doc", [](Plugin& p) { p.options[0].doc = nullptr; }},
      {"org.example.x: detector 'x': option 'share': its type 15 is not known",
       [](Plugin& p) { p.options[0].type = 15; }},
      {"org.example.x: detector 'x': option 'share': its type 0 is not known",
       [](Plugin& p) { p.options[0].type = EAR_UNSET; }},
      {"org.example.x: detector 'x': option 'share': the items of a list cannot be of type 13",
       [](Plugin& p) { p.options[0].type = p.options[0].element = EAR_LIST; }},
      {"org.example.x: detector 'x': option 'share': `element` is for lists and maps; this is a real",
       [](Plugin& p) { p.options[0].element = EAR_TEXT; }},
      {"org.example.x: detector 'x': option 'share': its flags 0x8 are not known",
       [](Plugin& p) { p.options[0].flags = 8; }},
      {"org.example.x: detector 'x': option 'share': it is required and has a default, which is never used",
       [](Plugin& p) { p.options[0].flags = EAR_OPTION_REQUIRED; }},
      {"org.example.x: detector 'x': option 'share': its bounds are not finite",
       [](Plugin& p) { p.options[0].min = kNone; }},
      {"org.example.x: detector 'x': option 'share': its lowest value 3 is above its highest 1",
       [](Plugin& p) { p.options[0].min = 3; }},
      {"org.example.x: detector 'x': option 'mode': a choice has no bounds", [](Plugin& p) { p.options[1].max = 3; }},
      {"org.example.x: detector 'x': option 'mode': it has no choices to choose from",
       [](Plugin& p) { p.options[1].choices = nullptr; }},
      {"org.example.x: detector 'x': option 'mode': its choice 'fast' stands there twice",
       [](Plugin& p) { p.words[1] = "fast"; }},
      {"org.example.x: detector 'x': option 'share': a real has no choices",
       [](Plugin& p) { p.options[0].choices = p.words; }},
      {"org.example.x: detector 'x': option 'share': another option has the same name",
       [](Plugin& p) { p.options[1].name = "share"; }},
  });
}

TEST_CASE("A service offers ids with a version") {
  check({
      {"org.example.x: service 'x': offers 'store', which is not of the form name/1",
       [](Plugin& p) { p.turn_into(EAR_SERVICE), p.offers[0] = "store"; }},
      {"org.example.x: service 'x': it is a service and offers none",
       [](Plugin& p) { p.turn_into(EAR_SERVICE), p.offers[0] = nullptr; }},
  });
}
