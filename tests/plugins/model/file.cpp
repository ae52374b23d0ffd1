// Models as files.
#include "model/file.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <random>

#include "learned.hpp"

using namespace earshot::model;
using namespace earshot::model::testing;
using Catch::Contains;

namespace {

const std::string& bytes() {
  static const std::string all = write(*learned().model);
  return all;
}

std::string refusal(std::string_view file) {
  try {
    read(file, "a.model");
  } catch (const BadModel& e) {
    return e.what();
  }
  return "taken";
}

// The same bytes with a checksum that fits, as somebody who means harm would write them.
std::string resealed(std::string file) {
  const std::uint64_t sum = hash(std::string_view(file).substr(32));
  for (std::size_t i = 0; i < 8; ++i) file[24 + i] = static_cast<char>(sum >> (8 * i) & 0xFF);
  return file;
}

}  // namespace

TEST_CASE("a model that was written is read as it was") {
  const std::shared_ptr<const Model> again = read(bytes(), "a.model");
  CHECK(write(*again) == bytes());
  CHECK(again->info().kind == "topic");
  CHECK(again->info().learned_from == "made up");
  CHECK(again->info().is_silent(0));
  CHECK_FALSE(again->info().is_silent(1));
  CHECK(judge(*again, "a storm of guitars") == judge(*learned().model, "a storm of guitars"));
}

TEST_CASE("a lexicon stands in the file, whose version says so") {
  CHECK(bytes()[8] == 1);
  Info info = testing::info();
  info.features.lexicon = LexiconName::abuse;
  const std::size_t outputs = Model::outputs_for(info);
  const Model with(info, std::vector<Output>(outputs), std::vector<Calibration>(info.classes.size()),
                   std::vector<std::int8_t>(Model::stride_for(outputs) << info.features.bits));
  std::string file = write(with);
  CHECK(file[8] == 2);
  CHECK(read(file, "a.model")->info().features == info.features);
  file.replace(file.find("abuse"), 5, "abusa");
  CHECK_THAT(refusal(resealed(file)), Contains("'lexicon' in its header"));
}

TEST_CASE("a file that is no model, or not all of one, is refused with what to do") {
  CHECK_THAT(refusal("PK\x03\x04 something"), Contains("earshot train"));
  CHECK_THAT(refusal(""), Contains("no model"));
  CHECK_THAT(refusal(bytes().substr(0, 20)), Contains("cut short"));
  CHECK_THAT(refusal(bytes().substr(0, bytes().size() - 1)), Contains("cut short"));
  CHECK_THAT(refusal(bytes() + "x"), Contains("copy it again"));
  std::string damaged = bytes();
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  CHECK_THAT(refusal(damaged), Contains("checksum"));
  std::string newer = bytes();
  newer[8] = 9;
  CHECK_THAT(refusal(newer), Contains("version 9") && Contains("a.model"));
}

TEST_CASE("a header that lies is refused") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"\"bits\":12", "\"bits\":99"},
      {"\"bits\":12", "\"bits\":-1"},
      {"\"longest\":5", "\"longest\":9"},
      {"\"any\":false", "\"any\":12345"},
      {"\"kind\":\"topic\"", "\"kind\":\"\"     "},
      {"\"slope\"", "\"slap!\""},
  }));
  std::string file = bytes();
  const std::size_t at = file.find(std::get<0>(row));
  REQUIRE(at != std::string::npos);
  file.replace(at, std::get<0>(row).size(), std::get<1>(row));
  if (std::get<0>(row).size() == std::get<1>(row).size())
    CHECK_THAT(refusal(resealed(file)), Contains("header") || Contains("2^") || Contains("runs of"));
  CHECK(refusal(resealed(file)) != "taken");
}

TEST_CASE("random damage with a true checksum never does harm") {
  std::mt19937 random(7);
  for (int i = 0; i < 400; ++i) {
    std::string file = bytes();
    for (int n = 0; n < 3; ++n) file[32 + random() % (file.size() - 32)] = static_cast<char>(random());
    try {
      const std::vector<float> p = judge(*read(resealed(file), "a.model"), "a storm of guitars");
      CHECK(p.size() >= 1);
    } catch (const BadModel&) {
    }
  }
}

TEST_CASE("a file that is not there is named") {
  CHECK_THROWS_WITH(read(std::filesystem::path("no/such.model")), Contains("no/such.model"));
}
