#include "said.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace earshot::logo {
namespace {

constexpr std::int64_t kGap = 1'500'000'000;  // a logo that a hand covers for a moment is still on screen

ear_quad box_of(const Hit& hit) {
  ear_quad box{};
  std::copy(hit.x.begin(), hit.x.end(), box.x), std::copy(hit.y.begin(), hit.y.end(), box.y);
  return box;
}

bool same(const ear_quad& a, const ear_quad& b) {
  return std::equal(a.x, a.x + 4, b.x) && std::equal(a.y, a.y + 4, b.y);
}

double percent(double share) {
  return std::round(share * 1000) / 10;
}
double seconds(std::int64_t time) {
  return std::round(static_cast<double>(time) / 1e8) / 10;
}

}  // namespace

Said::Said(const Gallery& gallery) : gallery_(gallery), tracks_(kGap) {}

void Said::see(const Hit& hit, double score, bool read, std::int64_t start, std::int64_t stop) {
  tracks_.see(std::to_string(gallery_.views[hit.view].item), start, stop, box_of(hit), score);
  seen_.push_back({hit, score, read});
}

std::size_t Said::item_of(const media::Track& track) const {
  return static_cast<std::size_t>(std::stoul(track.what));
}

void Said::tell(const Post& post, std::uint32_t media, bool video, Out& out) {
  const std::vector<media::Track> tracks = tracks_.take();
  for (const media::Track& track : tracks) tell_track(post, media, video, track, out);
  seen_.clear();
  if (!video) return;
  std::vector<std::size_t> items;
  for (const media::Track& track : tracks) items.push_back(item_of(track));
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  for (const std::size_t item : items) tell_time(post, media, item, tracks, out);
}

void Said::tell_track(const Post& post, std::uint32_t media, bool video, const media::Track& track, Out& out) const {
  const std::size_t item = item_of(track);
  const auto best = std::find_if(seen_.begin(), seen_.end(), [&](const Seen& s) {
    return gallery_.views[s.hit.view].item == item && same(box_of(s.hit), track.box);
  });
  if (best == seen_.end()) return;
  const std::string& file = gallery_.views[best->hit.view].file;
  const std::string reason = fmt::format("logo {} seen, {} points agree{}{}", file, best->hit.points,
                                         best->hit.reversed ? ", light and dark reversed" : "",
                                         best->read ? ", its name is read beside it" : "");
  const std::array<ear_value, 4> attributes{text_value("how", "logo"), text_value("logo", file),
                                            real_value("share", percent(track.share)),
                                            real_value("seconds", seconds(track.stop - track.start))};
  out.finding(post, {.kind = "mention",
                     .subject = gallery_.items[item].id,
                     .score = track.score,
                     .media = media,
                     .start = Duration{track.start},
                     .stop = Duration{track.stop},
                     .reason = reason,
                     .attributes = std::span(attributes).first(video ? 4 : 3),
                     .box = track.box});
}

// Two of the same at once count once.
void Said::tell_time(const Post& post, std::uint32_t media, std::size_t item, const std::vector<media::Track>& tracks,
                     Out& out) const {
  std::int64_t total = 0, until = -1;
  double share = 0;
  for (const media::Track& track : tracks) {  // by start
    if (item_of(track) != item) continue;
    total += std::max<std::int64_t>(0, track.stop - std::max(track.start, until));
    until = std::max(until, track.stop);
    share += track.share * static_cast<double>(track.stop - track.start);
  }
  if (total <= 0) return;
  const std::string value = fmt::format("{:.1f}", static_cast<double>(total) / 1e9);
  const std::string reason = fmt::format("{} s on screen", value);
  const std::array<ear_value, 1> attributes{real_value("share", percent(share / static_cast<double>(total)))};
  out.finding(post, {.kind = "screen_time",
                     .subject = gallery_.items[item].id,
                     .media = media,
                     .value = value,
                     .reason = reason,
                     .attributes = attributes});
}

}  // namespace earshot::logo
