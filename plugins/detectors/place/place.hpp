// place.hpp: the detector: the country that a post or its author is from. One copy a worker; the gazetteer behind them
// is shared.
#pragma once

#include <earshot/detector.hpp>
#include <memory>
#include <string>

#include "model/loaded.hpp"
#include "place/resolve.hpp"

namespace earshot::place {

struct PlaceOptions {
  double minimum;
  bool profile;
  static constexpr auto schema() {
    using O = PlaceOptions;
    return earshot::schema(option<&O::minimum>("minimum", "A probability below which nothing is said",
                                               {.fallback = "0.6", .max = 1, .flags = EAR_OPTION_RELOADABLE}),
                           option<&O::profile>("profile", "Also read what authors write about themselves",
                                               {.fallback = "true", .flags = EAR_OPTION_RELOADABLE}));
  }
};

class PlaceDetector : public Detector<PlaceOptions> {
 public:
  static constexpr Info info{"place", "Says which country a post or its author is from", EAR_STATELESS};

  void start();
  void detect(const Post& post, Out& out);

 private:
  void say(const Post& post, Out& out, const Place& place, std::string_view of, std::string_view told) const;
  void author(const Post& post, Out& out) const;

  model::Shared<Gazetteer> gazetteer_;
};

}  // namespace earshot::place
