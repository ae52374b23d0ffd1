#include "perception/reasons.hpp"

#include <algorithm>
#include <array>

namespace earshot::perception {
namespace {

constexpr std::size_t kWords = 3;   // that are named
constexpr float kLeastSign = 0.1F;  // of the weight that the strongest has, for a sign to be named

model::FeatureOptions without_characters(model::FeatureOptions options) {
  options.longest = 0;
  return options;
}

// How much one bucket speaks for a class rather than for the mean of all.
float favour(const model::Model& model, std::size_t stride, std::uint32_t bucket, std::size_t cls) {
  const std::int8_t* row = model.weights().data() + bucket * stride;
  float mine = 0, all = 0;
  for (std::size_t o = 0; o < model.outputs().size(); ++o) {
    const int q = row[o];
    const float weight = model.outputs()[o].scale * static_cast<float>(q * (q < 0 ? -q : q));
    all += weight;
    if (o == cls) mine = weight;
  }
  return mine - all / static_cast<float>(model.outputs().size());
}

}  // namespace

Reasons::Reasons(const model::FeatureOptions& options) : words_only_(without_characters(options)) {}

void Reasons::weigh(const model::Model& model, const model::Tokens& tokens, std::size_t cls) {
  weight_.assign(tokens.all().size(), 0);
  const std::size_t stride = model::Model::stride_for(model.outputs().size());
  words_only_.walk(
      tokens, 0,
      [&](std::uint32_t bucket, std::size_t first, std::size_t last) {
        const float share = favour(model, stride, bucket, cls) / static_cast<float>(last - first + 1);
        for (std::size_t i = first; i <= last; ++i) weight_[i] += share;
      },
      [](std::uint32_t, std::size_t) {});
  const model::FeatureOptions& read = words_only_.options();
  model::walk_lists(
      model::WordLists::of(read.lexicon), tokens, 0, [&](std::uint64_t feature, std::size_t token, unsigned) {
        weight_[token] += model::kListedValue * favour(model, stride, model::bucket_of(feature, read.bits), cls);
      });
}

void Reasons::lean_to_target(const Unit& unit) {
  if (unit.end <= unit.begin) return;
  const std::vector<model::Token>& all = unit.features->tokens().all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].text != unit.text) continue;
    if (all[i].begin < unit.end && all[i].end > unit.begin) {
      weight_[i] = 0;  // its own name is no reason
      continue;
    }
    const std::uint32_t away = all[i].begin >= unit.end ? all[i].begin - unit.end : unit.begin - all[i].end;
    weight_[i] /= 1 + static_cast<float>(away) / 40;
  }
}

std::string_view Reasons::words(const model::Model& model, const Unit& unit, std::size_t cls) {
  const std::vector<model::Token>& all = unit.features->tokens().all();
  weigh(model, unit.features->tokens(), cls);
  lean_to_target(unit);
  std::array<std::size_t, kWords> best{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (weight_[i] <= 0 || (count == kWords && weight_[i] <= weight_[best[kWords - 1]])) continue;
    const auto same = [&](std::size_t k) { return all[k].hash == all[i].hash; };
    if (const auto* found = std::find_if(best.begin(), best.begin() + count, same); found != best.begin() + count)
      continue;
    std::size_t at = count < kWords ? count++ : kWords - 1;
    for (; at > 0 && weight_[best[at - 1]] < weight_[i]; --at) best[at] = best[at - 1];
    best[at] = i;
  }
  std::array<model::Evidence, kWords> named;
  std::size_t n = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const model::Token& token = all[best[k]];
    if (token.kind == model::TokenKind::sign && weight_[best[k]] < kLeastSign * weight_[best[0]]) continue;
    named[n++] = {token.text, token.begin, token.end, weight_[best[k]]};
  }
  text_ = model::words_of(std::span(named).first(n), *unit.texts);
  return text_;
}

}  // namespace earshot::perception
