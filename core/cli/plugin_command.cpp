#include "cli/plugin_command.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/error.hpp"
#include "base/nearest.hpp"
#include "base/utf8.hpp"
#include "cli/shared/own_environment.hpp"
#include "cli/shared/pipeline.hpp"
#include "cli/shared/spelled.hpp"
#include "cli/shared/state_service.hpp"
#include "config/option_value.hpp"
#include "earshot/types.hpp"
#include "observe/table.hpp"
#include "runtime/instance.hpp"
#include "runtime/services.hpp"

namespace earshot::host {
namespace {

// The command line cannot be understood.
struct UsageFault : Failure {
  using Failure::Failure;
};

// The words of one option as they were given.
struct Given {
  std::vector<std::string> texts;
  bool flag = false;
  CLI::Option* option = nullptr;
};

// `words` begin with the verb. What follows `--plugin-path` before it belongs to the host.
std::size_t place_of_verb(const std::vector<std::string>& words, Shell& shell) {
  std::size_t at = 0;
  while (at < words.size() && words[at].starts_with("-")) {
    const bool folders = words[at++] == "--plugin-path";
    while (folders && at < words.size() && std::filesystem::is_directory(words[at]))
      shell.plugin_folders.emplace_back(words[at++]);
  }
  return at;
}

std::string visible(std::string_view text) {
  std::string out;
  append_visible(out, text);
  return out;
}

Value typed(const OptionSchema& schema, const std::string& text) {
  std::string complaint;
  std::optional<Value> value = option_value(schema, text, complaint);
  if (!value) throw UsageFault(fmt::format("--{}: '{}' {}", spelled(schema.name), visible(text), complaint));
  return *value;
}

Value value_of(const OptionSchema& schema, const Given& given) {
  if (schema.type == EAR_BOOLEAN && given.flag) return typed(schema, "true");
  if (given.option->count() == 0) {
    if ((schema.flags & EAR_OPTION_REQUIRED) != 0)
      throw UsageFault(fmt::format("--{} is needed: {}", spelled(schema.name), schema.doc));
    std::string complaint;
    return option_default(schema, complaint).value_or(Value{});
  }
  if (schema.type != EAR_LIST) return typed(schema, given.texts.back());
  Value list;
  list.type = EAR_LIST;
  for (const std::string& text : given.texts) list.items.push_back(typed(element_of(schema), text));
  std::string complaint;
  if (!count_fits(schema, list.items.size(), complaint))
    throw UsageFault(fmt::format("--{} {}", spelled(schema.name), complaint));
  return list;
}

ear_command_io make_io() {
  ear_command_io io{};
  io.size = sizeof io;
  io.terminal = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  io.width = static_cast<std::uint32_t>(terminal_width(STDOUT_FILENO));
  io.out = [](void*, ear_str text) { std::fwrite(text.ptr, 1, text.len, stdout); };
  io.error = [](void*, ear_str text) { std::fwrite(text.ptr, 1, text.len, stderr); };
  return io;
}

class PluginCommand {
 public:
  PluginCommand(Catalog& catalog, const Found& found) : catalog_(catalog), found_(found), schema_(*found.component) {}

  int run(std::vector<std::string> words, Shell& shell) {
    CLI::App app{schema_.summary, "earshot " + spelled(schema_.name)};
    std::vector<std::string> arguments;
    std::string pipeline;
    if (!schema_.usage.empty()) app.add_option("arguments", arguments, schema_.usage);
    app.add_option("--pipeline", pipeline, "A pipeline's YAML file, whose options and watchlist the command may use");
    std::vector<Given> given(schema_.options.size());
    for (std::size_t i = 0; i < given.size(); ++i) add(app, schema_.options[i], given[i]);
    if (!schema_.examples.empty()) app.footer("Examples:\n  " + schema_.examples);
    for (std::string& word : words) hyphenate(word);
    std::reverse(words.begin(), words.end());
    try {
      app.parse(words);
    } catch (const CLI::Success& help) {
      return app.exit(help);
    } catch (const CLI::ParseError& error) {
      app.exit(error);
      return kUsage;
    }
    // A command whose words begin with a pipeline gets it as others do by --pipeline.
    if (pipeline.empty() && !arguments.empty() && schema_.usage.starts_with("[PIPELINE]")) pipeline = arguments[0];
    std::optional<Plan> plan;
    if (!pipeline.empty() && !(plan = load_plan(pipeline, catalog_, shell))) return kNotSo;
    return call(given, arguments, plan);
  }

 private:
  // --learned_from, as the plugin's schema has it, is understood too.
  void hyphenate(std::string& word) const {
    const std::size_t end = std::min(word.find('='), word.size());
    for (const OptionSchema& option : schema_.options)
      if (word.compare(0, end, "--" + option.name) == 0) word.replace(0, end, "--" + spelled(option.name));
  }

  static void add(CLI::App& app, const OptionSchema& option, Given& given) {
    const std::string name = "--" + spelled(option.name);
    if (option.type == EAR_BOOLEAN) {
      given.option = app.add_flag(name, given.flag, option.doc);
      return;
    }
    given.option =
        app.add_option(name, given.texts, option.doc + (option.fallback ? " [" + *option.fallback + "]" : ""));
    given.option->allow_extra_args(false);  // the next word is an argument
  }

  int call(const std::vector<Given>& given, const std::vector<std::string>& arguments,
           const std::optional<Plan>& plan) {
    OwnEnvironment own({.level = Level::warning, .json = false, .capture = {}}, catalog_);
    ComponentPlan component;
    component.kind = EAR_COMMAND, component.id = component.plugin = schema_.name, component.found = found_;
    for (std::size_t i = 0; i < given.size(); ++i) component.values.push_back(value_of(schema_.options[i], given[i]));
    const auto surroundings = plan ? surroundings_of(*plan) : std::make_shared<const Surroundings>();
    Services services(own.all, surroundings, plan ? plan->services : std::vector<ComponentPlan>{});
    std::optional<StateService> state;
    if (plan && !plan->state.empty()) services.offer(EAR_STATE_1, &state.emplace(*plan, own.all).table());
    Instance instance(component, own.all, surroundings, &services);
    if (const Outcome started = instance.start(); !started.ok()) throw Failure(started.text());
    std::vector<ear_str> words;
    for (const std::string& argument : arguments) words.push_back(str(argument));
    const ear_command_io io = make_io();
    std::int32_t code = kDone;
    const Outcome outcome = calling([&](ear_error* error) {
      return instance.table().command->run(instance.self(), words.data(), static_cast<std::uint32_t>(words.size()), &io,
                                           &code, error);
    });
    std::fflush(stdout);
    if (!outcome.ok()) throw Failure(outcome.text());
    return code;
  }

  Catalog& catalog_;
  Found found_;
  const ComponentSchema& schema_;
};

std::vector<std::string> built_in(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    out.push_back(verb->get_name());
  return out;
}

// What a command starts, the host itself for one, finds the plugins that the command was found among.
void hand_on_folders(const Shell& shell) {
  std::string folders;
  for (const std::filesystem::path& folder : shell.plugin_folders)
    folders += std::filesystem::absolute(folder).string() + ':';
  if (folders.empty()) return;
  const char* before = std::getenv("EARSHOT_PLUGIN_PATH");
  ::setenv("EARSHOT_PLUGIN_PATH", (folders + (before == nullptr ? "" : before)).c_str(), 1);
}

}  // namespace

bool run_plugin_command(const CLI::App& app, const std::vector<std::string>& words, Shell& shell) {
  const std::size_t at = place_of_verb(words, shell);
  std::vector<std::string> known = built_in(app);
  if (at >= words.size() || std::find(known.begin(), known.end(), words[at]) != known.end()) return false;
  hand_on_folders(shell);
  Catalog catalog = open_catalog(shell);
  const Found found = catalog.find(EAR_COMMAND, unspelled(words[at]));
  if (!found) {
    for (const std::string& name : catalog.names(EAR_COMMAND)) known.push_back(spelled(name));
    std::string text = fmt::format("earshot: there is no verb '{}'", words[at]);
    if (const std::string near(nearest(words[at], known)); !near.empty())
      text += fmt::format("; did you mean '{}'?", near);
    std::fprintf(stderr, "%s\nRun `earshot --help` for what there is.\n", text.c_str());
    shell.exit_code = kUsage;
    return true;
  }
  try {
    shell.exit_code =
        PluginCommand(catalog, found).run({words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end()}, shell);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "earshot %s: %s\n", words[at].c_str(), fault.what());
    shell.exit_code = dynamic_cast<const UsageFault*>(&fault) != nullptr ? kUsage : kNotSo;
  }
  return true;
}

std::string plugin_commands(Shell& shell) {
  Catalog catalog = open_catalog(shell);
  std::string out;
  for (const std::string& name : catalog.names(EAR_COMMAND))
    if (const Found found = catalog.find(EAR_COMMAND, name))
      out += fmt::format("  {:<27} {}\n", spelled(name), found.component->summary);
  return out.empty() ? out : "Verbs of plugins:\n" + out;
}

}  // namespace earshot::host
