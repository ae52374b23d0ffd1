#include <fmt/format.h>

#include "cli/shared/ended.hpp"
#include "cli/shared/own_component.hpp"
#include "cli/shared/own_environment.hpp"
#include "cli/shared/pipeline.hpp"
#include "cli/summary.hpp"
#include "cli/verb.hpp"
#include "runtime/pipeline.hpp"

namespace earshot::host {
namespace {

constexpr const char* kOut = "(output)";  // no id of a config looks so

struct ApplyOptions {
  std::string pipeline, posts = "-", level = "warning";
};

// The pipeline's detectors alone: one file before them instead of all sources, standard output behind them instead of
// all sinks. What a filter stops comes out all the same, with what was found until then.
Plan detectors_alone(Plan plan, Catalog& catalog, const std::string& posts) {
  ComponentPlan source = own_component(catalog, EAR_SOURCE, "file", plan.sources.front().id, {{"path", posts}});
  source.lateness = plan.sources.front().lateness;
  ComponentPlan sink = own_component(catalog, EAR_SINK, "ndjson", kOut, {{"path", "-"}});
  sink.from = {source.id};
  const auto is_source = [&](const std::string& id) {
    return std::any_of(plan.sources.begin(), plan.sources.end(), [&](const auto& one) { return one.id == id; });
  };
  for (ComponentPlan& detector : plan.detectors) {
    const std::size_t before = detector.from.size();
    std::erase_if(detector.from, is_source);
    if (detector.from.size() < before) detector.from.push_back(source.id);
    sink.from.push_back(detector.id);
  }
  plan.sources = {std::move(source)};
  plan.sinks = {std::move(sink)};
  plan.state.clear();
  plan.listen = "off";
  return plan;
}

// Made, run and told of as `run` does, without a state, a door, or progress.
class Apply {
 public:
  Apply(const ApplyOptions& options, Shell& shell)
      : options_(options),
        shell_(shell),
        catalog_(open_catalog(shell)),
        own_({.level = options.level == "info" ? Level::info : Level::warning, .json = false, .capture = {}},
             catalog_) {}

  int operator()() {
    std::optional<Plan> read = load_plan(options_.pipeline, catalog_, shell_);
    if (!read) return kNotSo;
    for (const auto& [name, secret] : read->secrets) own_.log.hide(secret);
    const Plan plan = detectors_alone(std::move(*read), catalog_, options_.posts);
    summary_.begin(plan);
    Wishes wishes;
    try {
      Pipeline pipeline(plan, own_.all, Pipeline::Settings{});
      return conclude(pipeline.run(wishes));
    } catch (const InstanceFault& fault) {
      return tell_fault(fault, plan, false);
    }
  }

 private:
  int conclude(const RunResult& result) {
    own_.log.summary();
    if (result.end == RunResult::End::failed || result.end == RunResult::End::hung)
      own_.log.error("", "the run ended: {}", result.reason);
    return leave(result, exit_code(result, summary_.refused(own_.meters) > 0));
  }

  const ApplyOptions& options_;
  Shell& shell_;
  Catalog catalog_;
  OwnEnvironment own_;
  RunSummary summary_;
};

}  // namespace

void add_apply(CLI::App& app, Shell& shell) {
  auto options = std::make_shared<ApplyOptions>();
  CLI::App* verb = app.add_subcommand("apply", "Runs a pipeline's detectors over posts and prints what they find");
  verb->add_option("pipeline", options->pipeline, "The pipeline's YAML file")->required();
  verb->add_option("posts", options->posts, "NDJSON in the post form, or CSV; packed or not; - for standard input");
  verb->add_option("--log-level", options->level, "info or warning")->check(CLI::IsMember({"info", "warning"}));
  verb->footer(
      "Prints each post with its findings, and each alert, as a line of JSON. The pipeline's sources and sinks are "
      "left\n"
      "out and no state is kept. Exits with 1 where a post could not be taken.\n\n"
      "Examples:\n  earshot apply configs/acme.yaml posts.ndjson\n"
      "  echo '{\"platform\":\"test\",\"id\":\"1\",\"published\":0,\"text\":\"Acme is down\"}' |"
      " earshot apply configs/acme.yaml");
  verb->callback([options, &shell] { shell.exit_code = Apply(*options, shell)(); });
}

}  // namespace earshot::host
