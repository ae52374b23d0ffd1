#include "runtime/erasing.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include "base/seal.hpp"
#include "earshot/types.hpp"
#include "runtime/copy.hpp"
#include "runtime/record.hpp"
#include "runtime/services.hpp"

namespace earshot::host {
namespace {

// Plugins know an author by the native id, and samples of posts by what a reader sees: the handle.
std::vector<std::string_view> names_of(const Erasure& whom) {
  std::vector<std::string_view> names;
  for (const std::string* name : {&whom.id, &whom.handle})
    if (!name->empty() && (names.empty() || names.front() != *name)) names.emplace_back(*name);
  return names;
}

Outcome forget(Instance& instance, const Erasure& whom, const MakeCall& call) {
  for (const std::string_view name : names_of(whom))
    if (const Outcome outcome = call([&] { return instance.erase(whom.platform, name); }); !outcome.ok())
      return outcome;
  return {};
}

bool in_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

bool has_word(std::string_view text, std::string_view word) {
  if (word.size() < 2) return false;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !in_word(text[at - 1])) && (end == text.size() || !in_word(text[end]))) return true;
  }
  return false;
}

bool same(ear_str a, const std::string& b) {
  return !b.empty() && view(a) == b;
}

bool is_by(const ear_post& post, const Erasure& whom) {
  if (post.author == nullptr || view(post.platform) != whom.platform) return false;
  return same(post.author->id, whom.id) || same(post.author->handle, whom.handle);
}

StateStore::Kept look_at(std::string_view payload, const Erasure& whom) {
  using What = StateStore::Kept::What;
  Arena arena;
  Record record;
  if (!decode(payload, arena, record)) return {};
  if (record.kind == EAR_DELIVERY_POST) return {is_by(record.post, whom) ? What::none : What::whole, {}};
  if (record.kind != EAR_DELIVERY_ALERT) return {};
  std::vector<ear_evidence> left;
  for (std::uint32_t i = 0; i < record.alert.evidence_count; ++i) {
    const ear_evidence& one = at_stride(record.alert.evidence, record.alert.evidence_stride, i);
    const bool theirs =
        view(one.platform) == whom.platform && (same(one.author, whom.id) || same(one.author, whom.handle));
    if (!theirs) left.push_back(one);
  }
  if (left.size() == record.alert.evidence_count) return {};
  record.alert.evidence = left.data(), record.alert.evidence_count = static_cast<std::uint32_t>(left.size());
  return {What::changed, encode(delivery_of(record))};
}

}  // namespace

void forget(Instance& instance, Barrier& barrier, const MakeCall& call) {
  if (instance.table().erase == nullptr) return;
  for (std::size_t i = 0; i < barrier.erase.size(); ++i) {
    const Outcome outcome = forget(instance, barrier.erase[i], call);
    const std::lock_guard lock(barrier.mutex);
    Erased& erased = barrier.erased[i];
    if (outcome.ok())
      ++erased.components;
    else
      erased.failed += (erased.failed.empty() ? "" : "; ") + instance.id() + ": " + outcome.text();
  }
}

StateStore::Look forgetting(const Erasure& whom) {
  return [&whom](std::string_view payload, bool raw) -> StateStore::Kept {
    if (!raw) return look_at(payload, whom);
    const bool named = has_word(payload, whom.id) || has_word(payload, whom.handle) || has_word(payload, whom.name);
    return {named ? StateStore::Kept::What::none : StateStore::Kept::What::whole, {}};
  };
}

Erased erase_at_rest(const Plan& plan, Environment& environment, const Erasure& whom) {
  StateStore state(plan.state, plan.key_file.empty() ? nullptr : Seal::from_file(plan.key_file));
  const auto surroundings = surroundings_of(plan);
  Services services(environment, surroundings, plan.services);
  Erased erased;
  Commit changed;
  for (const ComponentPlan& detector : plan.detectors) {
    const std::vector<StatePiece> pieces = state.pieces(detector.id);
    if (pieces.empty()) continue;
    Instance instance(detector, environment, surroundings, &services);
    if (instance.table().erase == nullptr || !instance.saves()) continue;
    Outcome outcome = instance.load(pieces);
    if (outcome.ok()) outcome = instance.start();
    if (outcome.ok()) outcome = forget(instance, whom, [](const auto& call) { return call(); });
    if (outcome.ok()) outcome = instance.save(true, changed.pieces);
    if (!outcome.ok()) throw InstanceFault(detector, outcome);
    changed.whole.insert(detector.id);
    ++erased.components;
  }
  state.replace(changed);
  return state.erase(whom, erased, forgetting(whom));
}

}  // namespace earshot::host
