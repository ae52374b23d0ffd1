// language.hpp: the detector: the language of a post, and of a segment where that is another one. One copy a worker;
// the model behind them is shared.
#pragma once

#include <earshot/detector.hpp>
#include <memory>
#include <optional>

#include "language/identify.hpp"
#include "model/loaded.hpp"

namespace earshot::language {

struct LanguageOptions {
  double minimum;
  double declared;
  bool second_opinion;
  static constexpr auto schema() {
    using O = LanguageOptions;
    return earshot::schema(
        option<&O::minimum>("minimum", "A probability below which nothing is said",
                            {.fallback = "0.1", .max = 1, .flags = EAR_OPTION_RELOADABLE}),
        option<&O::declared>("declared", "Trust in the language that the platform says: 0 is none, 1 much",
                             {.fallback = "0.5", .max = 1, .flags = EAR_OPTION_RELOADABLE}),
        option<&O::second_opinion>("second_opinion", "Ask CLD2 too where the model is not sure",
                                   {.fallback = "true", .flags = EAR_OPTION_RELOADABLE}));
  }
};

class Language : public Detector<LanguageOptions> {
 public:
  static constexpr Info info{"language", "Says which language a post is in", EAR_STATELESS};

  void start();
  void detect(const Post& post, Out& out);

 private:
  model::Shared<Model> model_;
  std::optional<Identifier> identifier_;
};

}  // namespace earshot::language
