// pipeline.hpp: a pipeline from its plan to its end: started, kept going, checkpointed, reloaded, drained. Main thread,
// but for what is marked.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "runtime/checkpointer.hpp"
#include "runtime/parts.hpp"

namespace earshot::host {

// What people and signal handlers wish of a run. [any], also in a signal handler.
struct Wishes {
  std::atomic<bool> stop{false}, reload{false};
};

struct RunStatus {
  std::uint64_t posts = 0;             // taken in
  std::uint64_t alerts = 0;            // raised or updated
  std::size_t bytes = 0, batches = 0;  // on their way
};

struct RunResult {
  enum class End { finished, stopped, failed, hung };
  End end = End::finished;
  std::string reason;  // of a failure or a hang
  bool stuck = false;  // a thread is still inside a component: the process can only exit at once
  std::uint64_t checkpoints = 0;
};

class Pipeline {
 public:
  struct Settings {
    // Called several times a second.
    std::function<void(const RunStatus&)> status;
    // Called once everything runs, and again after a reload.
    std::function<void(const Plan&)> running;
    // Reads the config again. Nothing: it has faults, which have been told.
    std::function<std::optional<Plan>()> read_again;
    Delivery::OnAlert on_alert;
  };

  // Throws Failure: another process has the state, or it cannot be read.
  Pipeline(Plan plan, Environment& environment, Settings settings);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  // Throws InstanceFault where a component refuses its options or cannot start.
  RunResult run(Wishes& wishes);

 private:
  void learn_from_crash();
  void begin();
  std::optional<RunResult> step(Wishes& wishes);
  RunResult finish(Wishes& wishes);
  RunResult drain();
  RunResult failed();
  std::optional<RunResult> watch_calls();
  void reload();
  bool switch_to(std::unique_ptr<Assembly> next);
  void make_parts(const std::set<std::string>& opened);
  void bring_back_dead_letters();
  void drop_old_letters();
  void nudge();
  BatchPtr carrier();
  bool all_sources_done() const;
  std::vector<Sequencer::SourceSettings> source_settings(const Assembly& assembly) const;
  void committed(const Barrier& barrier);
  RunStatus status() const;
  void tell_status(std::chrono::steady_clock::time_point now);
  void measure();

  Plan plan_;
  Environment& environment_;
  Settings settings_;
  std::uint32_t workers_;
  StateStore state_;
  std::unique_ptr<CrashFile> crash_file_;
  Control control_;
  Calls calls_;
  Budget budget_;
  BatchPool pool_;
  std::unique_ptr<Assembly> assembly_;
  std::unique_ptr<Sequencer> sequencer_;
  std::unique_ptr<Delivery> delivery_;
  std::unique_ptr<Parts> parts_;
  std::unique_ptr<Checkpointer> checkpointer_;
  Parts::Timers timers_;
  std::set<std::string> told_overdue_;
  std::chrono::steady_clock::time_point look_for_letters_{}, drop_letters_at_{}, nudge_at_{}, status_at_{};
  std::size_t done_sources_ = 0;
  bool time_is_over_ = false;  // detectors have been told; what is safe after that is a finished run
  std::vector<std::shared_ptr<void>> measured_;
};

}  // namespace earshot::host
