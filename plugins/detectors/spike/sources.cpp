#include "spike/sources.hpp"

#include <algorithm>
#include <cmath>

#include "baseline/tail.hpp"

namespace earshot::spike {

using baseline::kDay, baseline::kHour;

namespace {

constexpr std::int64_t kYoung = 6 * kHour, kLongest = 7 * kDay;
constexpr double kSuspicious = 20, kTold = 0.25;  // times the budget
// Variance of what is expected over its square, beside how it strays: what is suspected only spares others a doubtful
// alert, what is told must be sure.
constexpr double kUnsure = 0.05, kSure = 0.25;
constexpr double kOverlap = 0.4;  // stretches that end one row apart are surprised together

}  // namespace

void Sources::count(std::string_view name, std::int64_t row) {
  auto at = sources_.find(name);
  if (at == sources_.end()) {
    if (sources_.size() >= Shares::kMost) return;
    at = sources_.try_emplace(std::string(name), *shape_, row).first;
    at->second.name = name;
  }
  ++at->second.open[row];
}

void Sources::forget_blind_before(std::int64_t time) {
  for (auto& [id, spans] : blind_) spans.forget_before(time);
  std::erase_if(blind_, [](const auto& one) { return one.second.all().empty(); });
}

std::vector<Sources::Told> Sources::close_row(baseline::LocalTime at, std::int64_t row, Span time) {
  std::vector<Told> told;
  const std::vector<SourceId> blind = unseen(time);
  const auto is_blind = [&](SourceId id) { return std::find(blind.begin(), blind.end(), id) != blind.end(); };
  for (auto& [name, source] : sources_) {
    double posts = 0;
    if (!source.open.empty() && source.open.begin()->first == row) {
      posts = static_cast<double>(source.open.begin()->second);
      source.open.erase(source.open.begin());
    }
    if (!source.begun) {
      if (posts == 0) continue;
      source.series = baseline::Series(*shape_, row), source.begun = true, source.lull = {row, row};
    }
    const bool gone = source.life != Source::Life::alive;
    const bool unseen = gone || is_blind(kAll) || is_blind(source_id(name));
    source.series.row(*shape_, at, row, {posts, 0, 0}, unseen && posts == 0 ? 1 : 0);
    if (posts > 0) {
      if (source.life == Source::Life::dead) told.push_back({&source, SourceNews::back, source.lull});
      source.life = Source::Life::alive, source.lull = {row + 1, row + 1};
      continue;
    }
    if (!unseen || gone) source.lull.missed += source.series.expected();
    source.lull.to = row + 1;
    judge(source, row, time, told);
  }
  return told;
}

// Nothing came in the row that is over.
void Sources::judge(Source& source, std::int64_t row, Span time, std::vector<Told>& told) {
  Lull& lull = source.lull;
  const std::int64_t window = shape_->window, length = (lull.to - lull.from) * window;
  const auto a_week = [&](double unsure) {
    lull.variance = lull.missed + (source.series.spread(*shape_) + unsure) * lull.missed * lull.missed;
    const double surprise = baseline::surprise_below(0, lull.missed, lull.variance);
    return kOverlap * static_cast<double>(7 * kDay) / static_cast<double>(window) * std::exp(-surprise);
  };
  if (source.life == Source::Life::alive) {
    const bool young = source.series.age(*shape_, row) < std::max(kYoung, 3 * shape_->slot);
    if (young || a_week(kUnsure) > kSuspicious * budget_) return;
    source.life = Source::Life::suspected;
    told.push_back({&source, SourceNews::suspected, lull});
  }
  blind(source_id(source.name), {time.to - length, time.to});
  lull.a_week = a_week(kSure);
  if (source.life == Source::Life::suspected && lull.a_week <= kTold * budget_) {
    source.life = Source::Life::dead;
    told.push_back({&source, SourceNews::died, lull});
  } else if (source.life == Source::Life::dead && length >= kLongest &&
             std::any_of(sources_.begin(), sources_.end(),
                         [](const auto& one) { return one.second.life == Source::Life::alive; })) {
    told.push_back({&source, SourceNews::settled, lull});
  }
}

void Sources::close_slot(baseline::LocalTime at, std::int64_t slot) {
  for (auto& [name, source] : sources_)
    if (source.begun) source.series.close_slot(*shape_, at, slot);
}

void Sources::remove(Source& source) {
  sources_.erase(sources_.find(source.name));
}

void Sources::leap(std::int64_t row) {
  for (auto& [name, source] : sources_) {
    if (!source.begun) continue;
    source.series.leap(*shape_, row);
    source.life = Source::Life::alive, source.lull = {row, row};
  }
}

const std::vector<SourceId>& Sources::unseen(Span time) {
  unseen_.clear();
  for (const auto& [id, spans] : blind_)
    if (spans.overlaps(time.from, time.to)) unseen_.push_back(id);
  return unseen_;
}

std::vector<Source*> Sources::dead() {
  std::vector<Source*> all;
  for (auto& [name, source] : sources_)
    if (source.life == Source::Life::dead) all.push_back(&source);
  return all;
}

void Sources::save(state::BytesOut& out) const {
  out.number(sources_.size());
  for (const auto& [name, source] : sources_) {
    out.text(name);
    out.number(source.open.size());
    for (const auto& [row, posts] : source.open) out.integer(row), out.number(posts);
    out.number(static_cast<std::uint64_t>(source.life) << 1 | static_cast<std::uint64_t>(source.begun));
    const Lull& lull = source.lull;
    out.integer(lull.from), out.integer(lull.to), out.real(lull.missed), out.real(lull.variance);
    out.real(lull.a_week);
    source.series.save(out);
  }
  out.number(blind_.size());
  for (const auto& [id, spans] : blind_) {
    out.number(id), out.number(spans.all().size());
    for (const Span& span : spans.all()) out.integer(span.from), out.integer(span.to);
  }
}

void Sources::load(state::BytesIn& in) {
  clear();
  for (std::size_t n = in.count(); n > 0; --n) {
    const std::string name = in.text();
    Source& source = sources_.try_emplace(name, *shape_, 0).first->second;
    source.name = name;
    for (std::size_t rows = in.count(); rows > 0; --rows) {
      const std::int64_t row = in.integer();
      source.open[row] = in.number();
    }
    const std::uint64_t flags = in.number();
    source.life = static_cast<Source::Life>(std::min<std::uint64_t>(flags >> 1, 2)), source.begun = (flags & 1) != 0;
    Lull& lull = source.lull;
    lull.from = in.integer(), lull.to = in.integer(), lull.missed = in.real(), lull.variance = in.real();
    lull.a_week = in.real();
    source.series.load(*shape_, in);
  }
  for (std::size_t n = in.count(); n > 0; --n) {
    Spans& spans = blind_[static_cast<SourceId>(in.number())];
    for (std::size_t some = in.count(); some > 0; --some) {
      const std::int64_t from = in.integer();
      spans.add({from, in.integer()});
    }
  }
}

}  // namespace earshot::spike
