// What is told: how surprising candidates are, which of them are one, and how an alert opens, grows and closes.
#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "novelty/novelty.hpp"
#include "novelty/summary.hpp"

namespace earshot::novelty {
namespace {

constexpr std::int64_t kDay = 86'400'000'000'000;
constexpr double kPrior = 50;  // posts that the general use of a thing is worth, against a subject's own history
constexpr double kBursts = 4;  // things are said in bursts: silence before counts as so many times the posts since
constexpr double kLeastSurprise = 14;  // once in a million: a subject has thousands of words a week to be surprised by
constexpr double kSame = 0.6;          // of the authors: two things are one
constexpr std::size_t kMostAlso = 8;

// Does the longer text hold the words of the shorter?
bool is_within(std::string_view shorter, std::string_view longer) {
  if (shorter.size() >= longer.size()) return false;
  for (std::size_t at = longer.find(shorter); at != longer.npos; at = longer.find(shorter, at + 1)) {
    const std::size_t end = at + shorter.size();
    if ((at == 0 || longer[at - 1] == ' ') && (end == longer.size() || longer[end] == ' ')) return true;
  }
  return false;
}

}  // namespace

void Novelty::judge(std::int64_t now, Out& out) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ripe;  // subject and slot
  std::set<std::uint32_t> waiting;
  for (const std::uint32_t slot : fresh_) {
    Candidate& c = candidates_[slot];
    if (c.told)
      grow(c, out), unsaved_.insert(slot);
    else if (is_ripe(c))
      ripe.emplace_back(c.subject, slot), waiting.insert(slot);
  }
  std::sort(ripe.begin(), ripe.end());
  for (std::size_t i = 0; i < ripe.size();) {
    std::vector<std::uint32_t> slots;
    const std::uint32_t subject = ripe[i].first;
    for (; i < ripe.size() && ripe[i].first == subject; ++i) slots.push_back(ripe[i].second);
    judge(subject, slots, now, out);
  }
  // What is ripe and was not told may be once the cool-down is over.
  std::erase_if(waiting, [&](std::uint32_t slot) { return candidates_[slot].key == 0 || candidates_[slot].told; });
  fresh_ = std::move(waiting);
}

// The most surprising first.
void Novelty::judge(std::uint32_t number, std::vector<std::uint32_t>& ripe, std::int64_t now, Out& out) {
  Subject& subject = subjects_[number];
  leave_out_covered(ripe);
  std::stable_sort(ripe.begin(), ripe.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Candidate &x = candidates_[a], &y = candidates_[b];
    return std::tuple(y.severity, y.posts, x.first, std::string_view(x.text)) <
           std::tuple(x.severity, x.posts, y.first, std::string_view(y.text));
  });
  for (const std::uint32_t slot : ripe) {
    Candidate& c = candidates_[slot];
    unsaved_.insert(slot);
    if (Candidate* like = open_like(c)) {
      join(*like, c, out);
      drop(slot, c.last);
      continue;
    }
    const std::int64_t day = now / kDay - (now % kDay < 0 ? 1 : 0);
    if (subject.day != day) subject.day = day, subject.told = 0, subject.changed = true;
    const bool affordable = subject.told < options().budget && c.severity >= options().severity + subject.told;
    const bool cool = subject.last_alert == INT64_MIN || now - subject.last_alert >= options().cooldown.count();
    if (affordable && cool) open(slot, now, out);
  }
}

void Novelty::open(std::uint32_t slot, std::int64_t at, Out& out) {
  Candidate& c = candidates_[slot];
  Subject& subject = subjects_[c.subject];
  ++subject.told, subject.last_alert = at, subject.changed = true;
  c.told = true, c.start = c.first;
  std::set<std::uint32_t>& others = told_[c.subject];
  const auto taken = [&](std::uint32_t other) { return candidates_[other].start == c.start; };
  while (std::any_of(others.begin(), others.end(), taken)) ++c.start;  // an alert is known by subject and start
  others.insert(slot);
  tell(c, false, out);
  touch(slot, out);
  fresh_.erase(slot);
}

// A phrase within another that nearly as many have said is no news of its own.
void Novelty::leave_out_covered(std::vector<std::uint32_t>& ripe) {
  const auto covered = [&](std::uint32_t slot) {
    const Candidate& c = candidates_[slot];
    return c.kind == Kind::phrase && std::any_of(ripe.begin(), ripe.end(), [&](std::uint32_t other) {
             const Candidate& o = candidates_[other];
             return o.kind == Kind::phrase && is_within(c.text, o.text) && o.posts * 5 >= c.posts * 4;
           });
  };
  std::vector<std::uint32_t> gone;
  std::copy_if(ripe.begin(), ripe.end(), std::back_inserter(gone), covered);
  for (const std::uint32_t slot : gone) {
    std::erase(ripe, slot);
    candidates_[slot].severity = 0;
    drop(slot, candidates_[slot].last);
  }
}

// It says the same as an alert that is open, and is told with it.
void Novelty::join(Candidate& open, const Candidate& c, Out& out) {
  const auto known = [&](const Also& one) { return one.kind == c.kind && is_within(c.text, one.text); };
  if (c.kind == Kind::phrase && open.kind == Kind::phrase && is_within(open.text, c.text))
    open.text = c.text;  // the longer says more
  else if (open.kind == c.kind && is_within(c.text, open.text))
    return;
  else if (open.also.size() < kMostAlso && std::none_of(open.also.begin(), open.also.end(), known))
    open.also.push_back({c.kind, c.text});
  unsaved_.insert(static_cast<std::uint32_t>(&open - candidates_.data()));
  tell(open, false, out);
}

bool Novelty::is_ripe(Candidate& c) const {
  if (c.kind == Kind::author) {
    const double steps = std::log10(std::max(1.0, c.reach / static_cast<double>(options().reach)));
    c.severity = static_cast<std::uint32_t>(std::clamp(std::lround(4 + 2 * steps), 1L, 10L));
  } else {
    if (c.posts < options().posts || c.authors.count() < static_cast<double>(options().authors) ||
        c.contents.count() < static_cast<double>(options().authors))
      return false;
    const double surprise = this->surprise(c);  // the reach of those who say it counts beside
    const double reach = std::max(0.0, std::log10(std::max(1.0, c.reach)) - 4);  // from 10,000 followers on
    c.severity = static_cast<std::uint32_t>(
        std::clamp(std::lround(2 * std::log2(std::max(1.0, surprise / 5)) + reach), 1L, 10L));
    if (surprise < kLeastSurprise) return false;
  }
  return c.severity >= options().severity;
}

// Minus the logarithm of the chance that as many would say it, were it said as ever. How often a thing is said differs
// from subject to subject and is not known: a gamma distribution, with what is said of all as its mean, narrowed by the
// subject's own posts in which it was not said. So a word that the language has anyhow does not surprise by coming up.
double Novelty::surprise(const Candidate& c) const {
  const double seen = std::round(std::min({static_cast<double>(c.posts), c.authors.count(), c.contents.count()}));
  const double now = std::max(1.0, subjects_[c.subject].posts - c.said_before);
  const double shape = std::max(kPrior * c.usual, 1e-9), before = std::min(kPrior + c.said_before, kBursts * now);
  const double general = now * std::max(c.usual, 1e-9);
  if (seen <= general) return 0;
  const double share = now / (before + now);
  int sign = 0;
  const double chance = lgamma_r(seen + shape, &sign) - lgamma_r(shape, &sign) - lgamma_r(seen + 1, &sign) +
                        shape * std::log1p(-share) + seen * std::log(share);
  const double of_subject = std::log1p(-share) - chance;  // of so many or more
  // What all say as often is no news, whatever is remembered of the subject: a memory that is full has forgotten some.
  const double of_all = seen * std::log(seen / general) - (seen - general);
  return std::max(0.0, std::min(of_subject, of_all));
}

// Of the subject's posts since it began, by its own history in which it was not, and by what others say.
double Novelty::expected(const Candidate& c) const {
  const double now = std::max(1.0, subjects_[c.subject].posts - c.said_before);
  return now * kPrior * c.usual / (kPrior + c.said_before);
}

Candidate* Novelty::open_like(const Candidate& c) {
  const auto told = told_.find(c.subject);
  if (c.kind == Kind::author || told == told_.end()) return nullptr;
  for (const std::uint32_t slot : told->second)
    if (candidates_[slot].authors.overlap(c.authors) >= kSame) return &candidates_[slot];
  return nullptr;
}

// Said again when a quarter more posts have come, or it has become more severe.
void Novelty::grow(Candidate& c, Out& out) {
  const std::uint32_t before = c.severity;
  if (!is_ripe(c)) c.severity = before;
  c.severity = std::max(c.severity, before);
  if (c.severity > before || c.posts >= c.told_posts + std::max(1u, c.told_posts / 4)) tell(c, false, out);
}

void Novelty::expire(std::int64_t now, Out& out) {
  while (!due_.empty() && due_.begin()->first <= now) {
    const std::uint32_t slot = due_.begin()->second;
    if (candidates_[slot].told) tell(candidates_[slot], true, out);
    drop(slot, candidates_[slot].last);
  }
}

void Novelty::tell(Candidate& c, bool closed, Out& out) {
  c.told_posts = c.posts;
  const std::string& id = subjects_[c.subject].id;
  const double usual = expected(c);
  ear_alert alert = make_alert("novelty", id);
  alert.state = closed ? EAR_ALERT_CLOSED : EAR_ALERT_OPEN;
  alert.start = c.start, alert.end = std::max(c.last, c.start);
  alert.observed = c.posts, alert.expected = usual, alert.upper = usual + 2 * std::sqrt(usual);
  alert.severity = std::clamp(c.severity, 1u, 10u);
  const std::string text = summary(id, c);
  alert.summary = str(text);
  const explain::Explanation why(c.sample, explain::Background(), {static_cast<double>(c.posts), 0}, values_,
                                 static_cast<std::size_t>(options().evidence));
  std::vector<ear_value> attributes{text_value("what", name_of(c.kind)), text_value("value", c.text),
                                    integer_value("authors", std::llround(c.authors.count())),
                                    integer_value("reach", std::llround(c.reach))};
  std::vector<std::array<ear_value, 2>> pairs;
  std::vector<ear_value> also;
  for (const Also& one : c.also)
    pairs.push_back({text_value("what", name_of(one.kind)), text_value("value", one.text)});
  for (const auto& pair : pairs) also.push_back({EAR_MAP, 2, {}, {}, 0, 0, pair.data()});
  if (!also.empty())
    attributes.push_back({EAR_LIST, static_cast<std::uint32_t>(also.size()), str("also"), {}, 0, 0, also.data()});
  attributes.insert(attributes.end(), why.attributes().begin(), why.attributes().end());
  alert.attributes = attributes.data(), alert.attribute_count = static_cast<std::uint32_t>(attributes.size());
  const std::vector<ear_evidence> evidence = why.evidence();
  alert.evidence = evidence.data(), alert.evidence_count = static_cast<std::uint32_t>(evidence.size());
  out.alert(alert);
}

}  // namespace earshot::novelty
