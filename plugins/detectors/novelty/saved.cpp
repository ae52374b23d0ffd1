// What stays between runs, and an author who is to be forgotten.
#include <charconv>

#include "model/hash.hpp"
#include "novelty/novelty.hpp"

namespace earshot::novelty {

void Novelty::erase(std::string_view platform, std::string_view author) {
  for (std::uint32_t slot = 0; slot < candidates_.size(); ++slot) {
    Candidate& c = candidates_[slot];
    if (c.key == 0) continue;
    const bool theirs = c.sample.erase(platform, author);
    if (theirs) unsaved_.insert(slot);
    const std::string name = std::string(platform).append("/").append(author);
    // A thing that nobody else is known to have said is their word.
    if ((theirs && c.sample.empty()) || (c.kind == Kind::author && c.text == name)) drop(slot, c.last);
  }
}

void Novelty::save(StateOut& out) {
  state::BytesOut clock;
  clock.integer(options().memory.count), clock.integer(options().remember.count()),
      clock.integer(options().within.count()), clock.integer(asked_), clock.integer(clock_);
  clock.number(fresh_.size());
  for (const std::uint32_t slot : fresh_) clock.number(slot);
  out.put("clock", clock.bytes());
  for (std::size_t i = 0; i < sketch::Rarity::kSlices; ++i) out.put("terms/" + std::to_string(i), rarity_.save(i));
  memory_.save(out);
  for (std::size_t number = 0; number < subjects_.size(); ++number) {
    Subject& s = subjects_[number];
    if (!out.whole() && !s.changed) continue;
    state::BytesOut bytes;
    bytes.text(s.id), bytes.integer(s.since), bytes.integer(s.last), bytes.real(s.posts), bytes.real(s.lately);
    bytes.integer(s.day), bytes.integer(s.last_alert), bytes.number(s.told);
    out.put("subject/" + std::to_string(number), bytes.bytes());
    s.changed = false;
  }
  const auto put = [&](std::uint32_t slot) {
    const std::string key = "candidate/" + std::to_string(slot);
    if (candidates_[slot].key != 0)
      out.put(key, candidates_[slot].save());
    else if (!out.whole())
      out.remove(key);
  };
  if (out.whole())
    for (std::uint32_t slot = 0; slot < candidates_.size(); ++slot) put(slot);
  else
    for (const std::uint32_t slot : unsaved_) put(slot);
  unsaved_.clear();
}

void Novelty::load(std::uint32_t, std::string_view key, std::string_view value) {
  const auto number = [&](std::string_view prefix) {
    std::uint32_t n = 0;
    std::from_chars(key.data() + prefix.size(), key.data() + key.size(), n);
    return n;
  };
  state::BytesIn in(value);
  if (key == "clock") {
    loaded_other_ = in.integer() != options().memory.count;
    loaded_other_ |= in.integer() != options().remember.count();
    loaded_other_ |= in.integer() != options().within.count();
    asked_ = in.integer(), clock_ = in.integer();
    for (std::size_t n = in.count(); n > 0; --n) fresh_.insert(static_cast<std::uint32_t>(in.number()));
  } else if (key.starts_with("terms/")) {
    rarity_.load(number("terms/"), value);
  } else if (key.starts_with("subject/")) {
    const std::uint32_t place = number("subject/");
    if (place >= kMostSubjects) return;
    if (subjects_.size() <= place) subjects_.resize(place + 1);
    Subject& s = subjects_[place];
    s.id = in.text(), s.since = in.integer(), s.last = in.integer(), s.posts = in.real(), s.lately = in.real();
    s.day = in.integer(), s.last_alert = in.integer(), s.told = static_cast<std::uint32_t>(in.number());
    subject_of_[model::hash(s.id)] = place;
  } else if (key.starts_with("candidate/")) {
    const std::uint32_t slot = number("candidate/");
    if (slot >= 20'000'000) return;
    while (candidates_.size() <= slot) candidates_.emplace_back(), due_of_.push_back(INT64_MAX);
    Candidate& c = candidates_[slot];
    c.sample = explain::Sample(&pool_);
    c.load(value);
    slot_of_[c.key] = slot;
    if (c.told) told_[c.subject].insert(slot);
    due_of_[slot] = due(c);
    due_.insert({due_of_[slot], slot});
  } else {
    memory_.load(key, value);
  }
}

}  // namespace earshot::novelty
