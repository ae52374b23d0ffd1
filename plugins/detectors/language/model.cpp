#include "language/model.hpp"

#include <algorithm>
#include <bit>

#include "language/ngrams.hpp"

namespace earshot::language {
namespace {

constexpr std::size_t many = 10;  // weights from which a row is stored in full

}  // namespace

Model::Model(const ModelContent& content)
    : languages_(content.languages),
      groups_(content.groups),
      unit_(content.unit),
      temperature_(content.temperature),
      slots_(std::bit_ceil(content.keys.size() * 2 + 2)),
      mask_(static_cast<std::uint32_t>(slots_.size() - 1)),
      shift_(32 - std::countr_zero(slots_.size())) {
  std::size_t full = 0, single = 0;  // about: a row with a language beyond the lanes is stored singly
  for (const std::uint32_t count : content.counts) (count >= many ? full : single) += count >= many ? 1 : count;
  rows_.reserve(full), weights_.reserve(single);
  std::span<const Weight> left(content.weights);
  for (std::size_t i = 0; i < content.keys.size(); ++i) {
    if (content.counts[i] > 0) insert(content.keys[i], left.first(content.counts[i]));
    left = left.subspan(content.counts[i]);
  }
}

void Model::insert(std::uint32_t key, std::span<const Weight> weights) {
  std::uint32_t at = key >> shift_;
  while (slots_[at].row != 0) at = (at + 1) & mask_;
  const bool fits = std::all_of(weights.begin(), weights.end(), [](Weight w) { return w.language < lanes; });
  if (weights.size() >= many && fits) {
    slots_[at] = {key, static_cast<std::uint32_t>(rows_.size()) << 7 | in_full};
    Row& row = rows_.emplace_back();
    row.fill(0);
    for (const Weight weight : weights) row[weight.language] = weight.value;
  } else {
    slots_[at] = {key, static_cast<std::uint32_t>(weights_.size() << 7 | weights.size())};
    weights_.insert(weights_.end(), weights.begin(), weights.end());
  }
}

const Model::Slot* Model::find(std::uint32_t key) const {
  for (std::uint32_t at = key >> shift_; slots_[at].row != 0; at = (at + 1) & mask_)
    if (slots_[at].key == key) return &slots_[at];
  return nullptr;
}

const Group* Model::group(Script script) const {
  const auto at = std::find_if(groups_.begin(), groups_.end(), [&](const Group& g) { return g.script == script; });
  return at == groups_.end() ? nullptr : &*at;
}

// In three steps, each of which asks the memory for what the next one needs: nearly all the time goes into waiting for
// it otherwise.
std::uint32_t Model::add(std::span<const char16_t> letters, Sums& sums) const {
  std::array<std::uint32_t, most_ngrams> keys, rows;
  std::size_t key_count = 0, row_count = 0;
  ngrams(letters, [&](std::uint32_t key, int) {
    if (key_count == keys.size()) return;
    __builtin_prefetch(&slots_[key >> shift_]);
    keys[key_count++] = key;
  });
  for (std::size_t i = 0; i < key_count; ++i) {
    const Slot* slot = find(keys[i]);
    if (slot == nullptr) continue;
    const std::uint32_t first = slot->row >> 7;
    const void* weights = (slot->row & in_full) == in_full ? static_cast<const void*>(&rows_[first])
                                                           : static_cast<const void*>(&weights_[first]);
    __builtin_prefetch(weights);
    rows[row_count++] = slot->row;
  }
  alignas(64) std::array<std::int16_t, most_languages> some{};
  for (std::size_t i = 0; i < row_count; ++i) {
    const std::uint32_t first = rows[i] >> 7, count = rows[i] & in_full;
    if (count == in_full) {
      const Row& row = rows_[first];
      for (std::size_t lane = 0; lane < lanes; ++lane) some[lane] = static_cast<std::int16_t>(some[lane] + row[lane]);
      continue;
    }
    for (const Weight& weight : std::span(&weights_[first], count))
      some[weight.language] = static_cast<std::int16_t>(some[weight.language] + weight.value);
  }
  for (std::size_t i = 0; i < languages_.size(); ++i) sums[i] += some[i];
  return static_cast<std::uint32_t>(row_count);
}

}  // namespace earshot::language
