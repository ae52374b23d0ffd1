// emotion: anger, joy, optimism or sadness with which a post speaks of each watch item that it mentions, or as a whole.
// One copy a worker; the model is shared.
#include "model/embedded.hpp"
#include "model/loaded.hpp"
#include "perception/options.hpp"
#include "perception/post.hpp"
#include "perception/reasons.hpp"

EARSHOT_EMBED(emotion)

namespace {

namespace model = earshot::model;
namespace perception = earshot::perception;

struct EmotionOptions : perception::JudgeOptions {
  std::optional<std::filesystem::path> model;

  static constexpr auto schema() {
    return earshot::schema(
        earshot::option<&EmotionOptions::model>("model", "A model file of your own; without it the one that ships",
                                                {.example = "models/emotion.model"}),
        perception::at_least_option("0.6"), perception::languages_option(), perception::origins_option());
  }
};

class Emotion : public earshot::Detector<EmotionOptions> {
 public:
  static constexpr earshot::Info info{"emotion", "Anger, joy, optimism or sadness with which a post speaks",
                                      EAR_STATELESS};

  void start() { learned_.read(options().model, embedded_emotion(), "emotion"); }

  void detect(const earshot::Post& post, earshot::Out& out) {
    if (!reader_) prepare();
    if (post.is_gone() || !languages_.reads(post)) return;
    reader_->read(post, [&](const perception::Unit& unit) { judge(post, unit, out); });
  }

 private:
  void prepare() {
    reader_.emplace((*learned_)->info().features, model::origin_bits(options().origins));
    reasons_.emplace((*learned_)->info().features);
    languages_.known = options().languages;
    p_.resize((*learned_)->classes()), sum_.assign(p_.size(), 0);
  }

  void judge(const earshot::Post& post, const perception::Unit& unit, earshot::Out& out) {
    if (unit.features->tokens().all().empty()) return;
    (*learned_)->scores(unit.features->view(), p_);
    (*learned_)->probabilities(p_, p_);
    for (std::size_t c = 0; c < p_.size(); ++c) sum_[c] += unit.share * p_[c];
    if (!unit.last) return;
    const std::size_t cls = (*learned_)->choose(sum_);
    const auto probability = static_cast<double>(sum_[cls]);
    std::fill(sum_.begin(), sum_.end(), 0.0F);
    if (probability < options().at_least) return;
    const std::string_view reason = reasons_->words(**learned_, unit, cls);
    earshot::Finding finding{.kind = "emotion", .subject = unit.subject, .score = probability};
    finding.segment = unit.segment, finding.value = (*learned_)->info().classes[cls], finding.reason = reason;
    out.finding(post, finding);
  }

  model::Loaded learned_;
  std::optional<perception::PostReader> reader_;
  std::optional<perception::Reasons> reasons_;
  perception::Languages languages_;
  std::vector<float> p_, sum_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.emotion", "1.0.0", "Earshot", "Apache-2.0", "Emotion towards each watch item", Emotion)
