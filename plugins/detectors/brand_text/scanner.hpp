// scanner.hpp: finds the names of a model in texts. A Scanner is one worker's scratch, and keeps its memory from one
// use to the next.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "brand_text/model.hpp"
#include "brand_text/seen_words.hpp"
#include "text/words.hpp"

namespace earshot::brand_text {

struct Mention {
  std::uint32_t text;  // which text, in the order they were added
  text::Range range;   // bytes of the text as it was added
  double score;        // 1 as written in the watchlist, 0.9 in another case, less in another writing
  Rule rule;
  std::uint32_t item;
  std::string_view id, written;  // the model's: the item, and its name that was found
};

class Scanner {
 public:
  explicit Scanner(std::shared_ptr<const Model> model);
  Scanner(const Scanner& other) : Scanner(other.model_) {}
  Scanner& operator=(const Scanner&) = delete;

  // Texts are taken together: add() until full(), then scan(), which forgets them. A text must live until then.
  void add(std::string_view text);
  void clear() { texts_.clear(), folded_.clear(), candidates_.clear(); }
  bool full() const { return folded_.bytes().size() >= block; }
  bool empty() const { return texts_.empty(); }
  // What was found, by text and place; overlaps are resolved, the longest name has it. Valid until the next scan.
  const std::vector<Mention>& scan();

 private:
  static constexpr std::size_t block = 32 * 1024;   // fits the first cache beside the database's hot part
  static constexpr std::size_t most = 1000;         // mentions in one text: more tell nothing and are an attack
  static constexpr std::size_t longest_word = 200;  // bytes: nobody writes a name so
  static constexpr std::size_t shortest_word = 5;   // bytes: shorter ones are names as they stand or not at all
  struct Candidate {
    std::uint32_t text;
    text::Range range;
    std::uint32_t name;
    Rule rule;
    double score;
  };
  void look_at_words();
  void look_at_word(std::uint32_t text, std::size_t begin, std::size_t end);
  void look_up(std::uint32_t text, std::size_t begin, std::size_t end);
  void collect(std::uint32_t text, const patterns::Hit& hit);
  void collect_part(std::uint32_t text, const patterns::Hit& hit, text::Range range, bool begins);
  bool collect_inflection(std::uint32_t text, const patterns::Hit& hit, text::Range range);
  bool fits(Rule rule, const Model::Name& name, std::string_view text, text::Range& range,
            const text::Token& token) const;
  void resolve(std::uint32_t text);

  std::shared_ptr<const Model> model_;
  patterns::LiteralScratch scratch_;
  WritingsIndex::Scratch words_;
  SeenWords nothing_;  // words, seen before, that stand for no name: people repeat themselves
  text::FoldedTexts folded_;
  std::vector<std::string_view> texts_;
  std::vector<std::uint32_t> edges_;   // of words in the folded bytes
  std::vector<std::uint64_t> hashes_;  // of those that are not known
  std::vector<patterns::Hit> hits_;
  std::vector<Candidate> written_otherwise_;  // of all texts, in their order
  std::vector<Candidate> candidates_;         // of one text
  std::vector<text::Range> taken_;
  std::vector<Mention> mentions_;
};

}  // namespace earshot::brand_text
