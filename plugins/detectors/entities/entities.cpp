#include "entities/entities.hpp"

#include "model/embedded.hpp"

EARSHOT_EMBED(entities)

namespace earshot::entities {
namespace {

constexpr std::size_t words_at_once = 64;     // a post; a longer text is read in pieces
constexpr std::size_t most_bytes = 64 << 10;  // of a segment; names come early
constexpr std::string_view language = "en";   // that the model has learned

// The language of the post is known and is another one.
bool is_foreign(const Post& post) {
  for (const FoundBefore found : post.findings())
    if (found.kind() == "language" && found.segment() == none) return found.value() != language;
  const std::string_view declared = view(post.raw().language);
  return !declared.empty() && declared.substr(0, declared.find_first_of("-_")) != language && declared != "und";
}

}  // namespace

void Entities::start() {
  model_.set([] { return std::make_shared<const Model>(read_model(embedded_entities())); });
}

void Entities::prepare() {
  wanted_.fill(options().types.empty());
  for (const Type type : options().types) wanted_[static_cast<std::size_t>(type)] = true;
}

void Entities::detect(const Post& post, Out& out) {
  if (post.is_gone() || is_foreign(post)) return;
  if (!tagger_) tagger_.emplace(*model_);
  for (const Segment segment : post.segments()) detect(post, segment, out);
}

void Entities::detect(const Post& post, const Segment& segment, Out& out) {
  const std::string_view text = segment.text().substr(0, most_bytes);
  for (std::size_t at = 0; at < text.size();) {
    words_.clear();
    at = read_words(text, at, words_at_once, words_);
    for (const Name& name : tagger_->tag(words_)) {
      if (name.probability < options().minimum || !wanted_[name.kind]) continue;
      const Word& last = words_[name.end - 1];
      const std::uint32_t begin = words_[name.begin].begin;
      const auto end = static_cast<std::uint32_t>(last.begin + last.text.size());
      const std::array<ear_value, 1> attributes{text_value("type", kinds[name.kind])};
      out.finding(post, {.kind = "entity",
                         .score = name.probability,
                         .segment = segment.number(),
                         .begin = begin,
                         .end = end,
                         .value = text.substr(begin, end - begin),
                         .attributes = attributes});
    }
  }
}

}  // namespace earshot::entities

EARSHOT_PLUGIN("org.earshot.entities", "0.1.0", "Earshot", "Apache-2.0",
               "Names of companies, products, people and places", earshot::entities::Entities)
