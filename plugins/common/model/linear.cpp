#include "model/linear.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace earshot::model {
namespace {

constexpr std::size_t kMostClasses = 256;

int expand(std::int8_t q) {
  return q * (q < 0 ? -q : q);
}
float logistic(float x) {
  return 1 / (1 + std::exp(-x));
}

}  // namespace

std::string Info::set_or(const std::string& name, const std::string& otherwise) const {
  const auto found = set.find(name);
  return found == set.end() ? otherwise : found->second;
}

bool Info::is_silent(std::size_t cls) const {
  const std::string names = "," + set_or("silent", "") + ",";
  return names.find("," + classes[cls] + ",") != std::string::npos;
}

Model::Model(Info info, std::vector<Output> outputs, std::vector<Calibration> calibration,
             std::vector<std::int8_t> weights)
    : info_(std::move(info)),
      outputs_(std::move(outputs)),
      calibration_(std::move(calibration)),
      weights_(std::move(weights)),
      stride_(stride_for(outputs_.size())) {
  const auto require = [](bool yes, const char* what) {
    if (!yes) throw std::invalid_argument(what);
  };
  const Extractor checked(info_.features);
  require(classes() <= kMostClasses && classes() >= (info_.any ? 1 : 2), "a model has 2 to 256 classes");
  require(outputs_.size() == outputs_for(info_), "the number of outputs does not fit the classes");
  require(calibration_.size() == classes(), "the calibration does not fit the classes");
  require(weights_.size() == stride_ << info_.features.bits, "the number of weights does not fit the buckets");
}

// Whole numbers first: Features::kMost times 127 * 127 is less than 2^31.
static_assert(Features::kMost * 127 * 127 < 1U << 31);

template <std::size_t Stride>
void Model::add_up(const FeatureView& features, float* to) const {
  const std::int8_t* const weights = weights_.data();
  const auto sum = [&](std::span<const std::uint32_t> buckets) {
    std::array<std::int32_t, Stride> sums{};
    for (const std::uint32_t bucket : buckets) {
      const std::int8_t* row = weights + std::size_t{bucket} * Stride;
      for (std::size_t i = 0; i < Stride; ++i) sums[i] += row[i] * std::abs(row[i]);
    }
    const float value = FeatureView::value_of(buckets.size());
    for (std::size_t i = 0; i < Stride; ++i) to[i] += value * static_cast<float>(sums[i]);
  };
  sum(features.words);
  sum(features.characters);
  for (const OwnFeature& own : features.own) {
    const std::int8_t* row = weights + std::size_t{own.bucket} * Stride;
    for (std::size_t i = 0; i < Stride; ++i) to[i] += own.value * static_cast<float>(expand(row[i]));
  }
}

void Model::add_up_wide(const FeatureView& features, float* to) const {
  const auto add = [&](std::uint32_t bucket, float value) {
    const std::int8_t* row = weights_.data() + bucket * stride_;
    for (std::size_t i = 0; i < outputs_.size(); ++i) to[i] += value * static_cast<float>(expand(row[i]));
  };
  for (const std::uint32_t b : features.words) add(b, FeatureView::value_of(features.words.size()));
  for (const std::uint32_t b : features.characters) add(b, FeatureView::value_of(features.characters.size()));
  for (const OwnFeature& own : features.own) add(own.bucket, own.value);
}

void Model::scores(const FeatureView& features, std::span<float> to) const {
  std::array<float, kMostClasses> sums{};
  switch (stride_) {
    case 1:
      add_up<1>(features, sums.data());
      break;
    case 4:
      add_up<4>(features, sums.data());
      break;
    case 8:
      add_up<8>(features, sums.data());
      break;
    default:
      add_up_wide(features, sums.data());
  }
  for (std::size_t i = 0; i < outputs_.size(); ++i) sums[i] = sums[i] * outputs_[i].scale + outputs_[i].bias;
  if (outputs_.size() == classes()) {
    std::copy_n(sums.begin(), to.size(), to.begin());
  } else {
    to[0] = -sums[0] / 2, to[1] = sums[0] / 2;
  }
}

void Model::probabilities(std::span<const float> scores, std::span<float> to) const {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] = scores[i] * calibration_[i].slope + calibration_[i].shift;
  if (info_.any) {
    for (float& p : to) p = logistic(p);
    return;
  }
  const float most = *std::max_element(to.begin(), to.end());
  float sum = 0;
  for (float& p : to) sum += p = std::exp(p - most);
  for (float& p : to) p /= sum;
}

std::size_t Model::choose(std::span<const float> probabilities) const {
  std::size_t best = 0;
  float most = 0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const float value = std::log(std::max(probabilities[i], 1e-30F)) + calibration_[i].offset;
    if (i == 0 || value > most) most = value, best = i;
  }
  return best;
}

bool Model::holds(std::size_t cls, float probability) const {
  const float p = std::clamp(probability, 1e-7F, 1 - 1e-7F);
  return std::log(p / (1 - p)) + calibration_[cls].offset > 0;
}

// How much one bucket speaks for a class rather than for the others.
float Model::favour(std::uint32_t bucket, std::size_t cls) const {
  const std::int8_t* row = weights_.data() + bucket * stride_;
  const auto weight = [&](std::size_t i) { return outputs_[i].scale * static_cast<float>(expand(row[i])); };
  if (outputs_.size() != classes()) return cls == 1 ? weight(0) : -weight(0);
  if (info_.any) return weight(cls);
  float others = 0;
  for (std::size_t i = 0; i < classes(); ++i)
    if (i != cls) others += weight(i);
  return weight(cls) - others / static_cast<float>(classes() - 1);
}

std::vector<Evidence> Model::why(const Features& features, std::size_t cls, std::size_t most) const {
  const std::vector<Token>& tokens = features.tokens().all();
  std::vector<float> weight(tokens.size());
  const float word = FeatureView::value_of(features.view().words.size());
  const float character = FeatureView::value_of(features.view().characters.size());
  Extractor(info_.features)
      .walk(
          features.tokens(), 0,
          [&](std::uint32_t bucket, std::size_t first, std::size_t last) {
            const float share = word * favour(bucket, cls) / static_cast<float>(last - first + 1);
            for (std::size_t i = first; i <= last; ++i) weight[i] += share;
          },
          [&](std::uint32_t bucket, std::size_t token) { weight[token] += character * favour(bucket, cls); });
  walk_lists(WordLists::of(info_.features.lexicon), features.tokens(), 0,
             [&](std::uint64_t feature, std::size_t token, unsigned) {
               weight[token] += kListedValue * favour(bucket_of(feature, info_.features.bits), cls);
             });
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (weight[i] > 0 && (tokens[i].kind != TokenKind::sign || weight[i] > 0.1F)) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weight[a] > weight[b]; });
  std::vector<Evidence> out;
  std::vector<std::uint64_t> told;
  for (const std::size_t i : order) {
    if (out.size() == most) break;
    if (std::find(told.begin(), told.end(), tokens[i].hash) != told.end()) continue;
    told.push_back(tokens[i].hash);
    out.push_back({tokens[i].text, tokens[i].begin, tokens[i].end, weight[i]});
  }
  return out;
}

std::string words_of(std::span<const Evidence> evidence, std::span<const std::string_view> texts) {
  std::string out;
  for (const Evidence& e : evidence) {
    constexpr std::size_t kLongest = 60;  // bytes of a word that are shown
    if (e.text >= texts.size()) continue;
    std::string_view word = texts[e.text].substr(e.begin, e.end - e.begin);
    if (word.size() > kLongest) {
      std::size_t end = kLongest;
      while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
      word = word.substr(0, end);
    }
    out += out.empty() ? "words: " : ", ";
    out += word;
  }
  return out;
}

}  // namespace earshot::model
