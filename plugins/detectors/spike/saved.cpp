// What the detector saves, and back: its clock, its sources, and each subject that changed.
#include "spike/spike.hpp"

namespace earshot::spike {

void Spike::save(StateOut& out) {
  out.put("clock", save_clock());
  BytesOut sources;
  sources_.save(sources);
  out.put("sources", sources.bytes());
  for (auto& [id, subject] : subjects_)
    if (out.whole() || subject.changed) out.put("subject/" + id, subject.save()), subject.changed = false;
  for (const std::string& id : gone_) out.remove("subject/" + id);
  gone_.clear();
}

void Spike::load(std::uint32_t, std::string_view key, std::string_view value) {
  constexpr std::string_view prefix = "subject/";
  BytesIn in(value);
  if (key == "clock") load_clock(value);
  if (key == "sources") sources_.load(in);
  if (!key.starts_with(prefix)) return;
  const std::string id(key.substr(prefix.size()));
  Entry& entry = *subjects_.try_emplace(id, shape_, &pool_).first;
  entry.second.load(shape_, &pool_, value);
  index_[entry.first] = &entry;
  for (const auto& [row, cell] : entry.second.open) filled_[row].push_back(&entry);
  if (entry.second.awake) awake_.insert(&entry);
}

std::string Spike::save_clock() const {
  BytesOut out;
  out.text(loaded_kind_);
  out.number(static_cast<std::uint64_t>(begun_) | static_cast<std::uint64_t>(settled_) << 1 |
             static_cast<std::uint64_t>(asleep_) << 2);
  for (const std::int64_t n : {first_, next_, active_, shift_}) out.integer(n);
  out.number(seen_.size());
  for (const std::int64_t row : seen_) out.integer(row);
  return out.bytes();
}

void Spike::load_clock(std::string_view bytes) {
  BytesIn in(bytes);
  loaded_kind_ = in.text();
  const std::uint64_t flags = in.number();
  begun_ = (flags & 1) != 0, settled_ = (flags & 2) != 0, asleep_ = (flags & 4) != 0;
  for (std::int64_t* n : {&first_, &next_, &active_, &shift_}) *n = in.integer();
  for (std::size_t n = in.count(); n > 0; --n) seen_.insert(in.integer());
}

}  // namespace earshot::spike
