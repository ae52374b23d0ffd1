#include "media/tracks.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace earshot::media {
namespace {

std::pair<double, double> centre(const ear_quad& box) {
  double x = 0, y = 0;
  for (int i = 0; i < 4; ++i) x += box.x[i] / 4, y += box.y[i] / 4;
  return {x, y};
}

double distance(const ear_quad& a, const ear_quad& b) {
  const auto [ax, ay] = centre(a);
  const auto [bx, by] = centre(b);
  return std::hypot(ax - bx, ay - by);
}

constexpr double kFarthest = 0.5;  // of the picture's side, that a thing moves between two looks

}  // namespace

double share_of(const ear_quad& box) {
  double twice = 0;
  for (int i = 0; i < 4; ++i) {
    const int next = (i + 1) % 4;
    twice += static_cast<double>(box.x[i]) * box.y[next] - static_cast<double>(box.x[next]) * box.y[i];
  }
  return std::min(1.0, std::abs(twice) / 2);
}

void Tracks::see(std::string_view what, std::int64_t start, std::int64_t stop, const ear_quad& box, double score) {
  Track* nearest = nullptr;
  for (Track& track : tracks_) {
    const bool same_picture = track.stop == stop && stop > start;  // that one is taken
    if (track.what != what || same_picture || start - track.stop > gap_ || (start == 0 && stop == 0)) continue;
    if (distance(track.box, box) > kFarthest) continue;
    if (nearest == nullptr || distance(track.box, box) < distance(nearest->box, box)) nearest = &track;
  }
  if (nearest == nullptr) {
    tracks_.push_back({std::string(what), start, stop, box, score, share_of(box), 1});
    return;
  }
  Track& t = *nearest;
  const double before = static_cast<double>(t.stop - t.start), now = static_cast<double>(stop - start);
  if (before + now > 0) t.share = (t.share * before + share_of(box) * now) / (before + now);
  t.stop = std::max(t.stop, stop), ++t.pictures;
  if (score > t.score) t.score = score, t.box = box;
}

std::vector<Track> Tracks::take() {
  std::sort(tracks_.begin(), tracks_.end(), [](const Track& a, const Track& b) {
    return std::tie(a.start, a.what, a.box.x[0], a.box.y[0]) < std::tie(b.start, b.what, b.box.x[0], b.box.y[0]);
  });
  return std::exchange(tracks_, {});
}

}  // namespace earshot::media
