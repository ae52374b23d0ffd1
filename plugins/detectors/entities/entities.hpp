// entities.hpp: the detector: names that nobody configured, of companies, products, people, places, groups and works.
// One copy a worker; the model behind them is shared.
#pragma once

#include <array>
#include <earshot/detector.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "entities/tagger.hpp"
#include "model/loaded.hpp"

namespace earshot::entities {

enum class Type { company, work, group, place, person, product };  // numbered as `kinds`

}  // namespace earshot::entities

template <>
inline constexpr const char* earshot::choices<earshot::entities::Type>[] = {"company", "work",    "group", "place",
                                                                            "person",  "product", nullptr};

namespace earshot::entities {

struct EntitiesOptions {
  double minimum;
  std::vector<Type> types;
  static constexpr auto schema() {
    using O = EntitiesOptions;
    return earshot::schema(
        option<&O::minimum>("minimum", "A probability below which a name is not told",
                            {.fallback = "0.5", .max = 1, .flags = EAR_OPTION_RELOADABLE}),
        option<&O::types>("types", "Kinds of names to tell; none: all of them",
                          {.fallback = "[]", .example = "[company, product]", .flags = EAR_OPTION_RELOADABLE}));
  }
};

class Entities : public Detector<EntitiesOptions> {
 public:
  static constexpr Info info{"entities", "Finds names of companies, products, people and places", EAR_STATELESS};

  void prepare();
  void start();
  void detect(const Post& post, Out& out);

 private:
  void detect(const Post& post, const Segment& segment, Out& out);

  model::Shared<Model> model_;
  std::optional<Tagger> tagger_;
  std::array<bool, kinds.size()> wanted_{};
  std::vector<Word> words_;
};

}  // namespace earshot::entities
