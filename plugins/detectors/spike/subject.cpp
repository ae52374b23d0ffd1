#include "spike/subject.hpp"

#include <algorithm>

namespace earshot::spike {

Window Subject::take(const Grid& grid, std::int64_t window) {
  const auto found = open.find(window);
  if (found == open.end()) return {};
  Window taken = std::move(found->second);
  open.erase(found);
  const std::int64_t slot = grid.slot_of(window);
  if (!history.empty() && history.back().first == slot)
    history.back().second += taken.posts;
  else
    history.emplace_back(slot, taken.posts);
  changed = true;
  return taken;
}

void Subject::forget_before(std::int64_t slot) {
  const auto first = std::find_if(history.begin(), history.end(), [&](const auto& h) { return h.first >= slot; });
  history.erase(history.begin(), first);
  unusual.forget_before(slot);
}

bool Subject::is_clean(std::int64_t slot, const Grid& grid) const {
  const auto in = [&](const Run& run) { return run.is_open() && slot >= grid.slot_of(run.begin()); };
  return !unusual.overlaps(slot, slot + 1) && !in(up) && !in(down);
}

bool Subject::erase(std::string_view platform, std::string_view author) {
  bool any = up.erase(platform, author);
  any |= down.erase(platform, author);
  for (auto& [window, content] : open) any |= content.samples.erase(platform, author);
  changed |= any;
  return any;
}

std::string Subject::save() const {
  BytesOut out;
  out.integer(since);
  out.number(open.size());
  for (const auto& [window, content] : open) {
    out.integer(window), out.number(content.posts);
    content.samples.save(out);
  }
  out.number(history.size());
  std::int64_t before = 0;
  for (const auto& [slot, posts] : history) {
    out.integer(slot - before), out.number(posts);
    before = slot;
  }
  out.number(unusual.all().size());
  for (const Span& span : unusual.all()) out.integer(span.from), out.integer(span.to);
  out.integer(learnt_on);
  profile.save(out), up.save(out), down.save(out);
  return out.bytes();
}

void Subject::load(std::string_view bytes) {
  BytesIn in(bytes);
  since = in.integer();
  for (std::size_t n = in.count(); n > 0; --n) {
    Window& window = open[in.integer()];
    window.posts = static_cast<std::uint32_t>(in.number());
    window.samples.load(in);
  }
  std::int64_t slot = 0;
  for (std::size_t n = in.count(); n > 0; --n) {
    slot += in.integer();
    history.emplace_back(slot, static_cast<std::uint32_t>(in.number()));
  }
  for (std::size_t n = in.count(); n > 0; --n) {
    const std::int64_t from = in.integer();
    unusual.add({from, in.integer()});
  }
  learnt_on = in.integer();
  profile.load(in), up.load(in), down.load(in);
  changed = false;
}

}  // namespace earshot::spike
