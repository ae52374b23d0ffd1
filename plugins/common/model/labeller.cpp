#include "model/labeller.hpp"

namespace earshot::model {

Labeller::Labeller(std::shared_ptr<const Model> model, LabelRules rules)
    : model_(std::move(model)),
      rules_(std::move(rules)),
      extractor_(model_->info().features),
      probabilities_(model_->classes()) {
  for (std::size_t c = 0; c < model_->classes(); ++c) silent_.push_back(model_->info().is_silent(c) ? 1 : 0);
}

void Labeller::say(const Post& post, Out& out) {
  if (post.is_gone()) return;
  std::uint32_t segment = none;
  features_.clear(), texts_.clear();
  for (const Segment s : post.segments()) {
    if (s.text().empty() || s.origin() >= 32 || (rules_.origins >> s.origin() & 1) == 0) continue;
    if (rules_.per == Per::segment) features_.clear(), texts_.clear();
    segment = texts_.empty() ? s.number() : none;
    texts_.push_back(s.text());
    extractor_.read(s.text(), features_);
    if (rules_.per == Per::segment) judge(post, segment, out);
  }
  if (rules_.per == Per::post && !texts_.empty()) judge(post, segment, out);
}

void Labeller::judge(const Post& post, std::uint32_t segment, Out& out) {
  if (features_.tokens().all().empty()) return;
  model_->scores(features_.view(), probabilities_);
  model_->probabilities(probabilities_, probabilities_);
  if (!model_->info().any) return tell(post, segment, model_->choose(probabilities_), out);
  for (std::size_t c = 0; c < probabilities_.size(); ++c)
    if (model_->holds(c, probabilities_[c])) tell(post, segment, c, out);
}

void Labeller::tell(const Post& post, std::uint32_t segment, std::size_t cls, Out& out) {
  const auto probability = static_cast<double>(probabilities_[cls]);
  if (silent_[cls] != 0 || probability < rules_.threshold) return;
  const std::vector<Evidence> evidence = model_->why(features_, cls, rules_.words);
  const std::string reason = words_of(evidence, texts_);
  Finding finding{.kind = rules_.kind, .score = probability, .value = model_->info().classes[cls], .reason = reason};
  finding.segment = segment;
  out.finding(post, finding);
}

}  // namespace earshot::model
