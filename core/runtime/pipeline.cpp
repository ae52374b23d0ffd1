#include "runtime/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "base/error.hpp"
#include "base/seal.hpp"

namespace earshot::host {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kStep{10}, kNudge{100}, kStatus{100};
constexpr std::chrono::seconds kLetters{1}, kRetention{600};

std::uint32_t worker_count(const Plan& plan) {
  const std::uint32_t wanted = plan.workers != 0 ? plan.workers : std::max(1u, std::thread::hardware_concurrency());
  return std::min(wanted, 64u);
}

}  // namespace

Pipeline::Pipeline(Plan plan, Environment& environment, Settings settings)
    : plan_(std::move(plan)),
      environment_(environment),
      settings_(std::move(settings)),
      workers_(worker_count(plan_)),
      state_(plan_.state, plan_.key_file.empty() ? nullptr : Seal::from_file(plan_.key_file)),
      budget_(plan_.memory),
      pool_(budget_) {
  if (state_.durable()) crash_file_ = std::make_unique<CrashFile>(state_.folder());
}

Pipeline::~Pipeline() {
  control_.abort();
  budget_.close();
  if (parts_) parts_->stop_sources();
  parts_.reset();  // its threads end before what they use
}

void Pipeline::learn_from_crash() {
  if (!state_.durable()) return;
  const std::optional<Crash> crash = CrashFile::take(state_.folder());
  if (!crash) return;
  state_.crashed(crash->component, crash->posts);
  environment_.log.warning(
      crash->component, "the process crashed or hung in this component the last time, with {} post{} in hand; {}",
      crash->posts.size(), crash->posts.size() == 1 ? "" : "s",
      crash->posts.empty() ? "it was not in a post" : "each is tried alone now, and set aside if it does so again");
}

std::vector<Sequencer::SourceSettings> Pipeline::source_settings(const Assembly& assembly) const {
  std::vector<Sequencer::SourceSettings> out;
  for (const auto& source : assembly.sources())
    out.push_back({source->id(), source->plan().lateness.count(), source->has(EAR_REPEATS), source->has(EAR_REPLAYS)});
  return out;
}

void Pipeline::begin() {
  learn_from_crash();
  const Restored restored = state_.restore();
  assembly_ = std::make_unique<Assembly>(plan_, environment_, workers_);
  timers_ = restored.timers;
  sequencer_ = std::make_unique<Sequencer>(assembly_->graph(), source_settings(*assembly_), environment_.now,
                                           [this](BatchPtr batch) { parts_->workers().push(std::move(batch)); });
  sequencer_->restore(restored);
  delivery_ = std::make_unique<Delivery>(assembly_->graph(), std::vector<SinkRunner*>{}, settings_.on_alert);
  delivery_->restore(restored.alerts);
  checkpointer_ =
      std::make_unique<Checkpointer>(state_, *sequencer_, pool_, budget_, environment_, control_, plan_.checkpoint,
                                     [this](const Barrier& barrier) { committed(barrier); });
  measure();
  assembly_->start(state_);
  make_parts({});
}

void Pipeline::make_parts(const std::set<std::string>& opened) {
  const Core core{environment_, state_, control_, calls_, budget_, pool_, *sequencer_, *delivery_};
  parts_ = std::make_unique<Parts>(*assembly_, core, workers_, timers_);
  checkpointer_->set_sinks(parts_->local_sinks());
  checkpointer_->set_interval(assembly_->plan().checkpoint);
  done_sources_ = 0;
  parts_->run_sources(opened);
  if (settings_.running) settings_.running(assembly_->plan());
}

RunResult Pipeline::run(Wishes& wishes) {
  begin();
  for (;;) {
    if (std::optional<RunResult> result = step(wishes)) {
      result->checkpoints = checkpointer_->count();
      return *result;
    }
    std::this_thread::sleep_for(kStep);
  }
}

std::optional<RunResult> Pipeline::step(Wishes& wishes) {
  if (control_.failure()) return failed();
  if (std::optional<RunResult> hung = watch_calls()) return hung;
  if (wishes.stop.load()) return drain();
  if (wishes.reload.exchange(false)) reload();
  checkpointer_->step();
  if (all_sources_done()) {
    bring_back_dead_letters();  // the last chance of this run
    if (all_sources_done()) return finish(wishes);
  }
  const auto now = Clock::now();
  if (now >= look_for_letters_) {
    bring_back_dead_letters();
    if (!state_.erasures().empty()) checkpointer_->hurry();
    if (now >= drop_letters_at_) drop_old_letters(), drop_letters_at_ = now + kRetention;
    look_for_letters_ = now + kLetters;
  }
  if (now >= nudge_at_) nudge(), nudge_at_ = now + kNudge;
  tell_status(now);
  return std::nullopt;
}

void Pipeline::tell_status(Clock::time_point now) {
  if (now >= status_at_ && settings_.status) settings_.status(status()), status_at_ = now + kStatus;
}

bool Pipeline::all_sources_done() const {
  return std::all_of(parts_->sources().begin(), parts_->sources().end(),
                     [](const auto& source) { return source->stopped_for_good(); });
}

BatchPtr Pipeline::carrier() {
  BatchPtr batch = pool_.take();
  budget_.force(sizeof(Batch));
  batch->charged = sizeof(Batch);
  return batch;
}

// Lets event time go on where a source has ended, and components look at the clock.
void Pipeline::nudge() {
  const auto done =
      static_cast<std::size_t>(std::count_if(parts_->sources().begin(), parts_->sources().end(),
                                             [](const auto& source) { return source->stopped_for_good(); }));
  if (done == done_sources_ && !parts_->any_ticks()) return;
  done_sources_ = done;
  sequencer_->send_tick(carrier());
}

// Every source has come to its end: windows close, and what came of them is safe before the run is over.
RunResult Pipeline::finish(Wishes& wishes) {
  const bool ended = sequencer_->all_ended();
  if (ended) sequencer_->send_end_of_time(carrier());
  time_is_over_ = ended;
  const auto forever = std::chrono::hours{24 * 365};
  std::optional<RunResult> hung;
  const auto give_up = [&] {
    tell_status(Clock::now());
    return wishes.stop.load() || (hung = watch_calls());
  };
  if (!checkpointer_->run(forever, ended, give_up)) {
    if (hung) return *hung;
    return control_.failure() ? failed() : drain();
  }
  const auto until = Clock::now() + plan_.drain;
  for (const auto& sink : parts_->sinks()) {
    if (sink->wait_delivered(std::max<std::chrono::nanoseconds>(until - Clock::now(), std::chrono::nanoseconds{0})))
      continue;
    environment_.log.warning(sink->id(), "{} deliveries wait in the outbox; the next run brings them",
                             state_.outbox_size(sink->id()));
  }
  if (settings_.status) settings_.status(status());
  state_.clear_suspects();
  if (!ended) return {RunResult::End::failed, "a source stopped before its end; see the log", false, 0};
  return {RunResult::End::finished, {}, false, 0};
}

// No more is taken in; what is on its way is finished and safe, as far as the time allows.
RunResult Pipeline::drain() {
  const auto until = Clock::now() + plan_.drain;
  const auto left = [&] {
    return std::max<std::chrono::nanoseconds>(until - Clock::now(), std::chrono::nanoseconds{0});
  };
  parts_->stop_sources();
  const bool stuck = !parts_->join_sources(left());
  std::optional<RunResult> hung;
  const bool safe = checkpointer_->run(left(), time_is_over_, [&] { return (hung = watch_calls()).has_value(); });
  if (hung) return *hung;
  if (const auto failure = control_.failure()) return failed();
  if (!safe) {
    environment_.log.warning(
        "",
        "not everything on its way could be finished within {} s; the next run does it again from the last checkpoint",
        std::chrono::duration_cast<std::chrono::seconds>(plan_.drain).count());
    return {RunResult::End::stopped, {}, true, 0};
  }
  if (!state_.durable())
    for (const auto& sink : parts_->sinks()) sink->wait_delivered(left());
  state_.clear_suspects();
  return {RunResult::End::stopped, {}, stuck, 0};
}

RunResult Pipeline::failed() {
  parts_->stop_sources();
  budget_.close();
  const bool stuck = !parts_->join_sources(std::chrono::seconds{5});
  return {RunResult::End::failed, control_.failure().value_or("stopped"), stuck, 0};
}

std::optional<RunResult> Pipeline::watch_calls() {
  std::set<std::string> overdue;
  for (const Calls::Overdue& call : calls_.overdue()) {
    const std::string what = fmt::format("{} has not come back for {} s; its deadline is {} s", call.call,
                                         std::chrono::duration_cast<std::chrono::seconds>(call.running).count(),
                                         std::chrono::duration<double>(call.deadline).count());
    overdue.insert(call.component);
    if (told_overdue_.insert(call.component).second) {
      environment_.log.warning(call.component, "{}", what);
      environment_.health.trouble(call.component, what);
    }
    // A source may wait for something outside; everything else holds up the others.
    const bool may_wait = call.call == "poll" || call.call == "open";
    if (may_wait || call.running < 2 * call.deadline) continue;
    CrashFile::write(*call.slot);
    return RunResult{RunResult::End::hung, call.component + ": " + what, true, 0};
  }
  std::erase_if(told_overdue_, [&](const std::string& component) {
    if (overdue.contains(component)) return false;
    environment_.health.clear(component);
    return true;
  });
  return std::nullopt;
}

void Pipeline::bring_back_dead_letters() {
  for (const DeadLetter& letter : state_.wanted_back()) {
    if (letter.sealed)
      environment_.log.warning(letter.component, "dead letter {} was sealed under another key, and stays",
                               letter.number);
    if (!letter.sealed && parts_->bring_back(letter)) continue;
    if (!letter.sealed)
      environment_.log.warning(letter.component,
                               "dead letter {} cannot come back: the pipeline has no such component now, or the letter "
                               "is damaged",
                               letter.number);
    state_.stays_dead(letter.number);
  }
}

// Where it cannot be done now, it is done the next time.
void Pipeline::drop_old_letters() {
  if (plan_.keep_dead_letters.count() == 0) return;
  try {
    const std::int64_t dropped = state_.drop_dead_letters(environment_.now() - plan_.keep_dead_letters.count());
    if (dropped > 0) environment_.log.info("", "{} dead letters were kept long enough and are gone", dropped);
  } catch (const Failure& fault) {
    environment_.log.once_per(Level::warning, "", "dead letters", fault.what(),
                              std::string("old dead letters cannot be removed: ") + fault.what());
  }
}

void Pipeline::committed(const Barrier& barrier) {
  for (const auto& [source, cursor] : barrier.cursors)
    if (source < parts_->sources().size()) parts_->sources()[source]->committed(cursor);
  if (barrier.commit.outbox.empty()) return;
  for (const auto& sink : parts_->sinks())
    if (sink->remote()) sink->look_into_outbox();
}

RunStatus Pipeline::status() const {
  RunStatus out;
  for (const auto& source : parts_->sources()) out.posts += source->taken_in();
  out.bytes = budget_.bytes(), out.batches = budget_.batches();
  return out;
}

void Pipeline::measure() {
  Meters& meters = environment_.meters;
  measured_.push_back(meters.measured("earshot_bytes_in_flight", "Bytes of posts on their way", {},
                                      [this] { return static_cast<double>(budget_.bytes()); }));
  measured_.push_back(meters.measured("earshot_batches_in_flight", "Batches on their way", {},
                                      [this] { return static_cast<double>(budget_.batches()); }));
  measured_.push_back(
      meters.measured("earshot_checkpoint_age_seconds", "Since the last checkpoint was committed", {},
                      [this] { return std::chrono::duration<double>(checkpointer_->since_last()).count(); }));
  for (std::uint32_t i = 0; i < assembly_->sources().size(); ++i) {
    const Labels labels{{"component", assembly_->sources()[i]->id()}};
    measured_.push_back(
        meters.measured("earshot_lag_seconds", "How far event time of a source is behind the clock", labels, [this, i] {
          const ear_time watermark = sequencer_->watermark(i);
          return watermark == EAR_TIME_NONE ? 0.0 : static_cast<double>(environment_.now() - watermark) * 1e-9;
        }));
    const auto count = [&](const char* name, const char* help, std::uint64_t Sequencer::Counts::*which) {
      measured_.push_back(meters.measured(
          name, help, labels, [this, i, which] { return static_cast<double>(sequencer_->counts(i).*which); }));
    };
    count("earshot_posts_late", "Posts published before their source's watermark", &Sequencer::Counts::late);
    count("earshot_posts_repeated", "Posts that had come before and were stopped", &Sequencer::Counts::repeats);
    count("earshot_posts_clamped", "Posts whose time was missing or in the future", &Sequencer::Counts::clamped);
  }
}

}  // namespace earshot::host
