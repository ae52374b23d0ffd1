#include "testing/case.hpp"

#include <memory>
#include <mutex>

#include "runtime/pipeline.hpp"

namespace earshot::host {
namespace {

// One run with everything that it needs around it.
class Trial {
 public:
  Trial(const Plan& plan, const TestPlan& test, Catalog& catalog)
      : stage_(plan, test),
        log_({.level = Level::warning,
              .json = false,
              .capture = [this](std::string_view line) { said_.emplace_back(line); }}),
        environment_{log_,
                     meters_,
                     health_,
                     taps_,
                     [this] { return stage_.now(); },
                     [&catalog](const Found& found) -> const ear_component& {
                       const ear_component* stand_in = Stage::stand_in(found);
                       return stand_in != nullptr ? *stand_in : catalog.load(found);
                     },
                     [&catalog](std::string_view id) { return catalog.find_service(id); }} {
    for (const auto& [name, secret] : plan.secrets) log_.hide(secret);
    pipeline_ = std::make_unique<Pipeline>(stage_.replaced(plan), environment_, Pipeline::Settings{});
  }

  RunResult run() { return pipeline_->run(wishes_); }
  // Its threads have ended: what has been seen and said stays as it is.
  void end() { pipeline_.reset(); }
  const Stage& stage() const { return stage_; }
  const std::vector<std::string>& said() const { return said_; }

 private:
  Stage stage_;
  std::vector<std::string> said_;  // warnings and errors; guarded by the log's own lock while the pipeline runs
  Log log_;
  Meters meters_;
  Health health_;
  TapHub taps_;
  Environment environment_;
  Wishes wishes_;
  std::unique_ptr<Pipeline> pipeline_;
};

}  // namespace

CaseResult run_case(const Plan& plan, const TestPlan& test, Catalog& catalog) {
  CaseResult out;
  try {
    auto trial = std::make_unique<Trial>(plan, test, catalog);
    const RunResult result = trial->run();
    if (result.stuck) {
      out.differences.push_back({test.at, "the run to end", {result.reason}});
      out.stuck = true;
      static_cast<void>(trial.release());  // a thread is still inside it
      return out;
    }
    trial->end();
    if (result.end != RunResult::End::finished)
      out.differences.push_back({test.at, "the run to end well", {result.reason}});
    else
      out.differences = differences(test, plan, trial->stage());
    if (!out.ok() && !trial->said().empty()) out.differences.push_back({test.at, "a quiet run", trial->said()});
  } catch (const Misplaced& fault) {
    out.differences.push_back({fault.at, "a post", {fault.what}});
  }
  return out;
}

}  // namespace earshot::host
