#include "runtime/said.hpp"

#include <fmt/format.h>

#include <cmath>

namespace earshot::host {

Said::Said() {
  raw_.size = sizeof raw_;
  raw_.ctx = this;
  raw_.finding = [](void* ctx, const ear_finding* f) { of(ctx).add(*f); };
  raw_.segment = [](void* ctx, std::uint32_t post, const ear_segment* s) { of(ctx).add(post, *s); };
  raw_.alert = [](void* ctx, const ear_alert* a) { of(ctx).add(*a); };
  raw_.stop = [](void* ctx, std::uint32_t post) {
    if (of(ctx).has(post, "stopped")) of(ctx).stopped.push_back(of(ctx).index_[post]);
  };
  raw_.reject = [](void* ctx, std::uint32_t post, ear_str reason) {
    if (of(ctx).has(post, "rejected"))
      of(ctx).rejected.emplace_back(of(ctx).index_[post],
                                    std::string(reason.ptr, std::min<std::size_t>(reason.len, 1000)));
  };
  raw_.wake_at = [](void* ctx, ear_time t) { of(ctx).wakes.push_back(t); };
}

void Said::begin(Batch& batch, ear_str detector, const ear_post* const* posts, const std::uint32_t* index,
                 std::uint32_t count) {
  drop();
  fault.clear();
  if (words_of_ != &batch || words_number_ != batch.number) {
    for (Word* word : {&kind_, &subject_, &value_, &reason_}) word->forget();
    words_of_ = &batch, words_number_ = batch.number;
  }
  batch_ = &batch, detector_ = detector, posts_ = posts, index_ = index, count_ = count;
}

void Said::break_contract(std::string how) {
  if (fault.empty()) fault = std::move(how);
}

bool Said::has(std::uint32_t post, const char* what) {
  if (post < count_) return true;
  break_contract(fmt::format("it {} post {} of a batch of {}", what, post, count_));
  return false;
}

void Said::add(const ear_finding& given) {
  if (!has(given.post, "found something in")) return;
  if (findings_.size() >= kMostFindings * (count_ + 1))
    return break_contract(fmt::format("it found more than {} things in each post", kMostFindings));
  ear_finding& finding = findings_.emplace_back(index_[given.post], ear_finding{}).second;
  copy_struct(finding, given);
  const ear_post& post = *posts_[given.post];
  if (finding.segment != EAR_NONE && (finding.segment >= post.segment_count || finding.begin > finding.end ||
                                      finding.end > post.segments[finding.segment].text.len))
    return break_contract(fmt::format("it found something in bytes {} to {} of segment {}, which are not there",
                                      finding.begin, finding.end, finding.segment));
  if (!std::isfinite(finding.score)) return break_contract("it gave a score that is no number");
  finding.kind = kind_.keep(finding.kind, batch_->arena);
  finding.subject = subject_.keep(finding.subject, batch_->arena);
  finding.value = value_.keep(finding.value, batch_->arena);
  finding.reason = reason_.keep(finding.reason, batch_->arena);
  finding.detector = detector_;
  finding.attributes = copy_values(finding.attributes, finding.attribute_count, batch_->arena);
}

void Said::add(std::uint32_t post, const ear_segment& given) {
  if (!has(post, "added a segment to")) return;
  if (segments_.size() >= kMostFindings * (count_ + 1)) return break_contract("it added too many segments");
  ear_segment& segment = segments_.emplace_back(index_[post], ear_segment{}).second;
  copy_segment(segment, given, batch_->arena);
  segment.detector = detector_;
}

void Said::add(const ear_alert& given) {
  if (alerts_.size() >= kMostAlerts)
    return break_contract(fmt::format("it raised more than {} alerts in one call", kMostAlerts));
  ear_alert& alert = alerts_.emplace_back();
  copy_alert(alert, given, batch_->arena);
  alert.detector = detector_;
}

void Said::keep(std::uint32_t detector) {
  for (const auto& [post, segment] : segments_) batch_->add_segment(post, segment);
  for (const auto& [post, finding] : findings_) batch_->add_finding(post, finding);
  for (const ear_alert& alert : alerts_) batch_->alerts.push_back({detector, alert});
  if (!findings_.empty() || !segments_.empty()) batch_->said |= DetectorSet{1} << detector;
  finding_count += findings_.size(), alert_count += alerts_.size();
  findings_.clear(), segments_.clear(), alerts_.clear();
}

}  // namespace earshot::host
