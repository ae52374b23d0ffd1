#include "config/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/components.hpp"
#include "config/graph.hpp"
#include "config/interpolate.hpp"
#include "config/test_cases.hpp"
#include "config/text_source.hpp"
#include "config/watchlist.hpp"
#include "config/yaml.hpp"

namespace earshot::host {
namespace {

using Kind = YamlNode::Kind;

void set_key(Plan& plan, const std::string& name, const Value& value) {
  if (name == "pipeline") plan.name = value.text;
  if (name == "state") plan.state = value.text;
  if (name == "key_file") plan.key_file = value.text;
  if (name == "checkpoint") plan.checkpoint = std::chrono::nanoseconds(value.integer);
  if (name == "drain") plan.drain = std::chrono::nanoseconds(value.integer);
  if (name == "keep_dead_letters") plan.keep_dead_letters = std::chrono::nanoseconds(value.integer);
  if (name == "memory") plan.memory = static_cast<std::uint64_t>(value.integer);
  if (name == "workers") plan.workers = static_cast<std::uint32_t>(value.integer);
  if (name == "listen") plan.listen = value.text;
}

// "127.0.0.1:9100", "[::1]:0", "off"
bool is_listen(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (text == "off") return true;
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size() || text.size() - colon > 6)
    return false;
  int port = 0;
  for (const char c : text.substr(colon + 1)) {
    if (c < '0' || c > '9') return false;
    port = port * 10 + (c - '0');
  }
  return port <= 65535;
}

class PlanReader {
 public:
  PlanReader(const std::filesystem::path& file, Components& components, TextSource& source)
      : components_(components), source_(source), typing_{report_, plan_.secrets} {
    plan_.file = file;
    plan_.name = file.stem().string();
  }

  ConfigResult read() {
    YamlReader yaml(source_, report_);
    std::optional<YamlNode> tree = yaml.read(plan_.file);
    if (tree && check_root(*tree)) {
      interpolate(*tree, source_, report_);
      read_tree(*tree);
    }
    ConfigResult result;
    if (report_.ok()) result.plan = std::move(plan_);
    result.diagnostics = report_.finish();
    return result;
  }

 private:
  bool check_root(const YamlNode& tree) {
    if (tree.kind == Kind::map) return true;
    const std::string help = "A pipeline has at least `sources:` and `sinks:`; docs/pipelines.md tells of every key.";
    report_.error(
        tree.at, {},
        tree.kind == Kind::null ? "the file is empty" : fmt::format("the file is {}; expected a map", kind_of(tree)),
        help);
    return false;
  }

  void read_tree(YamlNode& tree) {
    std::vector<std::string> known;
    for (const OptionSchema& key : pipeline_keys()) known.push_back(key.name);
    for (const std::string_view name : {"watchlist", "services", "sources", "detectors", "sinks", "tests"})
      known.emplace_back(name);
    check_keys(tree, known, {}, "a pipeline", report_);
    read_keys(tree);
    if (const YamlNode* watchlist = tree.find("watchlist"); watchlist != nullptr)
      plan_.watchlist = read_watchlist(*watchlist, report_, *watched_);
    ReadPipeline pipeline = read_sections(tree);
    check_graph(pipeline, report_);
    check_watched(pipeline, tree);
    if (const YamlNode* tests = tree.find("tests")) plan_.tests = read_tests(*tests, names_of(pipeline), report_);
    take(pipeline);
    plan_.config = free_value(tree);  // after all secrets are marked
  }

  void read_keys(YamlNode& tree) {
    for (const OptionSchema& key : pipeline_keys()) {
      YamlNode* given = tree.find(key.name);
      if (given == nullptr) continue;
      const std::optional<Value> value = typed(key, *given, key.name, typing_);
      if (!value) continue;
      if (key.name == "listen" && !is_listen(value->text))
        report_.error(given->at, key.name, fmt::format("{} is no address", in_quotes(given->shown())),
                      "Write host:port, as 127.0.0.1:9100, or off.");
      if (key.name == "pipeline" && value->text.empty()) report_.error(given->at, key.name, "the name is empty");
      set_key(plan_, key.name, *value);
    }
  }

  ReadPipeline read_sections(YamlNode& tree) {
    ReadPipeline pipeline;
    ComponentReader reader(components_, typing_);
    for (const Section& section : kSections) {
      YamlNode* node = tree.find(section.name);
      std::vector<ReadComponent>& into = section.kind == EAR_SERVICE    ? pipeline.services
                                         : section.kind == EAR_SOURCE   ? pipeline.sources
                                         : section.kind == EAR_DETECTOR ? pipeline.detectors
                                                                        : pipeline.sinks;
      const bool needed = section.kind == EAR_SOURCE || section.kind == EAR_SINK;
      if (node == nullptr || (node->kind == Kind::null && !needed)) {
        if (needed)
          report_.error({tree.at.file, 0, 0}, std::string(section.name),
                        fmt::format("is missing: a pipeline has at least one {}", kind_name(section.kind)));
        continue;
      }
      into = reader.read(section, *node);
      if (needed && node->kind == Kind::map && node->items.empty())
        report_.error(node->at, std::string(section.name),
                      fmt::format("is empty: a pipeline has at least one {}", kind_name(section.kind)));
    }
    return pipeline;
  }

  void check_watched(const ReadPipeline& pipeline, const YamlNode& tree) {
    const YamlNode* given = tree.find("watchlist");
    if (given != nullptr && (!given->items.empty() || given->kind == Kind::text)) return;
    for (const auto* part : {&pipeline.services, &pipeline.sources, &pipeline.detectors, &pipeline.sinks})
      for (const ReadComponent& each : *part)
        if (each.plan.found && (each.plan.found.component->flags & EAR_NEEDS_WATCHLIST) != 0)
          report_.error(each.at, each.path,
                        fmt::format("{} needs a watchlist, and there is none", in_quotes(each.plan.plugin)),
                        "Add `watchlist: [{id: acme, names: [Acme]}]`, or `watchlist: !include FILE`.");
  }

  TestNames names_of(const ReadPipeline& pipeline) const {
    TestNames names;
    for (const ReadComponent& each : pipeline.detectors) names.detectors.add(each.plan.id);
    for (const ReadComponent& each : pipeline.sinks) names.sinks.add(each.plan.id);
    for (const Value& item : plan_.watchlist.items)
      if (const Value* id = item.find("id")) names.watch_items.add(id->text);
    return names;
  }

  void take(ReadPipeline& pipeline) {
    const auto move = [this](std::vector<ReadComponent>& from, std::vector<ComponentPlan>& to) {
      for (ReadComponent& each : from) each.plan.watched = watched_, to.push_back(std::move(each.plan));
    };
    move(pipeline.services, plan_.services);
    move(pipeline.sources, plan_.sources);
    move(pipeline.detectors, plan_.detectors);
    move(pipeline.sinks, plan_.sinks);
  }

  Components& components_;
  TextSource& source_;
  FaultReport report_;
  Plan plan_;
  std::shared_ptr<Places> watched_ = std::make_shared<Places>();
  Typing typing_;
};

}  // namespace

ConfigResult read_config(const std::filesystem::path& file, Components& components, TextSource& source) {
  return PlanReader(file, components, source).read();
}

ConfigResult read_config(const std::filesystem::path& file, Components& components) {
  SystemText system;
  return read_config(file, components, system);
}

}  // namespace earshot::host
