#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>

#include "base/error.hpp"
#include "base/notify.hpp"
#include "cli/shared/ended.hpp"
#include "cli/shared/own_environment.hpp"
#include "cli/shared/pipeline.hpp"
#include "cli/summary.hpp"
#include "cli/supervise.hpp"
#include "cli/verb.hpp"
#include "observe/door.hpp"
#include "observe/progress.hpp"
#include "observe/table.hpp"
#include "runtime/pipeline.hpp"

namespace earshot::host {
namespace {

struct RunOptions {
  std::string file, level = "info";
  bool strict = false, json_log = false, quiet = false, no_summary = false, supervise = false;
};

Wishes wishes;  // of signal handlers, which can be given nothing

void on_stop(int) {
  if (wishes.stop.exchange(true)) _exit(128 + SIGINT);  // asked twice: at once
}
void on_reload(int) {
  wishes.reload = true;
}

void take_signals() {
  struct sigaction action {};
  ::sigemptyset(&action.sa_mask);
  action.sa_handler = on_stop;
  ::sigaction(SIGTERM, &action, nullptr);
  ::sigaction(SIGINT, &action, nullptr);
  action.sa_handler = on_reload;
  ::sigaction(SIGHUP, &action, nullptr);
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);
  ::sigaction(SIGXFSZ, &action, nullptr);  // a file that may not grow is a write that fails, as on a full disk
}

Level level_of(const std::string& name) {
  return name == "debug"     ? Level::debug
         : name == "warning" ? Level::warning
         : name == "error"   ? Level::error
                             : Level::info;
}

// One run with everything around it.
class Run {
 public:
  Run(const RunOptions& options, Shell& shell)
      : options_(options),
        shell_(shell),
        catalog_(open_catalog(shell)),
        own_({.level = level_of(options.level), .json = options.json_log, .capture = {}}, catalog_),
        progress_(own_.log, options.quiet ? -1 : STDERR_FILENO),
        notify_(Notify::from_environment()) {}

  int operator()() {
    std::optional<Plan> plan = read();
    if (!plan) return kNotSo;
    summary_.begin(*plan);
    open_door(*plan);
    try {
      Pipeline pipeline(*plan, own_.all, settings());
      const RunResult result = pipeline.run(wishes);
      progress_.clear();
      notify_.stopping();
      return conclude(result);
    } catch (const InstanceFault& fault) {
      return tell_fault(fault, *plan, shell_.colour);
    }
  }

 private:
  std::optional<Plan> read() {
    std::optional<Plan> plan = load_plan(options_.file, catalog_, shell_);
    if (plan)
      for (const auto& [name, secret] : plan->secrets) own_.log.hide(secret);
    return plan;
  }

  Pipeline::Settings settings() {
    Pipeline::Settings settings;
    settings.status = [this](const RunStatus& status) {
      if (progress_.drawn()) progress_.show({status.posts, summary_.alerts(), own_.meters.progress()});
      if (own_.health.troubles().empty()) notify_.alive();
    };
    settings.running = [this](const Plan& plan) {
      own_.log.info("", "'{}' runs: {}, {}, {}", plan.name, counted(plan.sources.size(), "source"),
                    counted(plan.detectors.size(), "detector"), counted(plan.sinks.size(), "sink"));
      tell_load_costs();
      notify_.ready();
    };
    settings.read_again = [this] {
      notify_.reloading();
      return read();
    };
    settings.on_alert = [this](const ear_alert& alert) { summary_.add(alert); };
    return settings;
  }

  // Plugins bring libraries along; whoever waits for a start, or counts megabytes, wants to know whose.
  void tell_load_costs() {
    std::chrono::nanoseconds time{0};
    std::size_t bytes = 0;
    std::string most;
    const std::vector<const PluginEntry*> loaded = catalog_.loaded();
    for (const PluginEntry* one : loaded) {
      time += one->load_time, bytes += one->load_bytes;
      own_.log.debug("", "{} was loaded in {} ms, {:.1f} MiB", one->file.filename().string(),
                     one->load_time / std::chrono::milliseconds{1}, static_cast<double>(one->load_bytes) / (1 << 20));
      if (one->load_time >= std::chrono::milliseconds{20})
        most += fmt::format("{}{} {} ms", most.empty() ? ", of it " : ", ", one->file.stem().string(),
                            one->load_time / std::chrono::milliseconds{1});
    }
    if (time < std::chrono::milliseconds{50}) return;
    own_.log.info("", "{} loaded in {} ms, {:.1f} MiB{}", counted(loaded.size(), "plugin"),
                  time / std::chrono::milliseconds{1}, static_cast<double>(bytes) / (1 << 20), most);
  }

  void open_door(const Plan& plan) {
    if (plan.listen == "off") return;
    door_ = std::make_unique<Door>(plan.listen, own_.log);
    door_->on("/metrics", [this](const Query&) {
      return Answer{200, "text/plain; version=0.0.4; charset=utf-8", own_.meters.prometheus()};
    });
    door_->on("/health", [this](const Query&) {
      const std::vector<Health::Trouble> troubles = own_.health.troubles();
      return Answer{troubles.empty() ? 200u : 503u, "application/json", Health::json(troubles)};
    });
    own_.taps.serve_at(*door_);
    door_->open();
    if (!plan.state.empty()) {
      std::filesystem::create_directories(plan.state);
      door_->publish(plan.state / "door");
    }
    own_.log.debug("", "health and metrics at http://{}", door_->address());
  }

  int conclude(const RunResult& result) {
    own_.log.summary();
    if (result.end == RunResult::End::failed) own_.log.error("", "the run ended: {}", result.reason);
    if (result.end == RunResult::End::hung)
      own_.log.error("", "the run ended because a call does not come back: {}", result.reason);
    const std::uint64_t refused = summary_.refused(own_.meters);
    if (!options_.quiet && !options_.no_summary) std::fputs(summary_.text(own_.meters, shell_.colour).c_str(), stderr);
    if (result.stuck && door_) door_->close();
    return leave(result, exit_code(result, options_.strict && refused > 0));
  }

  const RunOptions& options_;
  Shell& shell_;
  Catalog catalog_;
  OwnEnvironment own_;
  Progress progress_;
  Notify notify_;
  RunSummary summary_;
  std::unique_ptr<Door> door_;
};

}  // namespace

void add_run(CLI::App& app, Shell& shell) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* verb = app.add_subcommand("run", "Runs a pipeline until its sources end, or until it is stopped");
  verb->add_option("pipeline", options->file, "The pipeline's YAML file")->required();
  verb->add_flag("--strict", options->strict, "Exit with 1 where anything became a dead letter");
  verb->add_option("--log-level", options->level, "debug, info, warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
  verb->add_flag("--json-log", options->json_log, "Log one JSON object a line");
  verb->add_flag("--quiet", options->quiet, "No progress, no summary");
  verb->add_flag("--no-summary", options->no_summary, "No summary at the end");
  verb->add_flag("--supervise", options->supervise, "Start again after a crash or a hang");
  verb->footer(
      "Ctrl-C and SIGTERM finish what is on its way and exit with 0; SIGHUP reads the config again.\n\n"
      "Examples:\n  earshot run configs/demo.yaml\n  earshot run --supervise --json-log /etc/earshot/acme.yaml");
  verb->callback([options, &shell] {
    if (options->supervise) {
      shell.exit_code = supervise();
      return;
    }
    take_signals();
    shell.exit_code = Run(*options, shell)();
  });
}

}  // namespace earshot::host
