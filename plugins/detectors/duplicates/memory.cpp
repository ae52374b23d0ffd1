#include "duplicates/memory.hpp"

#include <algorithm>
#include <unordered_map>

namespace earshot::duplicates {

Record& Memory::next(std::uint32_t cluster) {
  if (cluster != kNone) ++clusters_[cluster].records;  // it stays, even if its only record is forgotten now
  const std::uint64_t number = ++count_;
  const std::size_t slot = (number - 1) % remember_;
  if (slot == ring_.size()) ring_.emplace_back();
  if (ring_.size() > room_) rebuild();
  Record& record = ring_[slot];
  leave(record);
  record.number = record.since = number;
  record.of = 0, record.score = 0, record.how = How::first, record.live = true;
  record.key_count = record.number_count = 0;
  record.trigrams.clear(), record.name.clear();
  if (cluster == kNone) {
    if (free_.empty()) free_.push_back(static_cast<std::uint32_t>(clusters_.size())), clusters_.emplace_back();
    cluster = free_.back();
    free_.pop_back();
    clusters_[cluster] = {{}, number, 0, 1};
  }
  record.cluster = cluster;
  return record;
}

void Memory::remember(Record& record) {
  put_under_keys(record);
  touch(record);
}

void Memory::put_under_keys(const Record& record) {
  for (std::size_t i = 0; i < record.key_count; ++i) keys_.add(record.keys[i], low(record.number));
  whole_.add(low(record.post), low(record.number)), whole_.add(low(record.text), low(record.number));
}

void Memory::touch(const Record& record) {
  const std::size_t block = (record.number - 1) % remember_ / kBlock;
  if (changed_.size() <= block) changed_.resize(block + 1);
  changed_[block] = true;
}

void Memory::forget(Record& record) {
  leave(record);
  record.live = false;
  record.trigrams.clear(), record.name.clear();
  record.author = 0;
  touch(record);
}

void Memory::leave(Record& record) {
  if (record.cluster == kNone) return;
  Cluster& cluster = clusters_[record.cluster];
  if (--cluster.records == 0) cluster = {}, free_.push_back(record.cluster);
  record.cluster = kNone;
}

Record* Memory::numbered(std::uint64_t number) {
  if (number == 0 || ring_.empty()) return nullptr;
  const std::size_t slot = (number - 1) % remember_;
  return slot < ring_.size() && ring_[slot].number == number ? &ring_[slot] : nullptr;
}

Record* Memory::from_index(std::uint32_t number) {
  const std::uint32_t ago = low(count_) - number;  // at most so many as are remembered, or the entry is an old one
  return ago < remember_ ? numbered(count_ - ago) : nullptr;
}

void Memory::prefetch_record(std::uint32_t number) const {
  const std::uint32_t ago = low(count_) - number;
  if (ago >= remember_) return;
  const Record& record = ring_[(count_ - ago - 1) % remember_];
  __builtin_prefetch(&record);
  __builtin_prefetch(reinterpret_cast<const char*>(&record) + 64);
}

const Record* Memory::oldest() const {
  return ring_.size() < remember_ ? nullptr : &ring_[count_ % remember_];
}

Record* Memory::post(std::uint64_t hash) {
  Record* found = nullptr;
  whole_.find(low(hash), [&](std::uint32_t number) {
    Record* r = from_index(number);
    if (r != nullptr && r->live && r->post == hash) found = r;
  });
  return found;
}

// The indices have room for twice as many records each time, up to all that are remembered.
void Memory::rebuild() {
  while (room_ < ring_.size()) room_ = std::max<std::size_t>(1024, room_ * 2);
  room_ = std::min(room_, std::max(remember_, std::size_t{1024}));
  keys_.reset(room_ * 20), whole_.reset(room_ * 5);
  const std::uint64_t first = count_ > ring_.size() ? count_ - ring_.size() : 0;
  for (std::uint64_t number = first + 1; number <= count_; ++number)
    if (Record* record = numbered(number)) put_under_keys(*record);
}

void Memory::erase(std::uint64_t author) {
  bool any = false;
  std::unordered_map<std::uint32_t, const Record*> heirs;
  for (Record& record : ring_)
    if (record.number != 0 && record.live && record.author == author) forget(record), any = true;
  if (!any) return;
  // A cluster bears the name of its oldest post that is left.
  for (const Record& record : ring_) {
    if (!record.live || record.cluster == kNone) continue;
    const Record*& heir = heirs[record.cluster];
    if (heir == nullptr || record.since < heir->since) heir = &record;
  }
  for (const Record& record : ring_)
    if (record.live && record.cluster != kNone && clusters_[record.cluster].author == author) touch(record);
  for (const auto& [cluster, heir] : heirs)
    if (clusters_[cluster].author == author)
      clusters_[cluster].name = heir->name, clusters_[cluster].author = heir->author;
}

std::string Memory::save(std::size_t block) {
  state::BytesOut out;
  changed_[block] = false;
  const std::size_t end = std::min(ring_.size(), (block + 1) * kBlock);
  for (std::size_t i = block * kBlock; i < end; ++i) {
    const Record& r = ring_[i];
    if (r.number == 0) continue;
    out.number(r.number), out.number(r.since), out.number(r.post), out.number(r.text), out.integer(r.published);
    out.number(r.live ? 1 : 0), out.number(r.key_count);
    for (std::size_t k = 0; k < r.key_count; ++k) out.number(r.keys[k]);
    if (!r.live) continue;
    out.number(r.author), out.number(r.of), out.real(r.score), out.number(r.cut);
    out.number(static_cast<std::uint64_t>(r.how)), out.text(r.name);
    out.number(r.number_count);
    for (std::size_t k = 0; k < r.number_count; ++k) out.number(r.numbers[k]);
    out.number(r.trigrams.size());
    std::uint16_t before = 0;
    for (const std::uint16_t t : r.trigrams) out.number(static_cast<std::uint16_t>(t - before)), before = t;
    const Cluster& c = clusters_[r.cluster];
    out.number(c.id), out.number(c.author), out.text(c.name);
  }
  out.number(0);
  return out.bytes();
}

void Memory::load(std::uint32_t version, std::string_view block) {
  state::BytesIn in(block);
  for (std::uint64_t number = in.number(); number != 0; number = in.number()) {
    auto& [r, c] = loaded_.emplace_back();
    r.number = number;
    r.since = in.number(), r.post = in.number(), r.text = in.number(), r.published = in.integer();
    r.live = in.number() == 1;
    const std::uint64_t keys = in.number();
    if (keys > kMostKeys) throw invalid("the saved state is damaged: remove it to begin anew");
    r.key_count = static_cast<std::uint8_t>(keys);
    for (std::size_t k = 0; k < keys; ++k) r.keys[k] = static_cast<std::uint32_t>(in.number());
    if (!r.live) continue;
    r.author = in.number(), r.of = in.number(), r.score = static_cast<float>(in.real());
    r.cut = static_cast<std::uint16_t>(in.number());
    r.how = static_cast<How>(in.number()), r.name = in.text();
    const std::uint64_t numbers = version > 1 ? in.number() : 0;
    if (numbers > sketch::kMostNumbers) throw invalid("the saved state is damaged: remove it to begin anew");
    r.number_count = static_cast<std::uint8_t>(numbers);
    for (std::size_t k = 0; k < numbers; ++k) r.numbers[k] = static_cast<std::uint16_t>(in.number());
    std::uint16_t trigram = 0;
    for (std::size_t n = in.count(); n > 0; --n)
      r.trigrams.push_back(trigram = static_cast<std::uint16_t>(trigram + in.number()));
    c.id = in.number(), c.author = in.number(), c.name = in.text();
  }
}

void Memory::loaded() {
  if (loaded_.empty()) return;
  std::sort(loaded_.begin(), loaded_.end(),
            [](const auto& a, const auto& b) { return a.first.number < b.first.number; });
  count_ = loaded_.back().first.number;
  ring_.resize(std::min<std::uint64_t>(remember_, count_));
  std::unordered_map<std::uint64_t, std::uint32_t> clusters;  // by id
  for (auto& [record, cluster] : loaded_) {
    if (record.number + remember_ <= count_) continue;
    if (record.live) {
      const auto [found, is_new] = clusters.try_emplace(cluster.id, 0);
      if (is_new) {
        found->second = static_cast<std::uint32_t>(clusters_.size());
        clusters_.push_back({cluster.name, cluster.id, cluster.author, 0});
      }
      record.cluster = found->second;
      ++clusters_[found->second].records;
    }
    ring_[(record.number - 1) % remember_] = std::move(record);
  }
  loaded_ = {};
  changed_.assign(blocks(), false);
  rebuild();
}

}  // namespace earshot::duplicates
