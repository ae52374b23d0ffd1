#include "spike/measure.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cmath>

namespace earshot::spike {
namespace {

std::uint64_t hash(std::string_view text, std::uint64_t seed = 0) {
  return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

double in_steps(double value) {
  return std::round(value * 1024) / 1024;
}

// ln(1 + n): of people and reactions, what is ten times as many is as much more at any size.
bool value_of(const Post& post, Measure measure, double& value) {
  const ear_post& raw = post.raw();
  if (measure == Measure::reach) {
    if (raw.author == nullptr || raw.author->followers < 0) return false;
    value = in_steps(std::log1p(static_cast<double>(raw.author->followers)));
    return true;
  }
  double sum = 0;
  bool known = false;
  for (const std::int64_t n : {raw.likes, raw.reposts, raw.replies})
    if (n >= 0) sum += static_cast<double>(n), known = true;
  value = in_steps(std::log1p(sum));
  return known;
}

// 1 for praise, 0 for blame, between for what is neither.
double feeling_of(std::string_view value) {
  return value == "positive" ? 1 : value == "negative" ? 0 : 0.5;
}

}  // namespace

void find(const Post& post, std::string_view of, Measure measure, std::vector<Found>& found) {
  found.clear();
  const bool feels = measure == Measure::sentiment;
  double value = 1;
  if (is_value(measure) && !feels && !value_of(post, measure, value)) return;
  for (const FoundBefore finding : post.findings()) {
    if (finding.kind() != (feels ? std::string_view("sentiment") : of)) continue;
    const auto same = [&](const Found& f) { return f.subject == finding.subject(); };
    if (std::any_of(found.begin(), found.end(), same)) continue;
    if (feels) value = feeling_of(finding.value());
    found.push_back({finding.subject(), value});
  }
}

bool hash_once(const Post& post, Measure measure, std::uint64_t& hashed) {
  if (measure == Measure::authors) {
    const std::string_view author = post.author_id().empty() ? post.author_handle() : post.author_id();
    hashed = author.empty() ? hash(post.id(), hash(post.platform()) | 1) : hash(author, hash(post.platform()));
    return true;
  }
  for (const FoundBefore finding : post.findings())
    if (finding.kind() == "duplicate") return false;
  hashed = 0;
  for (const Segment segment : post.segments()) hashed = hash(segment.text(), hashed + 1);
  return true;
}

double weight_up(Measure measure, double value) {
  if (measure == Measure::sentiment) return value > 0.5 ? 1 : 0;
  return is_value(measure) ? std::max(std::expm1(value), 1.0) : 1;
}

double weight_down(Measure measure, double value) {
  return measure == Measure::sentiment ? value < 0.5 ? 1 : 0 : weight_up(measure, value);
}

}  // namespace earshot::spike
