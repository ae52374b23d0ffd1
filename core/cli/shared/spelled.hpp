// spelled.hpp: names of plugins' verbs and of their options as the command line spells them: `train-context` for
// train_context, `--every-spelling` for every_spelling. Pure functions.
#pragma once

#include <algorithm>
#include <string>

namespace earshot::host {

inline std::string spelled(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

// The name in the schema, of a word in either spelling.
inline std::string unspelled(std::string word) {
  std::replace(word.begin(), word.end(), '-', '_');
  return word;
}

}  // namespace earshot::host
