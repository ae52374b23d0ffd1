#include "context/judge.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "model/file.hpp"
#include "text/words.hpp"

namespace earshot::context {
namespace {

constexpr double kOneWord = 2;  // log odds that one word gives: 0.88
constexpr double kMostOdds = 8;

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1))
    if (text::begins_word(text, at) && text::ends_word(text, at + word.size())) return true;
  return false;
}

std::string_view around(std::string_view text, std::size_t from, std::size_t to) {
  while (from < to && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
  return text.substr(from, to - from);
}

}  // namespace

int Judge::words(const std::vector<std::string>& words) const {
  return static_cast<int>(std::count_if(words.begin(), words.end(),
                                        [&](const std::string& word) { return has_word(folded_.bytes(), word); }));
}

double Judge::operator()(const Sense& sense, std::string_view text, std::size_t begin, std::size_t end) {
  double odds = 0;
  if (sense.model != nullptr) {
    const model::Model& model = *sense.model;
    const unsigned bits = model.info().features.bits;
    if (surroundings_.size() <= bits) surroundings_.resize(bits + 1);
    if (surroundings_[bits] == nullptr) surroundings_[bits] = std::make_unique<Surroundings>(model.info().features);
    std::array<float, 2> p{};
    model.scores(surroundings_[bits]->read(text, begin, end).view(), p);
    model.probabilities(p, p);
    odds = std::log(std::max(p[1], 1e-6F) / std::max(p[0], 1e-6F));
  }
  if (!sense.speaks_for.empty() || !sense.against.empty()) {
    if (folder_ == nullptr) folder_ = std::make_unique<text::Folder>();
    folded_.clear();
    folder_->append(folded_, around(text, begin > kReach ? begin - kReach : 0, begin));
    folder_->append(folded_, around(text, end, std::min(text.size(), end + kReach)));
    odds += kOneWord * (words(sense.speaks_for) - words(sense.against));
  }
  return 1 / (1 + std::exp(-std::clamp(odds, -kMostOdds, kMostOdds)));
}

void check_is_context(const model::Model& model, const std::string& name) {
  if (model.info().kind != "context" || model.classes() != 2 || model.info().any)
    throw model::BadModel("'" + name + "' tells no sense of a name: make it with `earshot train-context`");
}

}  // namespace earshot::context
