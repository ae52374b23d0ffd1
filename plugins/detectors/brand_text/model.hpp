// model.hpp: finds the names of watch items in texts. A Model is constant once made and shared by all workers; a
// Scanner is one worker's scratch, and keeps its memory from one use to the next.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "brand_text/watch_items.hpp"
#include "text/fold.hpp"
#include "text/words.hpp"

struct hs_database;
struct hs_scratch;

namespace earshot::brand_text {

struct Mention {
  std::uint32_t text;       // which text, in the order they were added
  text::Range range;        // bytes of the text as it was added
  double score;             // 1 as written in the watchlist, 0.9 in another writing
  std::string_view item;    // the model's
  std::string_view reason;  // the model's: "name: Acme Rockets"
};

class Model {
 public:
  explicit Model(const std::vector<WatchItem>& items);
  ~Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

 private:
  friend class Scanner;
  enum class Rule : std::uint8_t { name, hashtag, handle, link };
  // One reason to look for a literal.
  struct Target {
    Rule rule;
    std::uint32_t item;   // in ids_
    std::string written;  // as the watchlist has it
    std::string reason;
  };
  void add(Rule rule, std::uint32_t item, const std::string& written, const std::string& literal);
  void compile();

  text::Folder folder_;
  std::vector<std::string> ids_;
  std::vector<std::string> literals_;
  std::vector<std::vector<Target>> targets_;  // by literal
  hs_database* database_ = nullptr;           // none where there is nothing to look for
};

class Scanner {
 public:
  explicit Scanner(std::shared_ptr<const Model> model);
  Scanner(const Scanner& other);
  Scanner& operator=(const Scanner&) = delete;
  ~Scanner();

  // Texts are taken together: add() until full(), then scan(), which forgets them. A text must live until then.
  void add(std::string_view text);
  void clear() { texts_.clear(), folded_.clear(), candidates_.clear(); }
  bool full() const { return folded_.bytes().size() >= block; }
  bool empty() const { return texts_.empty(); }
  // What was found, by text and place; overlaps are resolved, the longest name has it. Valid until the next scan.
  const std::vector<Mention>& scan();

 private:
  static constexpr std::size_t block = 32 * 1024;  // fits the first cache beside the database's hot part
  static constexpr std::size_t most = 1000;        // mentions in one text: more tell nothing and are an attack
  struct Hit {
    std::uint32_t literal, begin, end;  // in the folded bytes
  };
  struct Candidate {
    text::Range range;
    const Model::Target* target;
    double score;
  };
  void collect(std::uint32_t text, const Hit& hit);
  bool fits(const Model::Target& target, std::string_view text, text::Range& range, const text::Token& token) const;
  void resolve(std::uint32_t text);

  std::shared_ptr<const Model> model_;
  hs_scratch* scratch_ = nullptr;
  text::FoldedTexts folded_;
  std::vector<std::string_view> texts_;
  std::vector<Hit> hits_;
  std::vector<Candidate> candidates_;
  std::vector<text::Range> taken_;
  std::vector<Mention> mentions_;
};

}  // namespace earshot::brand_text
