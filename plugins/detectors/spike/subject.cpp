#include "spike/subject.hpp"

#include <algorithm>

namespace earshot::spike {
namespace {

constexpr std::size_t kMostHashes = 1 << 16;  // of one row; of what comes beyond each counts

}  // namespace

void Hashes::sort() {
  if (sorted_ == all_.size()) return;
  std::sort(all_.begin(), all_.end());
  all_.erase(std::unique(all_.begin(), all_.end()), all_.end());
  sorted_ = all_.size();
}

void Hashes::add(std::uint64_t hash) {
  all_.push_back(hash);
  if (all_.size() >= 2 * sorted_ + 64) sort();
}

std::size_t Hashes::size() {
  sort();
  return all_.size();
}

std::size_t Hashes::move_into(Hashes& others) {
  sort(), others.sort();
  std::vector<std::uint64_t> fresh;
  std::set_difference(all_.begin(), all_.end(), others.all_.begin(), others.all_.end(), std::back_inserter(fresh));
  if (others.all_.size() < kMostHashes) {
    others.all_.insert(others.all_.end(), fresh.begin(), fresh.end());
    others.sort();
  }
  return fresh.size();
}

void Hashes::save(BytesOut& out) const {
  Hashes sorted = *this;
  sorted.sort();
  out.number(sorted.all_.size());
  for (const std::uint64_t hash : sorted.all_) out.number(hash);
}

void Hashes::load(BytesIn& in) {
  all_.resize(in.count());
  for (std::uint64_t& hash : all_) hash = in.number();
  sorted_ = all_.size();
}

void Samples::add(const Samples& other) {
  up.add(other.up);
  if (!other.down.empty()) down.add(other.down);
}

bool Samples::erase(std::string_view platform, std::string_view author) {
  const bool any = up.erase(platform, author);
  return down.erase(platform, author) || any;
}

void Subject::begin(const Shape& shape, std::int64_t row) {
  watch = baseline::Watch(shape, row);
  next_slot = shape.slot_of(row), last_row = row;
  begun = changed = true;
}

bool Subject::erase(std::string_view platform, std::string_view author) {
  bool any = samples.erase(platform, author);
  if (background.forget_author(platform, author)) background = {}, any = true;  // it may hold words of theirs
  for (auto& [row, cell] : open) any |= cell.samples.erase(platform, author);
  changed |= any;
  return any;
}

std::string Subject::save() const {
  BytesOut out;
  out.integer(next_slot), out.integer(last_row);
  std::uint64_t flags = 0;
  for (const bool flag : {suspicious, begun, awake, silent}) flags = flags << 1 | static_cast<std::uint64_t>(flag);
  out.number(flags);
  out.number(open.size());
  for (const auto& [row, cell] : open) {
    out.integer(row), out.real(cell.figure.value), out.real(cell.figure.posts), out.real(cell.figure.squares);
    cell.once.save(out), cell.shares.save(out), cell.samples.save(out);
  }
  once.save(out), shares.save(out), samples.save(out), background.save(out), watch.save(out);
  return out.bytes();
}

void Subject::load(const Shape& shape, explain::Pool* pool, std::string_view bytes) {
  BytesIn in(bytes);
  next_slot = in.integer(), last_row = in.integer();
  std::uint64_t flags = in.number();
  for (bool* flag : {&silent, &awake, &begun, &suspicious}) *flag = (flags & 1) != 0, flags >>= 1;
  for (std::size_t n = in.count(); n > 0; --n) {
    Cell& cell = open.try_emplace(in.integer(), pool).first->second;
    cell.figure.value = in.real(), cell.figure.posts = in.real(), cell.figure.squares = in.real();
    cell.once.load(in), cell.shares.load(in), cell.samples.load(in);
  }
  once.load(in), shares.load(in), samples.load(in), background.load(in), watch.load(shape, in);
  changed = false;
}

}  // namespace earshot::spike
