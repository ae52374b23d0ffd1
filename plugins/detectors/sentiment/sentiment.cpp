// sentiment: how a post speaks of each watch item that it mentions, or as a whole. One copy a worker; the model is
// shared.
#include <array>
#include <earshot/options.hpp>

#include "model/embedded.hpp"
#include "model/loaded.hpp"
#include "perception/blend.hpp"
#include "perception/options.hpp"
#include "perception/post.hpp"
#include "perception/reasons.hpp"

EARSHOT_EMBED(sentiment)

namespace {

namespace model = earshot::model;
namespace perception = earshot::perception;

constexpr std::uintmax_t kLargestModel = 64;  // MiB

struct SentimentOptions : perception::JudgeOptions {
  std::optional<std::filesystem::path> model;

  static constexpr auto schema() {
    return earshot::schema(
        earshot::option<&SentimentOptions::model>("model", "A model file of your own; without it the one that ships",
                                                  {.example = "models/sentiment.model"}),
        perception::at_least_option("0.5"), perception::languages_option(), perception::origins_option());
  }
};

class Sentiment : public earshot::Detector<SentimentOptions> {
 public:
  static constexpr earshot::Info info{"sentiment", "How a post speaks of each watch item that it mentions",
                                      EAR_STATELESS};

  void start() {
    const auto& path = options().model;
    blend_.set([&] {
      return path ? perception::read_blend(model::bytes_of(*path, kLargestModel), path->string())
                  : perception::read_blend(embedded_sentiment(), "sentiment");
    });
  }

  void detect(const earshot::Post& post, earshot::Out& out) {
    if (!reader_) prepare();
    if (post.is_gone() || !languages_.reads(post)) return;
    reader_->read(post, [&](const perception::Unit& unit) { judge(post, unit, out); });
  }

 private:
  using Mix = std::array<float, 3>;

  void prepare() {
    reader_.emplace((*blend_)->posts().info().features, model::origin_bits(options().origins));
    reasons_.emplace((*blend_)->posts().info().features);
    languages_.known = options().languages;
  }

  // Of a subject that is judged in several places the mean is told, with the words of the last place.
  void judge(const earshot::Post& post, const perception::Unit& unit, earshot::Out& out) {
    const model::FeatureView features = unit.features->view();
    if (unit.features->tokens().all().empty()) return;
    Mix p{};
    const float prose = (*blend_)->probabilities(features, p);
    for (std::size_t c = 0; c < p.size(); ++c) sum_[c] += unit.share * p[c];
    prose_ += unit.share * prose;
    if (!unit.last) return;
    tell(post, unit, out);
    sum_ = {}, prose_ = 0;
  }

  void tell(const earshot::Post& post, const perception::Unit& unit, earshot::Out& out) {
    const std::size_t cls = (*blend_)->choose(sum_, prose_);
    const auto probability = static_cast<double>(sum_[cls]);
    if (probability < options().at_least) return;
    const model::Model& by = prose_ < 0.5F ? (*blend_)->posts() : (*blend_)->prose();
    const std::string_view reason = reasons_->words(by, unit, cls);
    const std::array<ear_value, 3> all{earshot::real_value("negative", static_cast<double>(sum_[0])),
                                       earshot::real_value("neutral", static_cast<double>(sum_[1])),
                                       earshot::real_value("positive", static_cast<double>(sum_[2]))};
    earshot::Finding finding{.kind = "sentiment", .subject = unit.subject, .score = probability};
    finding.segment = unit.segment, finding.value = by.info().classes[cls], finding.reason = reason;
    finding.attributes = all;
    out.finding(post, finding);
  }

  model::Shared<perception::Blend> blend_;
  std::optional<perception::PostReader> reader_;
  std::optional<perception::Reasons> reasons_;
  perception::Languages languages_;
  Mix sum_{};
  float prose_ = 0;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.sentiment", "1.0.0", "Earshot", "Apache-2.0", "Sentiment towards each watch item",
               Sentiment)
