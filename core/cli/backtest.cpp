#include <earshot/services/store.h>
#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>

#include "base/error.hpp"
#include "cli/shared/ended.hpp"
#include "cli/shared/own_environment.hpp"
#include "cli/shared/pipeline.hpp"
#include "cli/shared/replay_plan.hpp"
#include "cli/shared/replayed.hpp"
#include "cli/verb.hpp"
#include "config/option_value.hpp"
#include "earshot/types.hpp"
#include "observe/table.hpp"
#include "runtime/node_meters.hpp"
#include "runtime/pipeline.hpp"
#include "runtime/services.hpp"

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

struct Range {
  ear_time first = EAR_TIME_NONE, last = EAR_TIME_NONE;  // published
};

// When the first and the last post of the store were published.
Range range_of(const std::string& path, Environment& environment, const Plan& plan) {
  Services services(environment, surroundings_of(plan), {});
  const auto* table = static_cast<const ear_store_1*>(services.table(EAR_STORE_1, "backtest"));
  if (table == nullptr) throw Failure("the plugin 'store' is needed and is not there");
  ear_store* store = nullptr;
  Outcome outcome = calling([&](ear_error* error) { return table->open(str(path), &store, error); });
  if (!outcome.ok()) throw Failure(outcome.text());
  Range range;
  const auto read = [](void* user, const ear_value* columns, std::uint32_t count) -> std::int32_t {
    for (std::uint32_t i = 0; i < count; ++i) {
      if (columns[i].type == EAR_UNSET) continue;
      if (view(columns[i].key) == "first") static_cast<Range*>(user)->first = columns[i].integer;
      if (view(columns[i].key) == "last") static_cast<Range*>(user)->last = columns[i].integer;
    }
    return 0;
  };
  outcome = calling([&](ear_error* error) { return table->state(store, read, &range, error); });
  table->close(store);
  if (!outcome.ok()) throw Failure(outcome.text());
  if (range.first == EAR_TIME_NONE) throw Failure(fmt::format("there is no post in the store '{}'", path));
  return range;
}

class Backtest {
 public:
  Backtest(const BacktestOptions& options, Shell& shell)
      : options_(options),
        shell_(shell),
        catalog_(open_catalog(shell)),
        from_(time_of("from", options.from)),
        to_(time_of("to", options.to)) {
    time_of("learn-from", options.learn_from);
    if (from_ != EAR_TIME_NONE && to_ != EAR_TIME_NONE && to_ <= from_)
      throw CLI::ValidationError("--to is not behind --from: there is nothing in between");
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
    const Range range = range_of(out.store, own.all, *read);
    ReplayWishes wishes{out.store, {}, {}, {options_.also.begin(), options_.also.end()}};
    if (!options_.learn_from.empty()) wishes.from = options_.learn_from;
    if (!options_.to.empty()) wishes.to = options_.to;
    const Plan plan = replay_plan(std::move(*read), catalog_, wishes);
    const ear_time first = options_.learn_from.empty() ? range.first : time_of("learn-from", options_.learn_from);
    out.from = from_ == EAR_TIME_NONE ? first : from_, out.to = to_ == EAR_TIME_NONE ? range.last : to_;
    return run(plan, own, out);
  }

  int run(const Plan& plan, OwnEnvironment& own, Replayed& out) {
    ReplayedAlerts alerts;
    Pipeline::Settings settings;
    settings.on_alert = [&](const ear_alert& alert) { alerts.add(alert); };
    Wishes wishes;
    const double before = cpu_seconds();
    try {
      Pipeline pipeline(plan, own.all, std::move(settings));
      const RunResult result = pipeline.run(wishes);
      own.log.summary();
      if (result.end != RunResult::End::finished) {
        own.log.error("", "the backtest ended: {}", result.reason);
        return leave(result, exit_code(result, true));
      }
    } catch (const InstanceFault& fault) {
      return tell_fault(fault, plan, shell_.colour);
    }
    const double seconds = cpu_seconds() - before;
    out.posts = NodeMeters(own.meters, kStoreSource).sent.value();
    out.alerts = alerts.since(from_);
    std::fprintf(stderr, "%s: %s posts in %.2f CPU s\n", out.pipeline.c_str(), grouped(out.posts).c_str(), seconds);
    return kDone;
  }

  const BacktestOptions& options_;
  Shell& shell_;
  Catalog catalog_;
  ear_time from_, to_;
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
