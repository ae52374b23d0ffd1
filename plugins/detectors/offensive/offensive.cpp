// offensive: insults, threats and swearing, by a model that ships in this plugin. One copy a worker; the model is
// shared.
#include "model/embedded.hpp"
#include "model/label_options.hpp"
#include "model/loaded.hpp"

EARSHOT_EMBED(offensive)

namespace {

namespace model = earshot::model;

struct OffensiveOptions {
  std::optional<std::filesystem::path> model;
  double threshold;
  std::vector<model::Origin> origins;

  static constexpr auto schema() {
    using earshot::option;
    using O = OffensiveOptions;
    return earshot::schema(
        option<&O::model>("model", "A model file of your own; without it the one that ships",
                          {.example = "models/offensive.model"}),
        option<&O::threshold>("threshold",
                              "A text that is less probably offensive is not told; 0: where the model balances best",
                              {.fallback = "0", .max = 1, .flags = EAR_OPTION_RELOADABLE}),
        option<&O::origins>("origins", "Kinds of segments that are read; none: all of them",
                            {.fallback = "[]", .example = "[title, body]", .flags = EAR_OPTION_RELOADABLE}));
  }
};

class Offensive : public earshot::Detector<OffensiveOptions> {
 public:
  static constexpr earshot::Info info{"offensive", "Finds insults, threats and swearing", EAR_STATELESS};

  void start() { learned_.read(options().model, embedded_offensive(), "offensive"); }

  void detect(const earshot::Post& post, earshot::Out& out) {
    if (!labeller_) labeller_.emplace(*learned_, rules());
    labeller_->say(post, out);
  }

 private:
  model::LabelRules rules() const {
    const Options& o = options();
    return {.kind = "offensive",
            .threshold = o.threshold,
            .per = model::Per::segment,
            .origins = model::origin_bits(o.origins)};
  }

  model::Loaded learned_;
  std::optional<model::Labeller> labeller_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.offensive", "1.0.0", "Earshot", "Apache-2.0", "Insults, threats and swearing", Offensive)
