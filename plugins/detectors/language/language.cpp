#include "language/language.hpp"

#include "model/embedded.hpp"

EARSHOT_EMBED(language)

namespace earshot::language {
namespace {

// Of a segment by itself: it must be long enough and sure enough to differ from its post.
constexpr double sure_of_a_segment = 0.9;
constexpr std::size_t long_segment = 24;  // bytes

// Written by the author, not quoted from somebody else nor read by a machine.
bool is_own(std::uint32_t origin) {
  return origin == EAR_TITLE || origin == EAR_BODY;
}

}  // namespace

void Language::start() {
  model_.set([] { return std::make_shared<const Model>(read_content(embedded_language())); });
}

void Language::detect(const Post& post, Out& out) {
  if (post.is_gone()) return;
  if (!identifier_) identifier_.emplace(*model_);
  const Asked asked{view(post.raw().language), options().declared, options().second_opinion};
  std::uint32_t own = 0;
  identifier_->clear();
  for (const Segment segment : post.segments())
    if (is_own(segment.origin()) && !segment.text().empty()) identifier_->add(segment.text()), ++own;
  if (own == 0)  // nothing but what was read, heard or quoted
    for (const Segment segment : post.segments()) identifier_->add(segment.text());
  const Guess whole = identifier_->guess(asked);
  const bool told = !whole.language.empty() && whole.probability >= options().minimum;
  if (told) out.finding(post, {.kind = "language", .score = whole.probability, .value = whole.language});
  if (post.segments().size() < 2) return;
  for (const Segment segment : post.segments()) {
    if (segment.text().size() < long_segment) continue;
    const Guess guess = identifier_->guess(segment.text(), {segment.language(), asked.trust, asked.second});
    if (guess.language.empty() || guess.probability < sure_of_a_segment) continue;
    if (told && guess.language == whole.language) continue;
    out.finding(post, {.kind = "language",
                       .score = guess.probability,
                       .segment = segment.number(),
                       .end = static_cast<std::uint32_t>(segment.text().size()),
                       .value = guess.language});
  }
}

}  // namespace earshot::language

EARSHOT_PLUGIN("org.earshot.language", "0.1.0", "Earshot", "Apache-2.0", "The language of posts",
               earshot::language::Language)
