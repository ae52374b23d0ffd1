#include "runtime/sequencer.hpp"

#include <algorithm>

namespace earshot::host {

Sequencer::Sequencer(std::shared_ptr<const Graph> graph, std::vector<SourceSettings> sources,
                     std::function<ear_time()> now, std::function<void(BatchPtr)> ready)
    : now_(std::move(now)), ready_(std::move(ready)) {
  replace(std::move(graph), std::move(sources));
}

void Sequencer::replace(std::shared_ptr<const Graph> graph, std::vector<SourceSettings> sources,
                        const Restored& restored) {
  const std::lock_guard lock(mutex_);
  std::vector<Source> before = std::move(sources_);
  sources_.clear();
  graph_ = std::move(graph);
  any_repeats_ = false;
  for (SourceSettings& settings : sources) {
    Source source;
    if (const auto saved = restored.sources.find(settings.id); saved != restored.sources.end())
      source.cursor = saved->second.cursor, source.watermark = saved->second.watermark;
    for (Source& old : before)
      if (old.settings.id == settings.id) source = std::move(old);
    any_repeats_ |= settings.repeats;
    source.settings = std::move(settings);
    sources_.push_back(std::move(source));
  }
}

void Sequencer::restore(const Restored& restored) {
  const std::lock_guard lock(mutex_);
  seen_.restore(restored.seen);
  for (Source& source : sources_) {
    const auto saved = restored.sources.find(source.settings.id);
    if (saved == restored.sources.end()) continue;
    source.cursor = saved->second.cursor;
    source.watermark = saved->second.watermark;
    // A run that was over begins anew: what has been added since is read.
    source.ended = saved->second.ended && !restored.finished;
  }
}

ear_time Sequencer::others(std::uint32_t source) const {
  ear_time least = EAR_TIME_END;
  for (std::uint32_t i = 0; i < sources_.size(); ++i)
    if (i != source && !sources_[i].ended && !sources_[i].stopped) least = std::min(least, sources_[i].watermark);
  return least;
}

void Sequencer::move(Source& source, ear_time to) {
  source.watermark = std::max(source.watermark, to);
}

void Sequencer::follow_time(Batch& batch, Source& source) {
  const ear_time latest = now_() + kFuture;
  const ear_time rest = others(batch.source);
  std::size_t told = 0;
  const auto tell = [&](std::uint32_t before) {
    for (; told < batch.complete.size() && batch.complete[told].after <= before; ++told)
      move(source, std::min(batch.complete[told].until, latest));
  };
  for (std::uint32_t i = 0; i < batch.slots.size(); ++i) {
    tell(i);
    batch.slots[i]->watermark = std::min(source.watermark, rest);
    ear_post& post = batch.slots[i]->post;
    const bool clamped = post.published > latest || post.published == EAR_TIME_NONE;
    if (clamped) {
      post.published = post.collected != EAR_TIME_NONE && post.collected <= latest ? post.collected : latest - kFuture;
      post.flags &= ~std::uint32_t{EAR_POST_RAW_JSON};  // its bytes tell another time
      ++source.counts.clamped;
    }
    const bool was_late = source.settings.replays && (post.flags & EAR_POST_LATE) != 0;
    if (post.published < source.watermark || was_late) {
      post.flags |= EAR_POST_LATE;
      ++source.counts.late;
    } else {
      post.flags &= ~std::uint32_t{EAR_POST_LATE};
    }
    if (!clamped && post.published > source.newest) {
      source.newest = post.published;
      if (post.published > EAR_TIME_NONE + source.settings.lateness)
        move(source, post.published - source.settings.lateness);
    }
  }
  tell(EAR_NONE);
  batch.watermark = std::min(source.watermark, rest);
}

void Sequencer::stop_repeats(Batch& batch, Source& source) {
  if (!any_repeats_) return;
  std::size_t kept = 0;
  std::vector<std::uint32_t> new_place(batch.slots.size() + 1);
  for (std::uint32_t i = 0; i < batch.slots.size(); ++i) {
    new_place[i] = static_cast<std::uint32_t>(kept);
    const ear_post& post = batch.slots[i]->post;
    if (seen_.is_new(post.key, post.revision))
      batch.slots[kept++] = batch.slots[i];
    else
      ++source.counts.repeats;
  }
  new_place[batch.slots.size()] = static_cast<std::uint32_t>(kept);
  batch.slots.resize(kept);
  for (auto& gap : batch.gaps) gap.after = new_place[gap.after];
  for (auto& complete : batch.complete) complete.after = new_place[complete.after];
}

void Sequencer::admit(BatchPtr batch) {
  const std::lock_guard lock(mutex_);
  Source& source = sources_[batch->source];
  stop_repeats(*batch, source);
  follow_time(*batch, source);
  if (batch->has_cursor) source.cursor = batch->cursor;
  batch->enter(*graph_);
  send(std::move(batch));
}

void Sequencer::admit_directly(BatchPtr batch) {
  const std::lock_guard lock(mutex_);
  for (Slot* slot : batch->slots) slot->post.flags |= EAR_POST_LATE, slot->watermark = EAR_TIME_NONE;
  batch->source = Batch::kNoNode;
  batch->enter(*graph_);
  send(std::move(batch));
}

void Sequencer::source_ended(std::uint32_t source) {
  const std::lock_guard lock(mutex_);
  sources_[source].ended = true;
}

void Sequencer::source_stopped(std::uint32_t source) {
  const std::lock_guard lock(mutex_);
  sources_[source].stopped = true;
}

bool Sequencer::all_ended() const {
  const std::lock_guard lock(mutex_);
  return std::all_of(sources_.begin(), sources_.end(), [](const Source& source) { return source.ended; });
}

void Sequencer::send(BatchPtr batch) {
  batch->number = next_++;
  ready_(std::move(batch));
}

void Sequencer::send(const std::shared_ptr<Barrier>& barrier, BatchPtr carrier) {
  const std::lock_guard lock(mutex_);
  barrier->add([&](Commit& commit) {
    for (std::uint32_t i = 0; i < sources_.size(); ++i) {
      const Source& source = sources_[i];
      commit.sources[source.settings.id] = {source.cursor, source.ended, source.watermark};
      barrier->cursors.emplace_back(i, source.cursor);
    }
    commit.seen = seen_.take_added();
  });
  carrier->barrier = barrier;
  carrier->enter(*graph_);
  send(std::move(carrier));
}

void Sequencer::send_end_of_time(BatchPtr carrier) {
  const std::lock_guard lock(mutex_);
  carrier->watermark = EAR_TIME_END;
  carrier->enter(*graph_);
  send(std::move(carrier));
}

void Sequencer::send_tick(BatchPtr carrier) {
  const std::lock_guard lock(mutex_);
  carrier->watermark = others(Batch::kNoNode);
  if (carrier->watermark == EAR_TIME_END) carrier->watermark = EAR_TIME_NONE;
  carrier->enter(*graph_);
  send(std::move(carrier));
}

std::string Sequencer::cursor(std::uint32_t source) const {
  const std::lock_guard lock(mutex_);
  return sources_[source].cursor;
}

Sequencer::Counts Sequencer::counts(std::uint32_t source) const {
  const std::lock_guard lock(mutex_);
  return sources_[source].counts;
}

ear_time Sequencer::watermark(std::uint32_t source) const {
  const std::lock_guard lock(mutex_);
  return sources_[source].watermark;
}

std::uint64_t Sequencer::sent() const {
  const std::lock_guard lock(mutex_);
  return next_;
}

}  // namespace earshot::host
