// What the detector saves, and back: its clock, and each subject that changed.
#include "spike/spike.hpp"

namespace earshot::spike {

void Spike::save(StateOut& out) {
  out.put("clock", save_clock());
  for (auto& [id, subject] : subjects_)
    if (out.whole() || subject.changed) out.put("subject/" + id, subject.save()), subject.changed = false;
  for (const std::string& id : gone_) out.remove("subject/" + id);
  gone_.clear();
}

void Spike::load(std::uint32_t, std::string_view key, std::string_view value) {
  constexpr std::string_view prefix = "subject/";
  if (key == "clock") load_clock(value);
  if (!key.starts_with(prefix)) return;
  const std::string id(key.substr(prefix.size()));
  Entry& entry = *subjects_.try_emplace(id, shape_, 0).first;
  entry.second.load(shape_, value);
  index_[entry.first] = &entry;
  for (const auto& [row, cell] : entry.second.open) filled_[row].push_back(&entry);
  if (entry.second.awake) awake_.insert(&entry);
}

std::string Spike::save_clock() const {
  BytesOut out;
  out.text(loaded_kind_);
  out.number(static_cast<std::uint64_t>(begun_) | static_cast<std::uint64_t>(settled_) << 1 |
             static_cast<std::uint64_t>(asleep_) << 2);
  for (const std::int64_t n : {first_, next_, active_, newest_, shift_}) out.integer(n);
  out.number(seen_.size());
  for (const std::int64_t row : seen_) out.integer(row);
  out.number(blind_.all().size());
  for (const Span& span : blind_.all()) out.integer(span.from), out.integer(span.to);
  return out.bytes();
}

void Spike::load_clock(std::string_view bytes) {
  BytesIn in(bytes);
  loaded_kind_ = in.text();
  const std::uint64_t flags = in.number();
  begun_ = (flags & 1) != 0, settled_ = (flags & 2) != 0, asleep_ = (flags & 4) != 0;
  for (std::int64_t* n : {&first_, &next_, &active_, &newest_, &shift_}) *n = in.integer();
  for (std::size_t n = in.count(); n > 0; --n) seen_.insert(in.integer());
  for (std::size_t n = in.count(); n > 0; --n) {
    const std::int64_t from = in.integer();
    blind_.add({from, in.integer()});
  }
}

}  // namespace earshot::spike
