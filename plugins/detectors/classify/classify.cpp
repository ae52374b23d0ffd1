// classify: labels of a team's own, by a model that `earshot train` made. One copy a worker; the model is shared.
#include "model/label_options.hpp"
#include "model/loaded.hpp"

namespace {

namespace model = earshot::model;

struct ClassifyOptions {
  std::filesystem::path model;
  std::optional<std::string> kind;
  double threshold;
  model::Per per;
  std::vector<model::Origin> origins;

  static constexpr auto schema() {
    using earshot::option;
    using O = ClassifyOptions;
    return earshot::schema(
        option<&O::model>("model", "The model file, as `earshot train` writes it", {.example = "models/topic.model"}),
        option<&O::kind>("kind", "Kind of the findings; without it the one that the model was trained as",
                         {.example = "topic"}),
        option<&O::threshold>("threshold", "A label that is less probable is not told",
                              {.fallback = "0", .max = 1, .flags = EAR_OPTION_RELOADABLE}),
        option<&O::per>("per", "What is judged: all texts of a post as one, or each segment by itself",
                        {.fallback = "post", .flags = EAR_OPTION_RELOADABLE}),
        option<&O::origins>("origins", "Kinds of segments that are read; none: all of them",
                            {.fallback = "[]", .example = "[title, body]", .flags = EAR_OPTION_RELOADABLE}));
  }
};

class Classify : public earshot::Detector<ClassifyOptions> {
 public:
  static constexpr earshot::Info info{"classify", "Labels of a team's own, by a model that `earshot train` made",
                                      EAR_STATELESS};

  void start() { learned_.read(options().model, {}, "classify"); }

  void detect(const earshot::Post& post, earshot::Out& out) {
    if (!labeller_) labeller_.emplace(*learned_, rules());
    labeller_->say(post, out);
  }

 private:
  model::LabelRules rules() const {
    const Options& o = options();
    return {.kind = o.kind.value_or((*learned_)->info().kind),
            .threshold = o.threshold,
            .per = o.per,
            .origins = model::origin_bits(o.origins)};
  }

  model::Loaded learned_;
  std::optional<model::Labeller> labeller_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.classify", "1.0.0", "Earshot", "Apache-2.0", "Labels of a team's own", Classify)
