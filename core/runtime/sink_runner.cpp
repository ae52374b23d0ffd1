#include "runtime/sink_runner.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "earshot/types.hpp"
#include "runtime/erasing.hpp"
#include "runtime/post_line.hpp"

namespace earshot::host {
namespace {

constexpr std::chrono::milliseconds kTick{100};

std::string name_of(const ear_delivery& delivery) {
  if (delivery.post != nullptr) return fmt::format("{}/{}", view(delivery.post->platform), view(delivery.post->id));
  if (delivery.alert != nullptr)
    return fmt::format("alert {} of {}", view(delivery.alert->kind), view(delivery.alert->subject));
  return "gap";
}

}  // namespace

SinkRunner::SinkRunner(std::uint32_t number, std::shared_ptr<const Graph> graph, std::shared_ptr<Instance> instance,
                       Environment& environment, Control& control, Calls& calls, StateStore& state, Suspects suspects)
    : number_(number),
      graph_(std::move(graph)),
      instance_(std::move(instance)),
      environment_(environment),
      control_(control),
      slot_(calls.add()),
      state_(state),
      suspects_(std::move(suspects)),
      meters_(environment.meters, id()),
      latency_(environment.meters.histogram("earshot_delivery_seconds", "From a source to a sink that has taken it",
                                            {{"component", id()}})),
      health_(environment.health.watch(id())),
      tap_(environment.taps.point(id(), Side::in)) {}

SinkRunner::~SinkRunner() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  some_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void SinkRunner::run() {
  thread_ = std::thread([this] { loop(); });
}

void SinkRunner::push(BatchPtr batch) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back({std::move(batch), {}});
    health_->pending(static_cast<std::int64_t>(queue_.size()), environment_.health.now());
  }
  some_.notify_one();
}

void SinkRunner::look_into_outbox() {
  {
    const std::lock_guard lock(mutex_);
    outbox_grew_ = true;
  }
  some_.notify_one();
}

void SinkRunner::bring_back(DeadLetter letter) {
  {
    const std::lock_guard lock(mutex_);
    Item& item = queue_.emplace_back();
    item.letters.push_back(std::move(letter));
  }
  some_.notify_one();
}

bool SinkRunner::wait_delivered(std::chrono::nanoseconds limit) {
  if (!remote()) return true;
  std::unique_lock lock(mutex_);
  return some_.wait_for(lock, limit, [&] { return idle_ && !outbox_grew_ && queue_.empty(); });
}

// Waits for work, or for the next tick. False: there will be none.
bool SinkRunner::next(Item& item) {
  std::unique_lock lock(mutex_);
  health_->pending(static_cast<std::int64_t>(queue_.size()), environment_.health.now());
  some_.wait_for(lock, kTick, [&] { return closed_ || !queue_.empty() || (remote() && outbox_grew_); });
  item = {};
  if (queue_.empty()) return !closed_;
  if (closed_ && control_.aborted()) return false;
  item = std::move(queue_.front());
  queue_.pop_front();
  idle_ = false;
  return true;
}

void SinkRunner::loop() {
  CrashFile::watch(slot_);
  try {
    for (Item item; next(item);) {
      take(item);
      item = {};  // the batch goes back before the wait
      if (remote()) drain_outbox();
      tick();
    }
  } catch (const Aborted&) {
  } catch (const std::exception& fault) {
    control_.fail(id(), fault.what());
  }
}

void SinkRunner::take(Item& item) {
  for (const DeadLetter& letter : item.letters) write_letter(letter);
  if (item.batch == nullptr) return;
  if (item.batch->barrier) return pass(*item.batch->barrier);
  const Batch& batch = *item.batch;
  share_of(batch, node(), *graph_, takes(), share_);
  if (share_.deliveries.empty()) return;
  meters_.received.add(share_.view.posts.size());
  if (tap_->wanted())
    for (const ear_post* post : share_.view.posts) tap_->push(post_line(*post));
  if (given_up_) return meters_.stopped.add(share_.deliveries.size());
  write_all(share_.deliveries);
  meters_.sent.add(share_.view.posts.size());
  meters_.alerts.add(static_cast<std::uint64_t>(std::count_if(
      share_.deliveries.begin(), share_.deliveries.end(), [](const ear_delivery& d) { return d.alert != nullptr; })));
  if (batch.taken_in_ns != 0) latency_.add(static_cast<std::uint64_t>(steady_now() - batch.taken_in_ns));
}

void SinkRunner::write_all(const std::vector<ear_delivery>& deliveries) {
  const auto count = static_cast<std::uint32_t>(deliveries.size());
  const bool look = !suspects_.poison.empty() || !suspects_.tried_alone.empty();
  std::uint32_t step = look ? 1 : count;  // how many are offered at once
  for (std::uint32_t at = 0; at < count && !given_up_;) {
    if (look && suspects_.poison.contains(Id(deliveries[at].id))) {
      set_aside(deliveries[at++], "poison: it crashed the process in this component twice");
      continue;
    }
    std::uint32_t taken = 0;
    const Outcome outcome = persist(retrying(), id(), [&] {
      std::uint32_t now = 0;
      Outcome written = write(deliveries.data() + at + taken, std::min(step, count - at) - taken, now);
      taken += now;
      if (written.status == EAR_CANCELLED || (written.ok() && taken == 0)) written.status = EAR_AGAIN;
      return written;
    });
    const std::uint32_t offered = std::min(step, count - at);
    at += taken;
    if (outcome.ok()) continue;
    if (outcome.status == EAR_AUTH) return give_up(outcome);
    if (outcome.post != EAR_NONE || offered == 1)
      set_aside(deliveries[at++], outcome.text());
    else
      step = 1;  // which one it is, the sink did not say
  }
}

Outcome SinkRunner::write(const ear_delivery* first, std::uint32_t count, std::uint32_t& taken) {
  posts_in_hand_.clear();
  for (std::uint32_t i = 0; i < count; ++i)
    if (first[i].post != nullptr) posts_in_hand_.push_back(first[i].post);
  ear_deliveries raw{};
  raw.size = sizeof raw;
  raw.count = count, raw.items = first, raw.stride = sizeof(ear_delivery);
  Outcome outcome = calling([&](ear_error* error) {
    const InCall in_call(slot_, id().c_str(), "write", instance_->plan().deadline, &meters_.call, posts_in_hand_.data(),
                         static_cast<std::uint32_t>(posts_in_hand_.size()));
    return instance_->table().sink->write(instance_->self(), &raw, &taken, error);
  });
  taken = std::min(taken, count);
  if (outcome.status == EAR_INVALID && outcome.post < count)
    taken = outcome.post;  // the ones before it were taken
  else if (outcome.status == EAR_INVALID)
    outcome.post = EAR_NONE;
  return outcome;
}

void SinkRunner::set_aside(const ear_delivery& delivery, std::string reason) {
  meters_.refused.add();
  environment_.log.once_per(Level::warning, id(), "dead letter", reason.substr(0, reason.find(':')),
                            fmt::format("{} cannot be written and is set aside: {}", name_of(delivery), reason));
  const std::string source = delivery.post != nullptr ? std::string(view(delivery.post->source)) : std::string();
  dead_.push_back({id(), source, name_of(delivery), std::move(reason), false, encode(delivery), environment_.now(), 0});
}

void SinkRunner::flush() {
  const Outcome outcome = persist(retrying(), id(), [&] {
    Outcome flushed = calling([&](ear_error* error) {
      const InCall in_call(slot_, id().c_str(), "flush", instance_->plan().deadline, &meters_.call);
      return instance_->table().sink->flush(instance_->self(), error);
    });
    if (flushed.status == EAR_CANCELLED) flushed.status = EAR_AGAIN;
    return flushed;
  });
  if (!outcome.ok()) give_up(outcome);
}

void SinkRunner::pass(Barrier& barrier) {
  std::vector<StatePiece> pieces;
  if (!given_up_) flush();
  if (!given_up_)
    forget(*instance_, barrier, [&](const std::function<Outcome()>& call) {
      return persist(retrying(), id(), [&] {
        const InCall in_call(slot_, id().c_str(), "erase", instance_->plan().deadline);
        return call();
      });
    });
  if (!given_up_ && instance_->saves()) {
    const Outcome saved = persist(retrying(), id(), [&] {
      pieces.clear();
      const InCall in_call(slot_, id().c_str(), "save", instance_->plan().deadline);
      return instance_->save(!saved_, pieces);
    });
    if (!saved.ok()) give_up(saved);
  }
  if (given_up_) returned_.clear();  // written, never flushed
  barrier.add([&](Commit& commit) {
    if (!saved_ && instance_->saves()) commit.whole.insert(id());
    commit.pieces.insert(commit.pieces.end(), std::make_move_iterator(pieces.begin()),
                         std::make_move_iterator(pieces.end()));
    commit.dead.insert(commit.dead.end(), std::make_move_iterator(dead_.begin()), std::make_move_iterator(dead_.end()));
    commit.returned.insert(commit.returned.end(), returned_.begin(), returned_.end());
  });
  dead_.clear(), returned_.clear();
  saved_ = true;
  barrier.done();
}

// A letter that does not go through keeps its place among the dead; where the sink gives up, the next run tries again.
void SinkRunner::write_letter(const DeadLetter& letter) {
  if (given_up_) return;
  Record record;
  share_.arena.reset();
  if (!decode(letter.payload, share_.arena, record)) {
    environment_.log.warning(id(), "dead letter {} cannot be read, and stays: {}", letter.number, letter.reason);
    return state_.stays_dead(letter.number);
  }
  const std::size_t before = dead_.size();
  write_all({delivery_of(record)});
  if (given_up_) return;
  if (dead_.size() == before) return returned_.push_back(letter.number);
  dead_.pop_back();
  state_.stays_dead(letter.number);
}

void SinkRunner::drain_outbox() {
  while (!given_up_) {
    {
      const std::lock_guard lock(mutex_);
      outbox_grew_ = idle_ = false;
    }
    const std::vector<OutboxRow> rows = state_.outbox(id(), 256);
    if (rows.empty() && returned_.empty()) break;
    std::vector<Record> records(rows.size());
    const std::vector<ear_delivery> deliveries = read(rows, records);
    meters_.received.add(deliveries.size());
    write_all(deliveries);
    if (!given_up_) flush();
    if (given_up_) break;
    meters_.sent.add(deliveries.size());
    settle(rows.empty() ? 0 : rows.back().number);
  }
  {
    const std::lock_guard lock(mutex_);
    idle_ = true;
  }
  some_.notify_all();
}

// The deliveries that the rows are, pointing into `records`. A row that is none becomes a dead letter.
std::vector<ear_delivery> SinkRunner::read(const std::vector<OutboxRow>& rows, std::vector<Record>& records) {
  share_.arena.reset();
  std::vector<ear_delivery> deliveries;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (decode(rows[i].payload, share_.arena, records[i])) {
      deliveries.push_back(delivery_of(records[i]));
      continue;
    }
    const std::string place = fmt::format("outbox row {}", rows[i].number);
    const std::string reason = "damaged, or written by a newer version: it is no delivery that this version can read";
    meters_.refused.add();
    environment_.log.once_per(Level::warning, id(), "outbox", "", fmt::format("{} is set aside: {}", place, reason));
    dead_.push_back({id(), {}, place, reason, true, rows[i].payload, environment_.now(), 0});
  }
  return deliveries;
}

// Takes out of the outbox what has been flushed, and writes what became of it; tried until the disk takes it.
void SinkRunner::settle(std::int64_t up_to) {
  persist(retrying(), id(), [&]() -> Outcome {
    try {
      state_.delivered(id(), up_to, dead_, returned_);
    } catch (const Failure& fault) {
      return {EAR_IO, EAR_NONE, {}, {}, std::string("the outbox cannot be written: ") + fault.what(), 0};
    }
    return {};
  });
  dead_.clear(), returned_.clear();
}

void SinkRunner::tick() {
  const ear_time now = environment_.now();
  if (given_up_ || instance_->next_tick() > now) return;
  const InCall in_call(slot_, id().c_str(), "tick", instance_->plan().deadline);
  if (const Outcome outcome = instance_->tick(now); !outcome.ok())
    environment_.log.once_per(Level::warning, id(), "tick", "", outcome.text());
}

// A required sink ends the run. Without one that is not, the others go on.
void SinkRunner::give_up(const Outcome& why) {
  environment_.health.trouble(id(), why.text());
  if (instance_->plan().required) {
    control_.fail(id(), why.text());
    throw Aborted{};
  }
  given_up_ = true;
  environment_.log.error(id(), "stops, and the run goes on without it since it is not required: {}", why.text());
}

}  // namespace earshot::host
