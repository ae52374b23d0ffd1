#include "perception/blend.hpp"

#include <catch2/catch.hpp>

using namespace earshot::model;
using earshot::perception::Blend;
using earshot::perception::read_blend;
using earshot::perception::write;

namespace {

// A model of 2^10 buckets, whose bias alone decides: for the class of this number.
std::shared_ptr<const Model> always(std::vector<std::string> classes, std::size_t cls) {
  Info info;
  info.kind = "test", info.classes = std::move(classes), info.features.bits = 10;
  std::vector<Output> outputs(Model::outputs_for(info));
  if (outputs.size() == 1)
    outputs[0].bias = cls == 1 ? 9 : -9;
  else
    outputs[cls].bias = 9;
  std::vector<std::int8_t> weights(Model::stride_for(outputs.size()) << 10);
  return std::make_shared<const Model>(info, outputs, std::vector<Calibration>(info.classes.size()), weights);
}

const std::vector<std::string> kValues{"negative", "neutral", "positive"};

Blend blend(std::size_t register_of_all) {
  return {always(kValues, 0), always(kValues, 2), always({"post", "prose"}, register_of_all)};
}

}  // namespace

TEST_CASE("a text is judged by the model of its register") {
  const std::size_t prose = GENERATE(0U, 1U);
  const Blend b = blend(prose);
  std::vector<float> p(3);
  const float share = b.probabilities({}, p);
  CHECK(share == static_cast<float>(prose));
  CHECK(b.choose(p, share) == (prose == 1 ? 2 : 0));
}

TEST_CASE("a blend that is written and read is the same") {
  const std::string bytes = write(blend(1));
  CHECK(write(*read_blend(bytes, "test")) == bytes);
}

TEST_CASE("bytes that are no blend are refused with a reason") {
  const std::string bytes = write(blend(0));
  CHECK_THROWS_WITH(read_blend("EARMODEL", "x"), Catch::Contains("does not begin as one"));
  CHECK_THROWS_WITH(read_blend(bytes + "x", "x"), Catch::Contains("more behind its end"));
  for (std::size_t size = 0; size < bytes.size(); size += 7)
    CHECK_THROWS_AS(read_blend(std::string_view(bytes).substr(0, size), "x"), BadModel);
}

TEST_CASE("models that do not fit together are refused") {
  CHECK_THROWS_AS(Blend(always(kValues, 0), always({"a", "b", "c"}, 0), always({"post", "prose"}, 0)),
                  std::invalid_argument);
}
