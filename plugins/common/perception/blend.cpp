#include "perception/blend.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace earshot::perception {
namespace {

constexpr std::string_view kMagic = "EARBLEND";
constexpr std::size_t kMostClasses = 16;
constexpr float kSure = 0.02F;  // below it the other model alone decides

void put(std::string& to, std::uint32_t number) {
  for (int i = 0; i < 4; ++i) to += static_cast<char>(number >> 8 * i & 0xFF);
}
std::uint32_t take(std::string_view& from) {
  std::uint32_t number = 0;
  for (int i = 3; i >= 0; --i) number = number << 8 | static_cast<unsigned char>(from[static_cast<std::size_t>(i)]);
  from.remove_prefix(4);
  return number;
}

}  // namespace

Blend::Blend(std::shared_ptr<const model::Model> posts, std::shared_ptr<const model::Model> prose,
             std::shared_ptr<const model::Model> gate)
    : posts_(std::move(posts)), prose_(std::move(prose)), gate_(std::move(gate)) {
  const auto require = [](bool yes, const char* what) {
    if (!yes) throw std::invalid_argument(what);
  };
  require(posts_->info().classes == prose_->info().classes, "the models of posts and of prose know other classes");
  require(posts_->classes() <= kMostClasses && !posts_->info().any && gate_->classes() == 2, "these are other models");
  require(posts_->info().features == prose_->info().features && posts_->info().features == gate_->info().features,
          "the models read other features");
}

float Blend::prose_share(const model::FeatureView& features) const {
  std::array<float, 2> p{};
  gate_->scores(features, p);
  gate_->probabilities(p, p);
  return p[1] < kSure ? 0 : p[1] > 1 - kSure ? 1 : p[1];
}

float Blend::probabilities(const model::FeatureView& features, std::span<float> to) const {
  const float prose = prose_share(features);
  const auto by = [&](const model::Model& model, std::span<float> p) {
    model.scores(features, p);
    model.probabilities(p, p);
  };
  by(prose < 1 ? *posts_ : *prose_, to);
  if (prose > 0 && prose < 1) {
    std::array<float, kMostClasses> other{};
    const std::span<float> p(other.data(), to.size());
    by(*prose_, p);
    for (std::size_t c = 0; c < to.size(); ++c) to[c] += prose * (p[c] - to[c]);
  }
  return prose;
}

std::size_t Blend::choose(std::span<const float> probabilities, float prose_share) const {
  return (prose_share < 0.5F ? *posts_ : *prose_).choose(probabilities);
}

std::string write(const Blend& blend) {
  std::string out(kMagic);
  put(out, 1);
  for (const model::Model* one : {&blend.posts(), &blend.prose(), &blend.gate()}) {
    const std::string bytes = model::write(*one);
    put(out, static_cast<std::uint32_t>(bytes.size()));
    out += bytes;
  }
  return out;
}

std::shared_ptr<const Blend> read_blend(std::string_view bytes, const std::string& name) {
  const auto refuse = [&](const std::string& what) {
    throw model::BadModel("'" + name + "' is no perception model: " + what +
                          "; take the file that the training wrote, or leave the option away");
  };
  if (!bytes.starts_with(kMagic) || bytes.size() < kMagic.size() + 4) refuse("it does not begin as one");
  bytes.remove_prefix(kMagic.size());
  if (const std::uint32_t version = take(bytes); version != 1) refuse("it is of version " + std::to_string(version));
  std::array<std::shared_ptr<const model::Model>, 3> all;
  for (auto& one : all) {
    if (bytes.size() < 4) refuse("it is cut short");
    const std::uint32_t size = take(bytes);
    if (size > bytes.size()) refuse("it is cut short");
    one = model::read(bytes.substr(0, size), name);
    bytes.remove_prefix(size);
  }
  if (!bytes.empty()) refuse("there is more behind its end");
  try {
    return std::make_shared<const Blend>(all[0], all[1], all[2]);
  } catch (const std::invalid_argument& e) {
    refuse(e.what());
  }
  return {};
}

}  // namespace earshot::perception
