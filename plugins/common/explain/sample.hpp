// sample.hpp: a few posts that stand for many: those with the highest priorities (weight over a hash of the key as a
// fraction), from which sums over all are estimated without bias (priority sampling; Duffield, Lund, Thorup 2007). The
// same posts in any order, in one sample or merged from several, give the same sample. A Pool is what samples share:
// when it is filled, each keeps less. A Sample is its owner's thread's; the pool outlives it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "explain/seen.hpp"

namespace earshot::explain {

struct Pool {
  // Posts in all samples, about 700 bytes each; half as many more where they are the only ones of theirs.
  std::size_t most = 40000;
  std::size_t per_sample = 48;  // at most
  std::size_t kept = 0;

  // How many posts one sample may have by now.
  std::size_t limit() const {
    if (kept * 2 < most) return per_sample;
    if (kept * 4 < most * 3) return (per_sample + 3) / 4;
    return kept < most ? std::size_t{2} : kept < most + most / 2 ? std::size_t{1} : std::size_t{0};
  }
};

class Sample {
 public:
  explicit Sample(Pool* pool = nullptr) : pool_(pool) {}
  ~Sample() { clear(); }
  Sample(Sample&& other) noexcept { swap(other); }
  Sample& operator=(Sample&& other) noexcept { return clear(), swap(other), *this; }
  Sample(const Sample& other) : Sample(other.pool_) { *this = other; }
  Sample& operator=(const Sample& other);

  // A post counts once, whatever it says of the subject. Cheap for those that do not get in.
  void add(const Post& post, std::string_view subject, double weight = 1);
  void add(const Sample& other);
  void clear();
  bool erase(std::string_view platform, std::string_view author);

  bool empty() const { return all_.empty(); }
  std::size_t size() const { return all_.size(); }
  const std::vector<Seen>& all() const { return all_; }  // the highest priority first
  // What this one stands for: its own weight, or more where posts were left out.
  double stands_for(const Seen& seen) const { return seen.weight > threshold_ ? seen.weight : threshold_; }
  double total() const;  // what all of them stand for: an estimate of the sum of all weights

  void save(state::BytesOut& out) const;
  void load(state::BytesIn& in);

 private:
  std::size_t limit() const { return pool_ == nullptr ? Pool{}.per_sample : pool_->limit(); }
  bool has_room(double priority, ear_id key) const;
  void put(Seen seen);
  void trim(std::size_t most);
  void swap(Sample& other) noexcept {
    std::swap(pool_, other.pool_), std::swap(all_, other.all_), std::swap(threshold_, other.threshold_);
  }

  Pool* pool_ = nullptr;
  std::vector<Seen> all_;
  double threshold_ = 0;  // the highest priority that was left out
};

}  // namespace earshot::explain
