// What is known of sentiment's findings holds of the model that ships.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "perception/blend.hpp"
#include "share/share.hpp"

TEST_CASE("sentiment's shares start from the mix that its model was calibrated for") {
  std::ifstream in(std::filesystem::path(EARSHOT_SOURCE_DIR) / "plugins/detectors/sentiment/sentiment.model",
                   std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const auto blend = earshot::perception::read_blend(bytes, "sentiment");
  const auto& info = blend->posts().info();
  const earshot::share::Kind& kind = earshot::share::sentiment();
  REQUIRE(kind.values == info.classes);
  for (std::size_t c = 0; c < kind.values.size(); ++c)
    CHECK(kind.trained_on[c] == Approx(info.quality.at("mix of " + kind.values[c])).margin(0.005));
}
