// spam: unwanted advertising, by the text, its look and the author's figures, and automatic accounts, by the figures
// alone. One copy a worker; the model is shared.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <earshot/detector.hpp>
#include <vector>

#include "figures.hpp"
#include "model/embedded.hpp"
#include "model/loaded.hpp"

EARSHOT_EMBED(spam)

namespace {

namespace model = earshot::model;

struct SpamOptions {
  std::optional<std::filesystem::path> model;
  double threshold, bot_threshold;

  static constexpr auto schema() {
    using earshot::option;
    using O = SpamOptions;
    return earshot::schema(
        option<&O::model>("model", "A model file of your own; without it the one that ships",
                          {.example = "models/spam.model"}),
        option<&O::threshold>("threshold", "A post that is less probably spam is not told",
                              {.fallback = "0.5", .max = 1, .flags = EAR_OPTION_RELOADABLE}),
        option<&O::bot_threshold>("bot_threshold",
                                  "An author who is less probably an automatic account is not told; 1: none is",
                                  {.fallback = "0.5", .max = 1, .flags = EAR_OPTION_RELOADABLE}));
  }
};

double logistic(double x) {
  return 1 / (1 + std::exp(-x));
}

class Spam : public earshot::Detector<SpamOptions> {
 public:
  static constexpr earshot::Info info{"spam", "Finds unwanted advertising and automatic accounts", EAR_STATELESS};

  void start() {
    learned_.read(options().model, embedded_spam(), "spam");
    if ((*learned_)->info().any || (*learned_)->classes() != 2)
      throw earshot::invalid("a model for spam has two labels, of which one is silent").at_option("model");
  }

  void detect(const earshot::Post& post, earshot::Out& out) {
    if (post.is_gone()) return;
    const ear_author* author = post.raw().author;
    const earshot::spam::Judgement who =
        author == nullptr ? earshot::spam::Judgement{} : earshot::spam::judge(*author, post.published());
    judge_text(post, who, out);
    const double bot = logistic(who.log_odds);
    if (!who.known || bot < options().bot_threshold || options().bot_threshold >= 1) return;
    reason_ = "figures: ";
    std::string figures;
    earshot::spam::judge(*author, post.published(), &figures);
    reason_ += figures;
    out.finding(post, {.kind = "spam", .score = bot, .value = "bot", .reason = reason_});
  }

 private:
  void judge_text(const earshot::Post& post, const earshot::spam::Judgement& who, earshot::Out& out) {
    const model::Model& learned = **learned_;
    if (!extractor_) extractor_.emplace(learned.info().features);
    features_.clear(), texts_.clear();
    for (const earshot::Segment segment : post.segments()) {
      if (segment.text().empty()) continue;
      extractor_->read(segment.text(), features_);
      texts_.push_back(segment.text());
    }
    if (features_.tokens().all().empty()) return;
    std::array<float, 2> p{};
    learned.scores(features_.view(), p);
    learned.probabilities(p, p);
    const std::size_t spam = learned.info().is_silent(0) ? 1 : 0;
    double probability = static_cast<double>(p[spam]);
    // Figures of an automatic account make a suspicious text a bit more so, those of a person a bit less: by a factor
    // of e at most, as they are set by hand and the text's probability is measured.
    if (who.known) {
      const double odds = std::log(std::max(probability, 1e-9) / std::max(1 - probability, 1e-9));
      probability = logistic(odds + std::clamp((who.log_odds + 4) / 3, -1.0, 1.0));
    }
    if (probability < options().threshold) return;
    reason_ = model::words_of(learned.why(features_, spam, 3), texts_);
    if (who.known) {
      std::string figures;
      earshot::spam::judge(*post.raw().author, post.published(), &figures);
      if (!figures.empty()) reason_ += (reason_.empty() ? "figures: " : "; figures: ") + figures;
    }
    out.finding(post, {.kind = "spam", .score = probability, .value = "spam", .reason = reason_});
  }

  model::Loaded learned_;
  std::optional<model::Extractor> extractor_;
  model::Features features_;
  std::vector<std::string_view> texts_;
  std::string reason_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.spam", "1.0.0", "Earshot", "Apache-2.0", "Unwanted advertising and automatic accounts",
               Spam)
