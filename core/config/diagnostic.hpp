// diagnostic.hpp: one fault of a config, told for the person who has to mend it. Values.
#pragma once

#include <string>
#include <vector>

namespace earshot::host {

struct Position {
  std::string file;
  int line = 0, column = 0;  // from 1; 0: the file as a whole
};

struct Diagnostic {
  enum class Level { error, warning };
  Level level = Level::error;
  Position at;
  std::string path;     // sinks.store.path
  std::string message;  // what is wrong, and what was expected
  std::string line;     // the text of the line, shown above the caret; empty where it might show a secret
  std::string help;     // what to do: "Did you mean 'brand_text'?"; or empty
};

struct Diagnostics {
  std::vector<Diagnostic> all;
  bool ok() const;  // no errors
  // file:line:col: error: …, the line, the caret, the help; in the order of the text.
  std::string text(bool colour) const;
  std::string json() const;  // an array of objects, for --json
};

}  // namespace earshot::host
