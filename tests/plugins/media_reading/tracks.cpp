// What is seen in a video, joined over time.
#include "media/tracks.hpp"

#include <catch2/catch.hpp>

using earshot::media::share_of;
using earshot::media::Track;
using earshot::media::Tracks;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

ear_quad box(float x, float y, float w, float h) {
  return {{x, x + w, x + w, x}, {y, y, y + h, y + h}};
}

}  // namespace

TEST_CASE("a thing seen in one picture after the other is one track, with its best box and its mean share") {
  Tracks tracks(kSecond);
  tracks.see("acme", 0, kSecond, box(0, 0, 0.5f, 0.5f), 0.5);
  tracks.see("acme", kSecond, 2 * kSecond, box(0.1f, 0, 0.5f, 1), 0.9);
  const std::vector<Track> all = tracks.take();
  REQUIRE(all.size() == 1);
  CHECK((all[0].start == 0 && all[0].stop == 2 * kSecond && all[0].pictures == 2));
  CHECK((all[0].score == 0.9 && all[0].box.x[0] == 0.1f));
  CHECK(all[0].share == Approx(0.375));
}

TEST_CASE("a thing that is out of sight for longer than the gap is seen anew") {
  Tracks tracks(kSecond);
  tracks.see("acme", 0, kSecond, box(0, 0, 0.5f, 0.5f), 1);
  tracks.see("acme", 2 * kSecond, 3 * kSecond, box(0, 0, 0.5f, 0.5f), 1);
  tracks.see("acme", 5 * kSecond, 6 * kSecond, box(0, 0, 0.5f, 0.5f), 1);
  const std::vector<Track> all = tracks.take();
  REQUIRE(all.size() == 2);
  CHECK((all[0].stop == 3 * kSecond && all[1].start == 5 * kSecond));
}

TEST_CASE("two of the same thing in one picture are two tracks, each with what is nearest") {
  Tracks tracks(kSecond);
  for (std::int64_t t = 0; t < 3; ++t) {
    tracks.see("acme", t * kSecond, (t + 1) * kSecond, box(0, 0, 0.2f, 0.2f), 1);
    tracks.see("acme", t * kSecond, (t + 1) * kSecond, box(0.4f, 0, 0.2f, 0.2f), 1);
  }
  const std::vector<Track> all = tracks.take();
  REQUIRE(all.size() == 2);
  CHECK((all[0].pictures == 3 && all[1].pictures == 3));
  CHECK((all[0].box.x[0] == 0.0f && all[1].box.x[0] == 0.4f));
}

TEST_CASE("what is seen in a still has no time and joins nothing") {
  Tracks tracks(kSecond);
  tracks.see("acme", 0, 0, box(0, 0, 0.2f, 0.2f), 1);
  tracks.see("acme", 0, 0, box(0.1f, 0, 0.2f, 0.2f), 1);
  CHECK(tracks.take().size() == 2);
}

TEST_CASE("the share of a turned box is its area") {
  CHECK(share_of({{0.5f, 1, 0.5f, 0}, {0, 0.5f, 1, 0.5f}}) == Approx(0.5));
}
