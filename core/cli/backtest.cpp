#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "base/error.hpp"
#include "cli/shared/ended.hpp"
#include "cli/shared/own_environment.hpp"
#include "cli/shared/pipeline.hpp"
#include "cli/shared/replay_plan.hpp"
#include "cli/shared/replayed.hpp"
#include "cli/shared/stored.hpp"
#include "cli/verb.hpp"
#include "config/option_value.hpp"
#include "observe/progress.hpp"
#include "observe/table.hpp"
#include "runtime/node_meters.hpp"
#include "runtime/pipeline.hpp"

namespace earshot::host {
namespace {

struct BacktestOptions {
  std::string pipeline, against, store, from, to, learn_from;
  std::vector<std::string> also;
  double budget = 1;
  bool json = false;
};

ear_time time_of(const char* flag, const std::string& text) {
  if (text.empty()) return EAR_TIME_NONE;
  OptionSchema schema;
  schema.name = flag, schema.type = EAR_TIME;
  std::string complaint;
  const std::optional<Value> value = option_value(schema, text, complaint);
  if (!value) throw CLI::ValidationError(fmt::format("--{}: '{}' {}", flag, text, complaint));
  return value->integer;
}

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

class Backtest {
 public:
  Backtest(const BacktestOptions& options, Shell& shell)
      : options_(options),
        shell_(shell),
        catalog_(open_catalog(shell)),
        from_(time_of("from", options.from)),
        to_(time_of("to", options.to)),
        learn_from_(time_of("learn-from", options.learn_from)) {
    if (to_ != EAR_TIME_NONE && (to_ <= from_ || to_ <= learn_from_))
      throw CLI::ValidationError("--to is not behind --from: there is nothing in between");
    if (from_ != EAR_TIME_NONE && learn_from_ > from_)
      throw CLI::ValidationError("--learn-from is behind --from: what is shown comes after what is learnt from");
  }

  int operator()() {
    Replayed one, other;
    if (const int code = replay(options_.pipeline, {}, one); code != kDone) return code;
    if (options_.against.empty()) {
      print(options_.json ? replayed_json(one) : replayed_text(one, shell_.colour, width()));
      return kDone;
    }
    if (const int code = replay(options_.against, one.store, other); code != kDone) return code;
    if (options_.json)
      print(difference_json(other, one));
    else
      print(replayed_text(one, shell_.colour, width()) + difference_text(other, one, shell_.colour, width()));
    return kDone;
  }

 private:
  static std::size_t width() { return terminal_width(STDOUT_FILENO); }
  static void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

  // Both pipelines are tried on the same store: that of the first.
  int replay(const std::string& file, const std::string& store, Replayed& out) {
    OwnEnvironment own({.level = Level::warning, .json = false, .capture = {}}, catalog_);
    std::optional<Plan> read = load_plan(file, catalog_, shell_);
    if (!read) return kNotSo;
    for (const auto& [name, secret] : read->secrets) own.log.hide(secret);
    out.store = store_of(*read, options_.store.empty() ? store : options_.store);
    out.pipeline = read->name, out.budget = options_.budget;
    ReplayWishes wishes{out.store, {}, {}, {options_.also.begin(), options_.also.end()}};
    if (!options_.learn_from.empty()) wishes.from = options_.learn_from;
    if (!options_.to.empty()) wishes.to = options_.to;
    const Plan plan = replay_plan(std::move(*read), catalog_, wishes);
    const Stored stored = look_at_store(out.store, learn_from_, to_, own.all, plan);
    if (stored.posts == 0) throw Failure(fmt::format("there is no post of that time in the store '{}'", out.store));
    out.first = learn_from_ == EAR_TIME_NONE ? stored.first : learn_from_;
    out.from = from_ == EAR_TIME_NONE ? out.first : from_, out.to = to_ == EAR_TIME_NONE ? stored.last : to_;
    for (const ComponentPlan& one : plan.detectors)
      if (!one.id.starts_with('(')) out.again.push_back(one.id);
    out.stored = plan.earlier;
    tell_missing(plan, stored);
    return run(plan, stored.posts, own, out);
  }

  // What is not in the store and is not asked again cannot be seen by any rule.
  static void tell_missing(const Plan& plan, const Stored& stored) {
    for (const std::string& id : plan.earlier)
      if (!stored.detectors.contains(id))
        std::fprintf(stderr, "note: the store has nothing that '%s' found lately; --also %s runs it again\n",
                     id.c_str(), id.c_str());
  }

  int run(const Plan& plan, std::uint64_t posts, OwnEnvironment& own, Replayed& out) {
    ReplayedAlerts alerts;
    Progress progress(own.log);
    Pipeline::Settings settings;
    settings.on_alert = [&](const ear_alert& alert) { alerts.add(alert); };
    settings.status = [&](const RunStatus& status) {
      if (progress.drawn())
        progress.show({status.posts, status.alerts, static_cast<double>(status.posts) / static_cast<double>(posts)});
    };
    Wishes wishes;
    const auto begun = std::chrono::steady_clock::now();
    const double before = cpu_seconds();
    try {
      Pipeline pipeline(plan, own.all, std::move(settings));
      const RunResult result = pipeline.run(wishes);
      progress.clear();
      own.log.summary();
      if (result.end != RunResult::End::finished) {
        own.log.error("", "the backtest ended: {}", result.reason);
        return leave(result, exit_code(result, true));
      }
      if (!own.health.troubles().empty()) return kStopped;  // it was told: the store could not be read to its end
    } catch (const InstanceFault& fault) {
      return tell_fault(fault, plan, shell_.colour);
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
    out.posts = NodeMeters(own.meters, kStoreSource).sent.value();
    out.alerts = alerts.since(from_);
    std::fprintf(stderr, "%s: %s posts in %.2f s (%.2f CPU s), %s a second\n", out.pipeline.c_str(),
                 grouped(out.posts).c_str(), seconds.count(), cpu_seconds() - before,
                 grouped(static_cast<std::uint64_t>(static_cast<double>(out.posts) / seconds.count())).c_str());
    return kDone;
  }

  const BacktestOptions& options_;
  Shell& shell_;
  Catalog catalog_;
  ear_time from_, to_, learn_from_;
};

}  // namespace

void add_backtest(CLI::App& app, Shell& shell) {
  auto options = std::make_shared<BacktestOptions>();
  CLI::App* verb = app.add_subcommand("backtest", "Replays stored posts and shows which alerts would have come");
  verb->add_option("pipeline", options->pipeline, "The pipeline's YAML file")->required();
  verb->add_option("--store", options->store, "The store to replay; without it that of the pipeline's sqlite sink");
  verb->add_option("--from", options->from, "Show alerts from this time on; what was before is learnt from");
  verb->add_option("--to", options->to, "Replay up to this time");
  verb->add_option("--learn-from", options->learn_from, "Replay from this time on; without it from the beginning");
  verb->add_option("--against", options->against, "Another pipeline: show what it does otherwise on the same posts");
  verb->add_option("--also", options->also, "Run this detector again as well, instead of taking its stored findings")
      ->allow_extra_args(false);
  verb->add_option("--budget", options->budget, "Alerts a week for each subject and detector that are not too many [1]")
      ->check(CLI::NonNegativeNumber);
  verb->add_flag("--json", options->json, "JSON, the same for the same posts");
  verb->footer(
      "Runs the detectors that raise alerts and the filters before them over the posts of the store, with what the\n"
      "others found when these posts came. Nothing is written, sent or remembered.\n\n"
      "Examples:\n  earshot backtest configs/unusual.yaml --from 2026-03-01 --to 2026-04-01\n"
      "  earshot backtest configs/unusual.yaml --against new.yaml --json");
  verb->callback([options, &shell] { shell.exit_code = Backtest(*options, shell)(); });
}

}  // namespace earshot::host
