// What was said before, in a bounded memory.
#include "novelty/memory.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <map>
#include <random>

using namespace earshot::novelty;

namespace {

constexpr std::int64_t kHour = 3'600'000'000'000, kDay = 24 * kHour, kNow = 1'767'225'600'000'000'000;

Memory memory(std::size_t bytes) {
  Memory m;
  m.setup(bytes, 180 * kDay, kDay);
  return m;
}

std::vector<std::uint64_t> keys(const Memory& m, std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::uint64_t> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(m.key(random()));
  return all;
}

// The pieces of state as a host keeps them.
struct Pieces {
  std::map<std::string, std::string> all;
  void take(Memory& m, bool whole) {
    ear_state_out raw{
        sizeof(ear_state_out), whole ? 1u : 0u, this,
        [](void* ctx, ear_str key, ear_bytes value) {
          static_cast<Pieces*>(ctx)->all[std::string(earshot::view(key))] = earshot::view(value);
        },
        [](void* ctx, ear_str key) { static_cast<Pieces*>(ctx)->all.erase(std::string(earshot::view(key))); }};
    if (whole) all.clear();
    earshot::StateOut out(raw);
    m.save(out);
  }
  Memory loaded(std::size_t bytes) const {
    Memory m = memory(bytes);
    for (const auto& [key, value] : all) m.load(key, value);
    m.loaded();
    return m;
  }
};

}  // namespace

TEST_CASE("what was made familiar is so for as long as it is remembered, and hardly anything else is") {
  Memory m = memory(8 << 20);
  const auto known = keys(m, 100'000, 1), other = keys(m, 100'000, 2);
  for (const auto key : known) m.make_familiar(key, kNow);
  std::size_t kept = 0, wrong = 0, late = 0;
  for (const auto key : known) kept += m.is_familiar(key, kNow + 30 * kDay);
  for (const auto key : other) wrong += m.is_familiar(key, kNow);
  CHECK(kept == known.size());
  CHECK(wrong < 30);  // of 100,000
  Memory again = memory(8 << 20);
  for (const auto key : known) again.make_familiar(key, kNow);
  for (const auto key : known) late += again.is_familiar(key, kNow + 200 * kDay);
  CHECK(late == 0);
}

TEST_CASE("of more than there is room for the oldest is forgotten") {
  Memory m = memory(1 << 20);
  const auto old = keys(m, 100'000, 1), young = keys(m, 100'000, 2);
  for (const auto key : old) m.make_familiar(key, kNow);
  for (const auto key : young) m.make_familiar(key, kNow + 10 * kDay);
  std::size_t kept = 0;
  for (const auto key : young) kept += m.is_familiar(key, kNow + 10 * kDay);
  CHECK(kept > 95'000);
  CHECK(m.bytes() <= 1 << 20);
}

TEST_CASE("a thing said once in each of two stretches is familiar in the third") {
  Memory m = memory(1 << 20);
  First first;
  CHECK_FALSE(m.said_before(77, kNow, {0, 1, 1}, first));
  CHECK(m.said_before(77, kNow + kHour, {0, 2, 2}, first));
  CHECK(first.author == 1);
  CHECK_FALSE(m.said_before(77, kNow + 3 * kDay, {0, 3, 3}, first));
  CHECK_FALSE(m.is_familiar(77, kNow + 3 * kDay));
  CHECK_FALSE(m.said_before(77, kNow + 6 * kDay, {0, 4, 4}, first));
  CHECK(m.is_familiar(77, kNow + 6 * kDay));
}

TEST_CASE("what is saved in parts is what was there, and parts do not grow without end") {
  constexpr std::size_t kBytes = 1 << 18;
  Memory m = memory(kBytes);
  Pieces pieces;
  pieces.take(m, true);
  std::mt19937_64 random(9);
  First first;
  std::size_t most = 0;
  for (int round = 0; round < 400; ++round) {
    for (int i = 0; i < 20; ++i) {
      m.make_familiar(m.key(random()), kNow + round * kHour);
      m.said_before(m.key(random()), kNow + round * kHour, {0, 1, 1}, first);
    }
    pieces.take(m, false);
    std::size_t bytes = 0;
    for (const auto& [key, value] : pieces.all) bytes += value.size();
    most = std::max(most, bytes);
    if (round % 50 == 7) m = pieces.loaded(kBytes);
  }
  CHECK(most < 3 * kBytes);
  Memory loaded = pieces.loaded(kBytes);
  Pieces a, b;
  a.take(m, true), b.take(loaded, true);
  CHECK(a.all == b.all);
}
