// aspects: what a post praises or blames. Aspects are named by terms, or told by a model of a team's own; the sentiment
// of each comes from the sentence it stands in, by a model that ships in this plugin. One copy a worker; terms and
// models are shared.
#include <algorithm>
#include <array>
#include <earshot/detector.hpp>
#include <vector>

#include "model/embedded.hpp"
#include "model/loaded.hpp"
#include "model/target.hpp"
#include "terms.hpp"

EARSHOT_EMBED(aspects)

namespace {

namespace model = earshot::model;
using earshot::aspects::Named;
using earshot::aspects::Terms;

constexpr std::size_t kMostOfText = 50;        // findings on one segment
constexpr std::size_t kTermBytes = 64 * 1024;  // of a segment that are searched for terms
constexpr std::size_t kSentence = 400;         // bytes of a sentence to each side of a term

struct AspectsOptions {
  std::optional<std::filesystem::path> model;
  std::map<std::string, std::string> terms;
  bool common, neutral;
  double threshold;

  static constexpr auto schema() {
    using earshot::option;
    using O = AspectsOptions;
    return earshot::schema(
        option<&O::model>("model", "Aspects of a team's own, by a model that `earshot train --kind aspect` made",
                          {.example = "models/reasons.model"}),
        option<&O::terms>("terms", "More aspects, each with the words that name it, with commas between",
                          {.fallback = "{}", .example = "{legroom: 'legroom, knee room', app: 'app, website'}"}),
        option<&O::common>("common", "Look for the aspects that ship: service, price, delay, food, battery…",
                           {.fallback = "yes"}),
        option<&O::neutral>("neutral", "Tell aspects too that are neither praised nor blamed", {.fallback = "no"}),
        option<&O::threshold>("threshold", "A sentiment that is less probable is not told",
                              {.fallback = "0.5", .max = 1, .flags = EAR_OPTION_RELOADABLE}));
  }
};

// [begin, end) of the sentence around a place, on the boundaries of characters.
std::pair<std::size_t, std::size_t> sentence_around(std::string_view text, std::size_t begin, std::size_t end) {
  const auto stops = [&](std::size_t i) {
    const char c = text[i];
    return c == '\n' || ((c == '.' || c == '!' || c == '?') && (i + 1 == text.size() || text[i + 1] == ' '));
  };
  const auto inside = [&](std::size_t i) { return (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80; };
  std::size_t first = begin, last = end;
  while (first > 0 && begin - first < kSentence && !stops(first - 1)) --first;
  while (last < text.size() && last - end < kSentence && !stops(last)) ++last;
  while (first > 0 && inside(first)) --first;
  while (last < text.size() && inside(last)) ++last;
  return {first, last};
}

class Aspects : public earshot::Detector<AspectsOptions> {
 public:
  static constexpr earshot::Info info{"aspects", "Tells what is praised or blamed: service, price, delay",
                                      EAR_STATELESS};

  void prepare() {
    auto terms = std::make_shared<Terms>();
    if (options().common) terms->add_common();
    for (const auto& [aspect, words] : options().terms) terms->add(aspect, words);
    if (terms->empty() && !options().model)
      throw earshot::invalid("there is nothing to look for: give terms or a model, or leave common on")
          .at_option("common");
    terms_ = std::move(terms);
  }

  void start() {
    sentiment_.read({}, embedded_aspects(), "aspects");
    if (options().model) own_.read(options().model, {}, "aspects");
  }

  void detect(const earshot::Post& post, earshot::Out& out) {
    if (post.is_gone()) return;
    for (const earshot::Segment segment : post.segments()) {
      const std::string_view text = segment.text();
      if (text.empty()) continue;
      if (options().model) by_model(post, segment, out);
      if (terms_->empty()) continue;
      tokens_.clear();
      tokens_.read(text, kTermBytes);
      terms_->find(tokens_, kMostOfText, found_);
      for (const Named& n : found_)
        tell(post, segment, terms_->name(n.aspect), tokens_.all()[n.first].begin, tokens_.all()[n.last].end, 1, out);
    }
  }

 private:
  // The aspects that the team's model finds stand where the words do that spoke most for them.
  void by_model(const earshot::Post& post, const earshot::Segment& segment, earshot::Out& out) {
    const model::Model& own = **own_;
    if (!own_extractor_) own_extractor_.emplace(own.info().features);
    own_features_.clear();
    own_extractor_->read(segment.text(), own_features_);
    if (own_features_.tokens().all().empty()) return;
    probabilities_.resize(own.classes());
    own.scores(own_features_.view(), probabilities_);
    own.probabilities(probabilities_, probabilities_);
    const std::size_t chosen = own.info().any ? 0 : own.choose(probabilities_);
    for (std::size_t c = 0; c < own.classes(); ++c) {
      if (own.info().is_silent(c) || (own.info().any ? !own.holds(c, probabilities_[c]) : c != chosen)) continue;
      const std::vector<model::Evidence> why = own.why(own_features_, c, 1);
      if (why.empty()) continue;
      tell(post, segment, own.info().classes[c], why[0].begin, why[0].end, static_cast<double>(probabilities_[c]), out);
    }
  }

  // `sure`: how probable the aspect itself is.
  void tell(const earshot::Post& post, const earshot::Segment& segment, std::string_view aspect, std::uint32_t begin,
            std::uint32_t end, double sure, earshot::Out& out) {
    const model::Model& feeling = **sentiment_;
    if (!extractor_) extractor_.emplace(feeling.info().features);
    const auto [first, last] = sentence_around(segment.text(), begin, end);
    const std::string_view sentence = segment.text().substr(first, last - first);
    features_.clear();
    extractor_->read(sentence, features_);
    const auto offset = static_cast<std::uint32_t>(first);
    model::add_target(features_, 0, begin - offset, end - offset);
    std::array<float, 3> p{};
    feeling.scores(features_.view(), p);
    feeling.probabilities(p, p);
    const std::size_t said = feeling.choose(p);
    const std::string_view value = feeling.info().classes[said];
    if (value == "neutral" && !options().neutral) return;
    const double score = sure * static_cast<double>(p[said]);
    if (static_cast<double>(p[said]) < options().threshold) return;
    const std::string reason = model::words_of(feeling.why(features_, said, 3), {&sentence, 1});
    const std::array<ear_value, 1> attributes{earshot::text_value("sentiment", value)};
    out.finding(post, {.kind = "aspect",
                       .subject = subject_for(post, segment.number(), begin),
                       .score = score,
                       .segment = segment.number(),
                       .begin = begin,
                       .end = end,
                       .value = aspect,
                       .reason = reason,
                       .attributes = attributes});
  }

  // The watch item that is mentioned nearest to the aspect in its segment; else the only one of the post; else none.
  static std::string_view subject_for(const earshot::Post& post, std::uint32_t segment, std::uint32_t begin) {
    std::string_view nearest, only;
    std::uint32_t distance = earshot::none;
    bool several = false;
    for (const earshot::FoundBefore found : post.findings()) {
      if (found.kind() != "mention" || found.subject().empty()) continue;
      several = several || (!only.empty() && only != found.subject());
      only = found.subject();
      if (found.segment() != segment) continue;
      const std::uint32_t d = found.begin() > begin ? found.begin() - begin : begin - found.begin();
      if (d < distance) distance = d, nearest = found.subject();
    }
    return !nearest.empty() ? nearest : several ? std::string_view{} : only;
  }

  std::shared_ptr<const Terms> terms_;
  model::Loaded sentiment_, own_;
  std::optional<model::Extractor> extractor_, own_extractor_;
  model::Features features_, own_features_;
  model::Tokens tokens_;
  std::vector<Named> found_;
  std::vector<float> probabilities_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.aspects", "1.0.0", "Earshot", "Apache-2.0", "What is praised or blamed", Aspects)
