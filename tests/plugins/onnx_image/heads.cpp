#include "onnx_image/heads.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <earshot/error.hpp>
#include <vector>

using namespace earshot::onnx_image;

namespace {

Answer answer(std::vector<int> shape, const std::vector<float>& numbers) {
  return {std::move(shape), numbers};
}

}  // namespace

TEST_CASE("probabilities stay as the model answered them") {
  const std::vector<float> numbers{0.2F, 0.7F, 0.1F};
  const auto seen = read_classes(answer({1, 3}, numbers), 0.5);
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].score == Approx(0.7));
}

TEST_CASE("classes that are not numbers are refused") {
  const std::vector<float> numbers{NAN, 0.7F};
  CHECK_THROWS_AS(read_classes(answer({1, 2}, numbers), 0.5), earshot::Error);
}

TEST_CASE("boxes that are not numbers are passed over") {
  const std::vector<float> numbers{NAN, 8, 4, 4, NAN, 1, 8, INFINITY, 4, 4, 0.9F, 1};
  CHECK(read_yolo(answer({1, 2, 6}, numbers), 1, 32, 32, 0.5, 0.45).size() <= 1);
}

TEST_CASE("boxes stay within the picture") {
  const std::vector<float> numbers{0, 0, 90, 90, 0.9F, 1};
  const auto seen = read_yolo(answer({1, 1, 6}, numbers), 1, 32, 32, 0.5, 0.45);
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].left >= 0);
  CHECK(seen[0].right <= 1);
}

TEST_CASE("boxes of different labels may cover one another") {
  const std::vector<float> numbers{8, 8, 4, 4, 0.9F, 1, 0, 8, 8, 4, 4, 0.9F, 0, 1};
  CHECK(read_yolo(answer({1, 2, 7}, numbers), 2, 32, 32, 0.5, 0.45).size() == 2);
}

TEST_CASE("a head of another shape is refused with both shapes") {
  const std::vector<float> numbers(12, 0.0F);
  CHECK_THROWS_WITH(read_yolo(answer({1, 3, 4}, numbers), 2, 32, 32, 0.5, 0.45),
                    Catch::Contains("[1,3,4]") && Catch::Contains("[1,N,7]"));
}
