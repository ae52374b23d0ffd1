#include "runtime/source_runner.hpp"

#include <fmt/format.h>

#include "earshot/types.hpp"
#include "runtime/post_line.hpp"

namespace earshot::host {
namespace {

constexpr std::size_t kMostCursor = std::size_t{1} << 20;
constexpr std::size_t kMostKept = std::size_t{64} << 10;  // bytes of rejected input

Batch& of(void* ctx) {
  return *static_cast<Batch*>(ctx);
}

void reject(void* ctx, ear_bytes raw, ear_str place, ear_str reason) {
  DeadLetter letter;
  letter.place = view(place), letter.reason = view(reason), letter.raw = true;
  letter.payload = view(raw).substr(0, kMostKept);
  of(ctx).dead.push_back(std::move(letter));
}

std::uint32_t so_far(void* ctx) {
  return static_cast<std::uint32_t>(of(ctx).slots.size());
}

void gap(void* ctx, ear_time from, ear_time to, ear_str reason) {
  ear_gap here{};
  here.size = sizeof here;
  here.from = from, here.to = to, here.reason = of(ctx).arena.keep(reason);
  of(ctx).gaps.push_back({so_far(ctx), here});
}

}  // namespace

SourceRunner::SourceRunner(std::uint32_t number, std::shared_ptr<const Graph> graph, std::shared_ptr<Instance> instance,
                           const Services& services)
    : number_(number),
      graph_(std::move(graph)),
      instance_(std::move(instance)),
      services_(services),
      meters_(services.environment.meters, id()),
      dropped_(services.environment.meters.counter("earshot_posts_discarded_total",
                                                   "Posts dropped because the pipeline was full",
                                                   {{"component", id()}, {"reason", "full"}})),
      health_(services.environment.health.watch(id())),
      tap_(services.environment.taps.point(id(), Side::out)),
      slot_(services.calls.add()) {}

SourceRunner::~SourceRunner() {
  stop();
  if (thread_.joinable()) thread_.join();
}

void SourceRunner::run(bool opened) {
  if (thread_.joinable()) {
    if (!join({})) return wake_up();  // it never came back, and goes on
  }
  opened_ = opened;
  stop_ = false;
  instance_->cancel(false);
  running_ = true;
  thread_ = std::thread([this] {
    loop();
    const std::lock_guard lock(mutex_);
    running_ = false;
    changed_.notify_all();
  });
}

void SourceRunner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  instance_->cancel(true);
  changed_.notify_all();
}

void SourceRunner::wake_up() {
  stop_ = false;
  instance_->cancel(false);
}

bool SourceRunner::join(std::chrono::nanoseconds limit) {
  {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, limit, [&] { return !running_; })) return false;
  }
  if (thread_.joinable()) thread_.join();
  return true;
}

void SourceRunner::committed(std::string cursor) {
  {
    const std::lock_guard lock(mutex_);
    committed_ = std::move(cursor);
  }
  changed_.notify_all();
}

void SourceRunner::bring_back(DeadLetter letter) {
  {
    const std::lock_guard lock(mutex_);
    letters_.push_back(std::move(letter));
    ++letters_left_;
  }
  changed_.notify_all();
}

void SourceRunner::loop() {
  CrashFile::watch(slot_);
  try {
    open();
    Backoff idle(std::chrono::milliseconds{1}, std::chrono::milliseconds{500});
    while (!stopping()) {
      look_at_wishes();
      let_in_held();
      if (stopped_for_good_)
        wait(std::chrono::hours{1});
      else if (!poll(idle))
        stopped_for_good_ = true;
    }
    look_at_wishes();
  } catch (const Aborted&) {
  } catch (const std::exception& fault) {
    services_.control.fail(id(), fault.what());
  }
}

void SourceRunner::open() {
  if (opened_) return;
  Backoff backoff;
  while (!stopping()) {
    const std::string cursor = services_.sequencer.cursor(number_);
    const Outcome outcome = calling([&](ear_error* error) {
      const InCall in_call(slot_, id().c_str(), "open", instance_->plan().deadline);
      return instance_->table().source->open(instance_->self(), bytes(cursor), error);
    });
    opened_ = outcome.ok();
    if (opened_) return;
    if (!outcome.retryable()) {
      fault(outcome);
      stopped_for_good_ = true;
      return;
    }
    meters_.retried.add();
    services_.environment.log.once_per(Level::warning, id(), "open", outcome.text(), outcome.text() + "; trying again");
    wait(backoff.next(outcome.retry_after));
  }
}

ear_source_out SourceRunner::out_for(Batch& batch) {
  ear_source_out out{};
  out.size = sizeof out;
  out.max_posts = services_.posts;
  out.ctx = &batch;
  out.buffer = [](void* ctx, std::size_t size) { return of(ctx).arena.take(size); };
  out.post = replays() ? +[](void* ctx, const ear_post* post) -> void { of(ctx).add_stored(*post); }
                       : +[](void* ctx, const ear_post* post) -> void { of(ctx).add(*post); };
  out.reject = reject;
  out.complete_until = [](void* ctx, ear_time t) { of(ctx).complete.push_back({so_far(ctx), t}); };
  out.gap = gap;
  out.cursor = [](void* ctx, ear_bytes cursor) { of(ctx).cursor = view(cursor), of(ctx).has_cursor = true; };
  return out;
}

Outcome SourceRunner::call_poll(Batch& batch) {
  const ear_source_out out = out_for(batch);
  Outcome outcome = calling([&](ear_error* error) {
    const InCall in_call(slot_, id().c_str(), "poll", instance_->plan().deadline, &meters_.call);
    return instance_->table().source->poll(instance_->self(), &out, error);
  });
  if (batch.cursor.size() > kMostCursor)
    outcome = {EAR_INTERNAL,
               EAR_NONE,
               {},
               {},
               fmt::format("its cursor has {} bytes, and 1 MiB is the most", batch.cursor.size()),
               0};
  return outcome;
}

bool SourceRunner::poll(Backoff& idle) {
  BatchPtr batch = services_.pool.take();
  batch->source = number_;
  const Outcome outcome = call_poll(*batch);
  const bool counts = outcome.status == EAR_OK || outcome.status == EAR_AGAIN || outcome.status == EAR_END ||
                      outcome.status == EAR_CANCELLED;
  if (counts) {
    const bool some = !batch->slots.empty();
    if (some || (batch->has_cursor && batch->cursor != last_cursor_) || !batch->dead.empty() || !batch->gaps.empty() ||
        !batch->complete.empty())
      hand_on(std::move(batch));
    if (some) idle.reset();
    if (outcome.status == EAR_END) {
      for (; !held_.empty() && !stopping(); let_in_held()) services_.control.pause(std::chrono::milliseconds{1});
      services_.sequencer.source_ended(number_);
      return false;
    }
    if (outcome.status == EAR_AGAIN) wait(idle.next(outcome.retry_after));
    return true;
  }
  batch.reset();
  if (outcome.status == EAR_AUTH || outcome.status == EAR_UNSUPPORTED) return fault(outcome), false;
  meters_.retried.add();
  services_.environment.log.once_per(Level::warning, id(), "poll", outcome.text(), outcome.text() + "; trying again");
  Backoff backoff;
  wait(backoff.next(outcome.retry_after));
  if (outcome.status == EAR_INTERNAL || outcome.status == EAR_INVALID)
    opened_ = false, open();  // it may have lost its way
  return true;
}

// The source stops; what came of it before stays, and the others go on.
void SourceRunner::fault(const Outcome& why) {
  services_.environment.log.error(id(), "stops until somebody acts: {}", why.text());
  services_.environment.health.trouble(id(), why.text());
  services_.sequencer.source_stopped(number_);
}

void SourceRunner::hand_on(BatchPtr batch) {
  for (Slot* slot : batch->slots)
    if (!replays() || slot->post.source.len == 0) slot->post.source = str(graph_->nodes[number_].id);
  if (replays()) batch->recognise(*graph_);
  for (auto& here : batch->gaps) here.gap.source = str(graph_->nodes[number_].id);
  tell_rejects(*batch);
  last_cursor_ = batch->has_cursor ? batch->cursor : last_cursor_;
  meters_.received.add(batch->slots.size());
  if (tap_->wanted())
    for (const Slot* slot : batch->slots) tap_->push(post_line(slot->post));
  batch->taken_in_ns = steady_now();
  if (instance_->plan().when_full != WhenFull::drop_oldest) {
    if (take_room(*batch)) admit(std::move(batch));
    return;
  }
  held_.push_back(std::move(batch));
  let_in_held();
}

void SourceRunner::admit(BatchPtr batch) {
  meters_.sent.add(batch->slots.size());
  services_.sequencer.admit(std::move(batch));
  health_->progress(services_.environment.health.now());
}

// What was kept back goes in as there is room; where too much is kept, the oldest is lost.
void SourceRunner::let_in_held() {
  while (!held_.empty()) {
    BatchPtr& oldest = held_.front();
    const std::size_t bytes = oldest->cost();
    if (services_.budget.try_take(bytes)) {
      oldest->charged = bytes;
    } else if (held_.size() > kHeld) {
      lose(*oldest, "the pipeline was full, and `when_full: drop_oldest` is set");
    } else {
      return;
    }
    admit(std::move(oldest));
    held_.pop_front();
  }
}

void SourceRunner::tell_rejects(Batch& batch) {
  for (DeadLetter& letter : batch.dead) {
    letter.component = letter.source = id();
    letter.time = services_.environment.now();
    meters_.refused.add();
    services_.environment.log.once_per(Level::warning, id(), "rejected input",
                                       letter.reason.substr(0, letter.reason.find(':')),
                                       letter.place + ": " + letter.reason);
  }
}

// Waits for room in the budget, or drops the posts where the config says so. False: the run ends.
bool SourceRunner::take_room(Batch& batch) {
  const std::size_t bytes = batch.cost();
  if (instance_->plan().when_full == WhenFull::drop_newest && !services_.budget.try_take(bytes)) {
    lose(batch, "the pipeline was full, and `when_full: drop_newest` is set");
    return true;
  }
  if (instance_->plan().when_full == WhenFull::block && !services_.budget.take(bytes)) return false;
  batch.charged = bytes;
  return true;
}

// What is left passes without posts, and the gap that it carries says what is missing.
void SourceRunner::lose(Batch& batch, const char* reason) {
  dropped_.add(batch.slots.size());
  services_.environment.log.once_per(Level::warning, id(), "dropped", "",
                                     fmt::format("{} posts dropped: {}", batch.slots.size(), reason));
  batch.lose_posts(reason);
  services_.budget.force(sizeof(Batch));
  batch.charged = sizeof(Batch);
}

void SourceRunner::look_at_wishes() {
  std::optional<std::string> cursor;
  std::vector<DeadLetter> letters;
  {
    const std::lock_guard lock(mutex_);
    cursor.swap(committed_);
    letters.swap(letters_);
  }
  if (cursor && instance_->table().source->committed != nullptr && opened_) {
    const InCall in_call(slot_, id().c_str(), "committed", instance_->plan().deadline);
    const Outcome told = calling([&](ear_error* error) {
      return instance_->table().source->committed(instance_->self(), bytes(*cursor), error);
    });
    if (!told.ok()) services_.environment.log.once_per(Level::warning, id(), "committed", "", told.text());
  }
  for (const DeadLetter& letter : letters) {
    reread(letter);
    --letters_left_;
  }
  const ear_time now = services_.environment.now();
  if (instance_->next_tick() > now) return;
  const InCall in_call(slot_, id().c_str(), "tick", instance_->plan().deadline);
  instance_->tick(now);
}

void SourceRunner::reread(const DeadLetter& letter) {
  if (instance_->table().source->reread == nullptr) {
    services_.environment.log.warning(id(), "cannot read {} once more: this source offers no way to", letter.place);
    services_.state.stays_dead(letter.number);
    return;
  }
  BatchPtr batch = services_.pool.take();
  batch->source = number_;
  const ear_source_out out = out_for(*batch);
  const Outcome outcome = calling([&](ear_error* error) {
    const InCall in_call(slot_, id().c_str(), "reread", instance_->plan().deadline);
    return instance_->table().source->reread(instance_->self(), bytes(letter.payload), str(letter.place), &out, error);
  });
  if (!outcome.ok() || !batch->dead.empty()) {
    services_.environment.log.warning(id(), "{} is still no post: {}", letter.place,
                                      outcome.ok() ? batch->dead.front().reason : outcome.text());
    services_.state.stays_dead(letter.number);
    return;
  }
  batch->has_cursor = false;
  batch->replayed = letter.number;
  hand_on(std::move(batch));
}

void SourceRunner::wait(std::chrono::nanoseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::min<std::chrono::nanoseconds>(time, std::chrono::minutes{10}),
                    [&] { return stopping() || committed_ || !letters_.empty(); });
}

}  // namespace earshot::host
