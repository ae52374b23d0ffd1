// memory.hpp: the posts that a new one may be a copy of: the last `remember` of them that brought something of their
// own. A ring; the newest overwrites the oldest. Everything that is looked up follows from the ring alone, so that it
// can be built anew from what was saved. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "duplicates/index.hpp"
#include "duplicates/keys.hpp"
#include "state/bytes.hpp"

namespace earshot::duplicates {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

enum class How : std::uint8_t { first, exact, repost, near };

struct Record {
  std::uint64_t number = 0;                      // of what was ever remembered, from 1 on; 0: nothing stands here
  std::uint64_t since = 0;                       // number under which the post came first; edits keep it
  std::uint64_t post = 0, author = 0, text = 0;  // hashes
  std::int64_t published = 0;                    // of the newest exact copy
  std::uint64_t of = 0;                          // number of the record that it is a copy of
  float score = 0;
  std::uint32_t cluster = kNone;
  std::uint16_t cut = 65535;
  How how = How::first;
  bool live = false;  // neither deleted, edited nor erased since
  std::uint8_t key_count = 0;
  std::array<std::uint32_t, kMostKeys> keys{};
  std::uint8_t number_count = 0;
  std::array<std::uint16_t, sketch::kMostNumbers> numbers{};
  std::vector<std::uint16_t> trigrams;
  std::string name;  // platform/id
};

struct Cluster {
  std::string name;          // of its first post
  std::uint64_t id = 0;      // number of its first record
  std::uint64_t author = 0;  // of its first post
  std::uint32_t records = 0;
};

class Memory {
 public:
  explicit Memory(std::size_t remember = 1) : remember_(remember) {}

  // The next record, to be filled; then remember() puts it under its keys. What stood there is forgotten. It joins
  // `cluster`, or begins one if that is kNone.
  Record& next(std::uint32_t cluster);
  void remember(Record& record);
  void forget(Record& record);       // deleted or edited: its content is gone, its place remains
  void touch(const Record& record);  // it is to be saved

  Cluster& cluster(std::uint32_t index) { return clusters_[index]; }

  // By its number, or its lower half as it stands in the index. Null: it is forgotten.
  Record* numbered(std::uint64_t number);
  Record* from_index(std::uint32_t number);
  const Record* oldest() const;  // which the next record takes the place of; null while there is room
  // The live record of a post, by its hash.
  Record* post(std::uint64_t hash);
  // The oldest live record with exactly this text that `fits`.
  template <class Fits>
  Record* exact(std::uint64_t text, Fits&& fits) {
    Record* best = nullptr;
    whole_.find(low(text), [&](std::uint32_t number) {
      Record* r = from_index(number);
      if (r != nullptr && r->live && r->text == text && fits(*r) && (best == nullptr || r->since < best->since))
        best = r;
    });
    return best;
  }
  const Index& keys() const { return keys_; }
  void prefetch(std::uint64_t hash) const { whole_.prefetch(low(hash)); }
  bool is_forgotten(std::uint32_t number) const { return low(count_) - number >= remember_; }
  void prefetch_record(std::uint32_t number) const;
  void erase(std::uint64_t author);

  std::uint64_t count() const { return count_; }  // of all that were ever remembered

  static constexpr std::size_t kBlock = 256;
  std::size_t blocks() const { return (ring_.size() + kBlock - 1) / kBlock; }
  bool changed(std::size_t block) const { return changed_[block]; }
  std::string save(std::size_t block);
  void load(std::uint32_t version, std::string_view block);  // version 1: without numbers
  void loaded();                                             // builds what follows from the ring
  void touch_all() { changed_.assign(blocks(), true); }

 private:
  static std::uint32_t low(std::uint64_t hash) { return static_cast<std::uint32_t>(hash); }
  void leave(Record& record);
  void put_under_keys(const Record& record);
  void rebuild();

  std::size_t remember_;
  std::uint64_t count_ = 0;
  std::size_t room_ = 0;  // of the indices, in records
  std::vector<Record> ring_;
  std::vector<bool> changed_;
  std::vector<Cluster> clusters_;
  std::vector<std::uint32_t> free_;
  Index keys_, whole_;
  std::vector<std::pair<Record, Cluster>> loaded_;
};

}  // namespace earshot::duplicates
