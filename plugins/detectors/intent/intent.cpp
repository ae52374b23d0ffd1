// intent: what the author of a post is about: asks, complains, wants to buy, recommends, is leaving. By wordings, each
// kind with the share of right answers that was counted for it. Stateless.
#include <array>
#include <earshot/options.hpp>

#include "intent/patterns.hpp"
#include "perception/options.hpp"
#include "perception/post.hpp"

namespace {

namespace intent = earshot::intent;
namespace model = earshot::model;
namespace perception = earshot::perception;

// The share of right answers among labelled finds, (right + 1) / (finds + 2): asks, complains, buys, recommends,
// leaves. README.md and tests/quality/models/intents.cpp tell how they were counted.
constexpr double kRight[intent::kIntents] = {0.81, 0.82, 0.76, 0.83, 0.85};

struct IntentOptions : perception::JudgeOptions {
  static constexpr auto schema() {
    return earshot::schema(perception::at_least_option("0.5"), perception::languages_option(),
                           perception::origins_option());
  }
};

// Only tokens are needed.
model::FeatureOptions no_features() {
  model::FeatureOptions features;
  features.bits = 10, features.words = 0, features.longest = 0, features.negation = false;
  return features;
}

class Intents : public earshot::Detector<IntentOptions> {
 public:
  static constexpr earshot::Info info{"intent", "Who asks, complains, wants to buy, recommends or is leaving",
                                      EAR_STATELESS};

  void detect(const earshot::Post& post, earshot::Out& out) {
    if (!reader_) {
      reader_.emplace(no_features(), model::origin_bits(options().origins));
      languages_.known = options().languages;
    }
    if (post.is_gone() || !languages_.reads(post)) return;
    reader_->read(post, [&](const perception::Unit& unit) { judge(post, unit, out); });
  }

 private:
  void judge(const earshot::Post& post, const perception::Unit& unit, earshot::Out& out) {
    const model::Tokens& tokens = unit.features->tokens();
    if (unit.first) said_ = {};
    intent::Patterns::shared().find(tokens, matches_);
    for (const intent::Match& match : matches_) {
      const auto number = static_cast<std::size_t>(match.intent);
      if (said_[number] || kRight[number] < options().at_least) continue;
      said_[number] = true;
      tell(post, unit, match, out);
    }
  }

  void tell(const earshot::Post& post, const perception::Unit& unit, const intent::Match& match, earshot::Out& out) {
    const auto& all = unit.features->tokens().all();
    const model::Evidence words{all[match.first].text, all[match.first].begin, all[match.last].end, 1};
    const std::string reason = model::words_of({&words, 1}, *unit.texts);
    const auto number = static_cast<std::size_t>(match.intent);
    earshot::Finding finding{.kind = "intent", .subject = unit.subject, .score = kRight[number]};
    finding.segment = unit.segment, finding.value = intent::kNames[number], finding.reason = reason;
    out.finding(post, finding);
  }

  std::optional<perception::PostReader> reader_;
  perception::Languages languages_;
  std::vector<intent::Match> matches_;
  std::array<bool, intent::kIntents> said_{};
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.intent", "1.0.0", "Earshot", "Apache-2.0", "What the author of a post is about", Intents)
