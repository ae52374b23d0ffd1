// identify.hpp: the language of a text: by its script where the script has one language, else by the model, and by CLD2
// besides where the model is not sure. A Identifier belongs to one thread; the model is shared.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "language/model.hpp"
#include "language/words.hpp"

namespace earshot::language {

struct Guess {
  std::string_view language;  // BCP 47; empty: nothing can be said. Lives as long as the model
  double probability = 0;
};

struct Asked {
  std::string_view declared;  // what the platform says, BCP 47, or empty
  double trust = 0.5;         // in `declared`: 0 to 1
  bool second = true;         // may CLD2 be asked?
};

class Identifier {
 public:
  explicit Identifier(std::shared_ptr<const Model> model) : model_(std::move(model)) {}

  // The text is read in parts, as title and body.
  void clear() { words_.clear(); }
  void add(std::string_view text) { words_.add(text); }
  Guess guess(const Asked& asked);
  Guess guess(std::string_view text, const Asked& asked = {}) { return clear(), add(text), guess(asked); }

 private:
  Guess by_script(Script script) const;
  Guess by_model(const Group& group, const Asked& asked);
  std::uint32_t add_up(const Group& group);
  bool is_clear(const Group& group, std::uint32_t known) const;
  void ask_cld2(const Group& group);
  bool only_names(double probability) const;

  std::shared_ptr<const Model> model_;
  Words words_;
  Model::Sums sums_{};
  std::array<double, Model::most_languages> chances_{};
  std::string utf8_;
};

}  // namespace earshot::language
