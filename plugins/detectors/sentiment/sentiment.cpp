// sentiment: how a post speaks of each watch item that it mentions, or as a whole. One copy a worker; the model is
// shared.
#include <array>
#include <earshot/error.hpp>
#include <earshot/options.hpp>
#include <fstream>

#include "model/embedded.hpp"
#include "model/label_options.hpp"
#include "perception/blend.hpp"
#include "perception/post.hpp"
#include "perception/reasons.hpp"

EARSHOT_EMBED(sentiment)

namespace {

namespace model = earshot::model;
namespace perception = earshot::perception;

constexpr std::uintmax_t kLargestModel = 64 << 20;

struct SentimentOptions {
  std::optional<std::filesystem::path> model;
  double at_least;
  std::vector<std::string> languages;
  std::vector<model::Origin> origins;

  static constexpr auto schema() {
    using earshot::option;
    using O = SentimentOptions;
    return earshot::schema(
        option<&O::model>("model", "A model file of your own; without it the one that ships",
                          {.example = "models/sentiment.model"}),
        option<&O::at_least>("at_least", "Nothing is said where the answer is less probable than this",
                             {.fallback = "0.5", .max = 1, .flags = EAR_OPTION_RELOADABLE}),
        option<&O::languages>("languages", "Languages that are judged, of posts whose language is known; `any`: all",
                              {.fallback = "[en]", .example = "[any]", .flags = EAR_OPTION_RELOADABLE}),
        option<&O::origins>("origins", "Kinds of segments that are read; none: all of them",
                            {.fallback = "[title, body, speech, caption]", .flags = EAR_OPTION_RELOADABLE}));
  }
};

std::shared_ptr<const perception::Blend> load(const std::optional<std::filesystem::path>& path) {
  try {
    if (!path) return perception::read_blend(embedded_sentiment(), "sentiment");
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(*path, error);
    if (error) throw model::BadModel("cannot read '" + path->string() + "': " + error.message());
    if (size > kLargestModel) throw model::BadModel("'" + path->string() + "' is larger than 64 MiB");
    std::ifstream in(*path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    return perception::read_blend(bytes, path->string());
  } catch (const model::BadModel& e) {
    throw earshot::invalid(e.what()).at_option("model");
  }
}

class Sentiment : public earshot::Detector<SentimentOptions> {
 public:
  static constexpr earshot::Info info{"sentiment", "How a post speaks of each watch item that it mentions",
                                      EAR_STATELESS};

  void start() { *blend_ = load(options().model); }

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

  // Written [main] in start(), which the copies for the workers see too; constant then.
  std::shared_ptr<std::shared_ptr<const perception::Blend>> blend_ =
      std::make_shared<std::shared_ptr<const perception::Blend>>();
  std::optional<perception::PostReader> reader_;
  std::optional<perception::Reasons> reasons_;
  perception::Languages languages_;
  Mix sum_{};
  float prose_ = 0;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.sentiment", "1.0.0", "Earshot", "Apache-2.0", "Sentiment towards each watch item",
               Sentiment)
