// plan.hpp: a pipeline as checked: everything typed, every name resolved, nothing left to find out at run time but the
// world outside. Made by read_config; a value that does not change afterwards.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/value.hpp"
#include "config/diagnostic.hpp"
#include "config/places.hpp"
#include "plugin/catalog.hpp"

namespace earshot::host {

enum class WhenFull { block, drop_newest, drop_oldest };
enum class Takes { all, posts, alerts };

struct ComponentPlan {
  std::uint32_t kind = 0;  // EAR_SOURCE …
  std::string id;          // what the user calls it: the key in the config
  std::string plugin;      // the component's name
  Found found;
  Position at;
  std::vector<std::string> from;          // ids, in the order given
  std::vector<std::string> sees;          // of Plan::earlier: whose findings it may see
  std::vector<Value> values;              // one for each option of the schema, in its order
  Places places;                          // of the options' values, for faults that the plugin tells
  std::shared_ptr<const Places> watched;  // of the watch items, by "watchlist.ID"; the same for all components

  std::chrono::nanoseconds deadline{std::chrono::minutes{1}};   // of one call; 0: none
  std::chrono::nanoseconds lateness{std::chrono::minutes{10}};  // source: how far posts may come out of order
  WhenFull when_full = WhenFull::block;                         // source
  Takes takes = Takes::all;                                     // sink
  bool required = true;                                         // sink: the run fails if it does
};

// A part of a test, and where it is written.
struct TestEntry : Value {
  Position at;
};

// One case of the `tests:` section.
struct TestPlan {
  std::string name;
  Position at;
  std::vector<TestEntry> posts;     // maps, in Earshot's post form; each has an id
  std::vector<TestEntry> findings;  // maps of texts: {post, kind, subject, value, detector, text, score, none}
  std::vector<TestEntry> alerts;    // maps of texts: {kind, subject, detector, none}
  std::vector<TestEntry> sinks;     // lists under the sink's id: ids of posts that must reach it
  bool exact = false;               // no others may be there
};

struct Plan {
  std::string name;
  std::filesystem::path file;
  std::filesystem::path state;     // folder of checkpoints; empty: none are kept
  std::filesystem::path key_file;  // of what is kept of posts beside checkpoints; empty: it is not sealed
  std::vector<ComponentPlan> sources, sinks, services;
  std::vector<ComponentPlan> detectors;        // in topological order; ties as written
  std::vector<std::string> earlier;            // detectors that do not run: stored posts bring what they found
  Value watchlist;                             // a list of maps
  Value config;                                // the file as a tree, secrets left out
  std::map<std::string, std::string> secrets;  // by the name that an EAR_SECRET value carries
  std::vector<TestPlan> tests;

  std::chrono::nanoseconds checkpoint{std::chrono::seconds{5}};
  std::chrono::nanoseconds drain{std::chrono::seconds{30}};
  std::chrono::nanoseconds keep_dead_letters{0};  // 0: as long as there is room
  std::uint64_t memory = 32u << 20;               // bytes in flight
  std::uint32_t workers = 0;                      // 0: one for each core
  std::string listen = "127.0.0.1:0";             // health and metrics; "off": none
};

class TextSource;

struct ConfigResult {
  std::optional<Plan> plan;  // there when nothing was wrong
  Diagnostics diagnostics;
};

// Reads, includes, interpolates, types and checks the file; tells all faults at once. Reads the environment and the
// files that the config names, and nothing else.
ConfigResult read_config(const std::filesystem::path& file, Components& components);
// The same with files and environment from elsewhere.
ConfigResult read_config(const std::filesystem::path& file, Components& components, TextSource& source);

}  // namespace earshot::host
