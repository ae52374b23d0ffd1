// report.hpp: what training found out, as text for a terminal and as Markdown for a model card. Free functions; any
// thread.
#pragma once

#include <string>
#include <vector>

#include "data.hpp"
#include "model/train.hpp"

namespace earshot::train {

// One line of the comparison.
struct Line {
  std::string name;
  std::vector<model::Quality> quality;
};

struct Report {
  const Data& data;
  const model::Info& info;
  const model::Trained& trained;
  std::vector<Line> lines;  // the most frequent class, the floor, this model, this model by a column
  std::size_t folds;
  std::size_t errors;  // that are shown
  std::size_t bytes;   // of the model file
};

std::string as_text(const Report& report);
// `about` comes first: what the data and its licences are, what the model cannot do.
std::string as_card(const Report& report, const std::string& about);

}  // namespace earshot::train
