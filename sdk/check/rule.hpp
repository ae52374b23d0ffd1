// rule.hpp: one rule of the binary contract, and what it is tried on. Values; a rule runs in a process of its own,
// in an empty folder, on one thread unless it says otherwise.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/abi.h"
#include "earshot/testing/values.hpp"

namespace earshot::check {

// What a rule is tried on. The spy's table stands in for the plugin's own: see spy.hpp.
struct Subject {
  std::filesystem::path file;                // absolute
  const ear_module* module = nullptr;        // loaded; not for rules of the file
  const ear_component* component = nullptr;  // the spy's; not for rules of the module
  std::vector<testing::Setting> options;
  std::uint64_t seed = 1;
};

// The rule is broken; the text says how, for the plugin's author.
struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// The rule cannot be tried on this plugin, and why.
struct Skipped : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class Scope { file, module, component };

inline constexpr std::uint32_t kOf(std::uint32_t kind) {
  return 1u << kind;
}
inline constexpr std::uint32_t kEveryKind = ~0u;

struct Rule {
  std::string_view name;
  std::string_view what;   // what a plugin does that keeps it
  std::string_view cites;  // words of the line of abi.h that it enforces
  void (*run)(const Subject&);
  Scope scope = Scope::component;
  std::uint32_t kinds = kEveryKind;  // kOf(EAR_SOURCE) | …
  std::string_view death = {};       // what it means where the process dies of it
};

// All of them, in the order in which they are tried. The first three are gates: where one is broken, those behind it
// are not tried.
std::span<const Rule> rules();
const Rule* find_rule(std::string_view name);
inline constexpr std::string_view kGates[] = {"loads", "abi-version", "tables-complete"};

// In parts, by what they are about.
std::span<const Rule> file_rules();
std::span<const Rule> option_rules();
std::span<const Rule> life_rules();
std::span<const Rule> detector_rules();
std::span<const Rule> source_rules();
std::span<const Rule> sink_rules();

}  // namespace earshot::check
