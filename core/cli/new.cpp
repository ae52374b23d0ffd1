// `earshot new`: a plugin to start from, copied from the template beside the binary. Never overwrites anything.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "base/error.hpp"
#include "base/prefix.hpp"
#include "cli/verb.hpp"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

struct NewPlugin {
  std::string kind, name;
  fs::path into;
};

fs::path own_prefix() {
  std::error_code fault;
  fs::path here = prefix(fault);
  if (fault) throw Failure("cannot find out where this binary is: " + fault.message());
  return here;
}

// Names of targets that CMake keeps for itself.
constexpr std::string_view kTaken[] = {"all", "clean", "edit_cache", "help", "install", "package", "test"};

// The name becomes a file, a CMake target, the word after `plugin:` and, with capitals, a C++ class.
void check_name(const std::string& name) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto fits = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  if (name.empty() || name.size() > 64 || !letter(name.front()) || name.back() == '_' ||
      !std::all_of(name.begin(), name.end(), fits) || name.find("__") != std::string::npos)
    throw Failure("'" + name +
                  "' cannot be the name of a plugin: it takes lower-case letters, digits and single underscores, "
                  "begins with a letter and has at most 64 of them. For example: loud_posts");
  if (std::find(std::begin(kTaken), std::end(kTaken), name) != std::end(kTaken))
    throw Failure("'" + name + "' is a name that CMake keeps for itself; take another, as " + name + "_posts");
}

// loud_posts becomes LoudPosts.
std::string class_name(std::string_view name) {
  std::string out;
  bool capital = true;
  for (const char c : name) {
    if (c != '_') out += capital && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    capital = c == '_';
  }
  return out;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (!in) throw Failure("cannot read " + file.string());
  return text;
}

void copy_template(const NewPlugin& plugin, const fs::path& folder) {
  const fs::path root = own_prefix();
  const fs::path from = root / "share/earshot/template" / plugin.kind;
  if (!fs::is_directory(from))
    throw Failure("the template " + from.string() + " is not there: Earshot is not installed as a whole");
  fs::create_directories(folder);
  for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
    std::string name = entry.path().filename().string(), text = read(entry.path());
    replace_all(name, "plugin_name", plugin.name);
    replace_all(text, "PluginName", class_name(plugin.name));
    replace_all(text, "plugin_name", plugin.name);
    replace_all(text, "SDK_PREFIX", root.string());
    std::ofstream out(folder / name, std::ios::binary);
    if (!(out << text).flush()) throw Failure("cannot write " + (folder / name).string());
  }
}

void make(const NewPlugin& plugin) {
  check_name(plugin.name);
  const fs::path folder = plugin.into.empty() ? fs::path(plugin.name) : plugin.into;
  if (fs::exists(fs::symlink_status(folder)) && !(fs::is_directory(folder) && fs::is_empty(folder)))
    throw Failure(folder.string() +
                  " is there already, and nothing is ever overwritten: name another folder by --into");
  copy_template(plugin, folder);
  std::printf(
      "%s is a %s that builds, passes its own tests and runs. Next:\n\n"
      "  cd %s\n"
      "  cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure\n"
      "  earshot --plugin-path build run pipeline.yaml\n",
      folder.c_str(), plugin.kind.c_str(), folder.c_str());
}

}  // namespace

void add_new(CLI::App& app, Shell& shell) {
  CLI::App* verb = app.add_subcommand("new", "Make a plugin to start from");
  verb->footer("Examples:\n  earshot new detector loudness\n  earshot new source my_forum --into connectors/my_forum");
  auto plugin = std::make_shared<NewPlugin>();
  verb->add_option("kind", plugin->kind, "source, detector or sink")
      ->required()
      ->check(CLI::IsMember({"source", "detector", "sink"}));
  verb->add_option("name", plugin->name, "Lower-case letters, digits and underscores")->required();
  verb->add_option("--into", plugin->into, "The folder to make; without it, one of the plugin's name");
  verb->callback([plugin, &shell] {
    try {
      make(*plugin);
    } catch (const std::runtime_error& fault) {
      std::fprintf(stderr, "earshot new: %s\n", fault.what());
      shell.exit_code = kNotSo;
    }
  });
}

}  // namespace earshot::host
