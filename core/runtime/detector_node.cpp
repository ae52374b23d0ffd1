#include "runtime/detector_node.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "earshot/types.hpp"
#include "runtime/erasing.hpp"
#include "runtime/post_line.hpp"
#include "runtime/record.hpp"

namespace earshot::host {
namespace {

// Without a time asked for, a piece covers no more event time than this, so that one asked for in it is not passed.
constexpr std::int64_t kStride = 60'000'000'000;

// A call that went well and broke the contract has not gone well.
Outcome unless_broken(Outcome outcome, const Said& said) {
  if (!outcome.ok() || said.fault.empty()) return outcome;
  return {EAR_INTERNAL, EAR_NONE, {}, {}, "the plugin breaks its contract: " + said.fault, 0};
}

std::string name_of(const ear_post& post) {
  return fmt::format("{}/{}", view(post.platform), view(post.id));
}

}  // namespace

DetectorNode::DetectorNode(std::uint32_t detector, std::shared_ptr<const Graph> graph,
                           std::shared_ptr<DetectorInstances> instances, Environment& environment, Control& control,
                           Suspects suspects, std::uint64_t first_number)
    : detector_(detector),
      number_(graph->node_of_detector(detector)),
      graph_(std::move(graph)),
      instances_(std::move(instances)),
      environment_(environment),
      control_(control),
      suspects_(std::move(suspects)),
      meters_(environment.meters, id()),
      health_(environment.health.watch(id())),
      tap_in_(environment.taps.point(id(), Side::in)),
      tap_out_(environment.taps.point(id(), Side::out)),
      gate_(first_number) {}

void DetectorNode::run(Batch& batch, Scratch& scratch) {
  if (ticks() && !stateless()) tick(scratch);
  if (batch.barrier) return pass(*batch.barrier, scratch);
  batch.incoming(graph_->nodes[number_], number_, scratch.live, scratch.withdrawn);
  batch.view(graph_->nodes[number_], scratch.live, scratch.withdrawn, *graph_, batch.arena, scratch.view);
  meters_.received.add(scratch.view.posts.size());
  if (tap_in_->wanted())
    for (const ear_post* post : scratch.view.posts) tap_in_->push(post_line(*post));
  look_at(batch, scratch);
  batch.live[number_] = scratch.live;
  batch.withdrawn[number_] = scratch.withdrawn;
  meters_.sent.add(scratch.live.size() + scratch.withdrawn.size());
  if (tap_out_->wanted()) scratch.live.each([&](std::uint32_t i) { tap_out_->push(post_line(batch.slots[i]->post)); });
}

void DetectorNode::look_at(Batch& batch, Scratch& scratch) {
  View& seen = scratch.view;
  if (!suspects_.poison.empty()) {
    for (std::size_t i = 0; i < seen.posts.size();) {
      if (!suspects_.poison.contains(seen.posts[i]->key)) {
        ++i;
        continue;
      }
      set_aside(batch, scratch, seen.index[i], "poison: it crashed the process in this component twice");
      seen.posts.erase(seen.posts.begin() + static_cast<std::ptrdiff_t>(i));
      seen.index.erase(seen.index.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  const auto count = static_cast<std::uint32_t>(seen.posts.size());
  if (!stateless()) return walk_time(batch, scratch);
  if (count != 0) detect(batch, scratch, 0, count);
}

void DetectorNode::walk_time(Batch& batch, Scratch& scratch) {
  const View& seen = scratch.view;
  const auto count = static_cast<std::uint32_t>(seen.posts.size());
  if (count == 0 && !gaps_for(batch).empty()) detect(batch, scratch, 0, 0);
  const bool wakes = instances_->first().table().detector->advance != nullptr;
  for (std::uint32_t begin = 0; begin < count;) {
    if (wakes) wake(batch, scratch, batch.slots[seen.index[begin]]->watermark);
    const std::uint32_t end = wakes ? piece(batch, seen, begin) : count;
    detect(batch, scratch, begin, end);
    begin = end;
  }
  if (wakes) wake(batch, scratch, batch.watermark);
}

// The posts from `begin` on, until event time reaches what was asked for.
std::uint32_t DetectorNode::piece(const Batch& batch, const View& seen, std::uint32_t begin) const {
  const ear_time here = batch.slots[seen.index[begin]]->watermark;
  const ear_time until = !timers_.empty()                ? *timers_.begin()
                         : here > EAR_TIME_END - kStride ? EAR_TIME_END
                                                         : here + kStride;
  std::uint32_t end = begin + 1;
  while (end < seen.posts.size() && batch.slots[seen.index[end]]->watermark < until) ++end;
  return end;
}

void DetectorNode::detect(Batch& batch, Scratch& scratch, std::uint32_t begin, std::uint32_t end) {
  const View& seen = scratch.view;
  const auto suspect = [&](const ear_post* post) { return suspects_.tried_alone.contains(post->key); };
  if (end - begin > 1 && !suspects_.tried_alone.empty() &&
      std::any_of(seen.posts.begin() + begin, seen.posts.begin() + end, suspect)) {
    for (std::uint32_t i = begin; i < end; ++i) detect(batch, scratch, i, i + 1);
    return;
  }
  const Outcome outcome = persist({control_, environment_, meters_.retried, *health_}, id(),
                                  [&] { return call(batch, scratch, begin, end); });
  if (outcome.ok()) return keep(batch, scratch);
  if (outcome.status == EAR_AUTH || end == begin) give_up(outcome);
  if (outcome.post < end - begin || end - begin == 1) {
    const std::uint32_t at = begin + (outcome.post < end - begin ? outcome.post : 0);
    set_aside(batch, scratch, seen.index[at], outcome.text());
    if (at > begin) detect(batch, scratch, begin, at);
    if (at + 1 < end) detect(batch, scratch, at + 1, end);
    return;
  }
  const std::uint32_t middle = begin + (end - begin) / 2;  // which post it is, the component did not say
  detect(batch, scratch, begin, middle);
  detect(batch, scratch, middle, end);
}

Outcome DetectorNode::call(Batch& batch, Scratch& scratch, std::uint32_t begin, std::uint32_t end) {
  const View& seen = scratch.view;
  const std::vector<ear_gap> gaps = begin == 0 ? gaps_for(batch) : std::vector<ear_gap>{};
  ear_batch raw{};
  raw.size = sizeof raw;
  raw.count = end - begin;
  raw.posts = seen.posts.data() + begin;
  raw.gaps = gaps.data(), raw.gap_count = static_cast<std::uint32_t>(gaps.size()), raw.gap_stride = sizeof(ear_gap);
  scratch.said.begin(batch, str(id()), raw.posts, seen.index.data() + begin, raw.count);
  const Instance& instance = instances_->first();
  Outcome outcome = calling([&](ear_error* error) {
    const InCall in_call(scratch.slot, id().c_str(), "detect", instance.plan().deadline, &meters_.call, raw.posts,
                         raw.count);
    return instance.table().detector->detect(instances_->self(scratch.worker), &raw, &scratch.said.raw(), error);
  });
  outcome = unless_broken(std::move(outcome), scratch.said);
  if (outcome.status == EAR_CANCELLED || outcome.status == EAR_END) outcome.status = EAR_AGAIN;
  return outcome;
}

// What was said in a call that went well.
void DetectorNode::keep(Batch& batch, Scratch& scratch) {
  Said& said = scratch.said;
  const std::size_t findings = said.finding_count, alerts = said.alert_count;
  said.keep(detector_);
  meters_.findings.add(said.finding_count - findings);
  meters_.alerts.add(said.alert_count - alerts);
  if (!stateless()) timers_.insert(said.wakes.begin(), said.wakes.end());
  for (const std::uint32_t post : said.stopped) {
    if (!scratch.live.has(post)) continue;  // it comes as withdrawn, which passes
    const std::uint32_t change = batch.slots[post]->post.change;
    if (change == EAR_DELETED || change == EAR_WITHDRAWN) continue;
    scratch.live.remove(post);
    if (change == EAR_EDITED) scratch.withdrawn.add(post);
    meters_.stopped.add();
  }
  for (auto& [post, why] : said.rejected) set_aside(batch, scratch, post, std::move(why));
}

void DetectorNode::set_aside(Batch& batch, Scratch& scratch, std::uint32_t post, std::string reason) {
  scratch.live.remove(post), scratch.withdrawn.remove(post);
  const ear_post& raw = batch.slots[post]->post;
  meters_.refused.add();
  environment_.log.once_per(Level::warning, id(), "dead letter", reason.substr(0, reason.find(':')),
                            fmt::format("{} cannot be handled and is set aside: {}", name_of(raw), reason));
  batch.dead.push_back({id(), std::string(view(raw.source)), name_of(raw), std::move(reason), false, encode(raw),
                        environment_.now(), 0});
}

void DetectorNode::wake(Batch& batch, Scratch& scratch, ear_time reached) {
  if (reached == EAR_TIME_END) {  // no time passes any more; what was asked for is past with all the rest
    timers_.clear();
    return advance(batch, scratch, EAR_TIME_END);
  }
  while (!timers_.empty() && *timers_.begin() <= reached) {
    const ear_time t = *timers_.begin();
    timers_.erase(timers_.begin());
    advance(batch, scratch, t);
    timers_.erase(timers_.begin(), timers_.upper_bound(t));  // asked for again while it passes: it has passed
  }
}

void DetectorNode::advance(Batch& batch, Scratch& scratch, ear_time to) {
  const Instance& instance = instances_->first();
  const Outcome outcome = persist({control_, environment_, meters_.retried, *health_}, id(), [&] {
    scratch.said.begin(batch, str(id()), nullptr, nullptr, 0);
    Outcome out = calling([&](ear_error* error) {
      const InCall in_call(scratch.slot, id().c_str(), "advance", instance.plan().deadline, &meters_.call);
      return instance.table().detector->advance(instance.self(), to, &scratch.said.raw(), error);
    });
    return unless_broken(std::move(out), scratch.said);
  });
  if (!outcome.ok()) give_up(outcome);
  keep(batch, scratch);
}

void DetectorNode::pass(Barrier& barrier, Scratch& scratch) {
  if (stateless()) return;
  std::vector<StatePiece> pieces;
  Instance& instance = instances_->first();
  forget(instance, barrier, [&](const std::function<Outcome()>& call) {
    return persist({control_, environment_, meters_.retried, *health_}, id(), [&] {
      const InCall in_call(scratch.slot, id().c_str(), "erase", instance.plan().deadline);
      return call();
    });
  });
  if (instance.saves()) {
    const Outcome outcome = persist({control_, environment_, meters_.retried, *health_}, id(), [&] {
      pieces.clear();
      const InCall in_call(scratch.slot, id().c_str(), "save", instance.plan().deadline);
      return instance.save(!saved_, pieces);
    });
    if (!outcome.ok()) give_up(outcome);
  }
  barrier.add([&](Commit& commit) {
    if (!saved_) commit.whole.insert(id());
    commit.pieces.insert(commit.pieces.end(), std::make_move_iterator(pieces.begin()),
                         std::make_move_iterator(pieces.end()));
    commit.timers[id()] = timers_;
  });
  saved_ = true;
}

void DetectorNode::tick(Scratch& scratch) {
  Instance& instance = instances_->first();
  const ear_time now = environment_.now();
  if (instance.next_tick() > now) return;
  const InCall in_call(scratch.slot, id().c_str(), "tick", instance.plan().deadline);
  if (const Outcome outcome = instance.tick(now); !outcome.ok())
    environment_.log.once_per(Level::warning, id(), "tick", "", outcome.text());
}

void DetectorNode::give_up(const Outcome& why) {
  environment_.health.trouble(id(), why.text());
  control_.fail(id(), why.text());
  throw Aborted{};
}

std::vector<ear_gap> DetectorNode::gaps_for(const Batch& batch) const {
  std::vector<ear_gap> out;
  if (batch.gaps.empty() || batch.source == Batch::kNoNode || !graph_->nodes[number_].hears[batch.source]) return out;
  for (const Batch::GapHere& here : batch.gaps) out.push_back(here.gap);
  return out;
}

}  // namespace earshot::host
