// Completion scripts, made from the verbs and options that the command really has.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/open_catalog.hpp"
#include "cli/shared/spelled.hpp"

namespace earshot::host {
namespace {

constexpr std::string_view kPluginType = "PLUGIN";  // the type_name of an option that takes a plugin's name

struct Flag {
  std::vector<std::string> names;  // --state, -s
  std::string help;
  bool takes_value = false;
  bool takes_plugin = false;
  std::vector<std::string> choices;
};

// What may stand behind the verbs of `path`, as "dlq list"; the empty path is the command itself.
struct Level {
  std::string path;
  std::vector<std::pair<std::string, std::string>> verbs;  // with their help
  std::vector<Flag> flags;
  bool takes_plugin = false;
  std::vector<std::string> choices;  // of the first argument that has some
};

// CLI11 writes the words of IsMember into the type: "TEXT:{in,out}".
std::vector<std::string> choices_of(const std::string& type) {
  std::vector<std::string> choices;
  const std::size_t open = type.find('{'), close = type.rfind('}');
  if (open == std::string::npos || close == std::string::npos) return choices;
  std::string word;
  for (const char c : type.substr(open + 1, close - open - 1) + ",") {
    if (c != ',') {
      word += c;
    } else if (!word.empty()) {
      choices.push_back(std::move(word));
      word.clear();
    }
  }
  return choices;
}

void add_option(Level& level, const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const bool plugin = type.find(kPluginType) != std::string::npos;
  if (option.get_positional()) {
    level.takes_plugin = level.takes_plugin || plugin;
    if (level.choices.empty()) level.choices = choices_of(type);
    return;
  }
  if (option.get_group().empty()) return;  // hidden
  Flag flag{{}, option.get_description(), option.get_items_expected_max() > 0, plugin, choices_of(type)};
  for (const std::string& name : option.get_lnames()) flag.names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) flag.names.push_back("-" + name);
  level.flags.push_back(std::move(flag));
}

void collect(const CLI::App& app, const std::string& path, std::vector<Level>& levels) {
  Level level;
  level.path = path;
  for (const CLI::Option* option : app.get_options()) add_option(level, *option);
  const auto verbs = app.get_subcommands([](const CLI::App* verb) { return !verb->get_group().empty(); });
  for (const CLI::App* verb : verbs) level.verbs.emplace_back(verb->get_name(), verb->get_description());
  levels.push_back(std::move(level));
  for (const CLI::App* verb : verbs)
    collect(*verb, path.empty() ? verb->get_name() : path + " " + verb->get_name(), levels);
}

// The verbs of plugins, as they are now; a new plugin's comes with the next shell.
void collect_plugins(Shell& shell, std::vector<Level>& levels) {
  Catalog catalog = open_catalog(shell);
  for (const std::string& plugin : catalog.names(EAR_COMMAND)) {
    const Found found = catalog.find(EAR_COMMAND, plugin);
    const std::string name = spelled(plugin);
    const auto& known = levels.front().verbs;
    if (!found || std::any_of(known.begin(), known.end(), [&](const auto& verb) { return verb.first == name; }))
      continue;
    Level level;
    level.path = name;
    level.flags.push_back({{"--help", "-h"}, "Print this help message and exit", false, false, {}});
    level.flags.push_back({{"--pipeline"}, "A pipeline's YAML file", true, false, {}});
    for (const OptionSchema& option : found.component->options)
      level.flags.push_back(
          {{"--" + spelled(option.name)}, option.doc, option.type != EAR_BOOLEAN, false, option.choices});
    levels.front().verbs.emplace_back(name, found.component->summary);
    levels.push_back(std::move(level));
  }
}

// -- bash, and zsh through its bashcompinit --

std::string bash_words(const std::vector<std::string>& words) {
  return fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$cur\"))", fmt::join(words, " "));
}

constexpr std::string_view kBashPlugins =
    R"sh(COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" plugins --names 2>/dev/null)" -- "$cur")))sh";

// The values of options. An empty answer leaves it to the shell, which completes files.
std::string bash_values(const Level& level) {
  std::string out;
  for (const Flag& flag : level.flags) {
    if (!flag.takes_value) continue;
    for (const std::string& name : flag.names)
      out += fmt::format("    '{}:{}') {} return ;;\n", level.path, name,
                         flag.takes_plugin      ? std::string(kBashPlugins) + ";"
                         : flag.choices.empty() ? ""
                                                : bash_words(flag.choices) + ";");
  }
  return out;
}

std::string bash_level(const Level& level) {
  std::vector<std::string> flags, words = level.choices;
  for (const Flag& flag : level.flags) flags.insert(flags.end(), flag.names.begin(), flag.names.end());
  for (const auto& [verb, help] : level.verbs) words.push_back(verb);
  std::string out = fmt::format("    '{}')\n      if [[ $cur == -* ]]; then {}\n", level.path, bash_words(flags));
  if (level.takes_plugin)
    out += fmt::format("      else {}\n", kBashPlugins);
  else if (!words.empty())
    out += fmt::format("      else {}\n", bash_words(words));
  return out + "      fi ;;\n";
}

std::string bash(const std::vector<Level>& levels) {
  std::string verbs, values, words;
  for (const Level& level : levels) {
    for (const auto& [verb, help] : level.verbs)
      verbs += fmt::format("      '{}:{}') path='{}' ;;\n", level.path, verb,
                           level.path.empty() ? verb : level.path + " " + verb);
    values += bash_values(level);
    words += bash_level(level);
  }
  return fmt::format(R"(# bash completion of earshot: source <(earshot completion bash)
_earshot() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} path= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path:${{COMP_WORDS[i]}}" in
{}    esac
  done
  case "$path:${{COMP_WORDS[COMP_CWORD-1]}}" in
{}  esac
  case $path in
{}  esac
}}
complete -o bashdefault -o default -F _earshot earshot
)",
                     verbs, values, words);
}

std::string zsh(const std::vector<Level>& levels) {
  return "# zsh completion of earshot: source <(earshot completion zsh)\n"
         "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" +
         bash(levels);
}

// -- fish --

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "'";
}

std::string fish_line(const Level& level, std::string_view rest) {
  return fmt::format("complete -c earshot -n \"__earshot_at '{}'\" {}\n", level.path, rest);
}

std::string fish_values(const std::vector<std::string>& choices, bool plugin) {
  if (plugin) return "-a '(earshot plugins --names 2>/dev/null)'";
  return "-a " + fish_quoted(fmt::format("{}", fmt::join(choices, " ")));
}

std::string fish_flag(const Flag& flag) {
  std::string line;
  for (const std::string& name : flag.names)
    line += name.starts_with("--") ? "-l " + name.substr(2) + " " : "-s " + name.substr(1) + " ";
  if (flag.takes_value) line += "-r ";
  if (flag.takes_plugin || !flag.choices.empty()) line += "-f " + fish_values(flag.choices, flag.takes_plugin) + " ";
  return line + "-d " + fish_quoted(flag.help);
}

std::string fish(const std::vector<Level>& levels) {
  std::string verbs, lines;
  for (const Level& level : levels) {
    for (const auto& [verb, help] : level.verbs) {
      verbs += fmt::format("      case '{}:{}'\n        set path '{}'\n", level.path, verb,
                           level.path.empty() ? verb : level.path + " " + verb);
      lines += fish_line(level, "-f -a " + fish_quoted(verb) + " -d " + fish_quoted(help));
    }
    for (const Flag& flag : level.flags) lines += fish_line(level, fish_flag(flag));
    if (level.takes_plugin || !level.choices.empty())
      lines += fish_line(level, "-f " + fish_values(level.choices, level.takes_plugin));
  }
  return fmt::format(R"(# fish completion of earshot: earshot completion fish | source
function __earshot_at
  set -l path ''
  for word in (commandline -opc)[2..-1]
    switch "$path:$word"
{}    end
  end
  test "$path" = "$argv[1]"
end
{})",
                     verbs, lines);
}

}  // namespace

void add_completion(CLI::App& app, Shell& shell_of_verbs) {
  CLI::App* verb = app.add_subcommand("completion", "Print a completion script for your shell");
  auto shell = std::make_shared<std::string>();
  verb->add_option("shell", *shell, "Your shell")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  verb->footer(
      "Examples:\n  source <(earshot completion bash)      # in ~/.bashrc\n"
      "  source <(earshot completion zsh)       # in ~/.zshrc\n"
      "  earshot completion fish | source       # in ~/.config/fish/config.fish");
  verb->callback([shell, &app, &shell_of_verbs] {
    std::vector<Level> levels;
    collect(app, "", levels);
    collect_plugins(shell_of_verbs, levels);
    fmt::print("{}", *shell == "bash" ? bash(levels) : *shell == "zsh" ? zsh(levels) : fish(levels));
  });
}

}  // namespace earshot::host
