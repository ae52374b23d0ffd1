// entities_train: makes entities.model, and measures it on sentences that it has not learned from.
//
//   entities_train TRAIN.conll DEV.conll LISTS OUTPUT TEXT...
//
// LISTS holds given.txt, cities.txt, wide.txt and brands.txt; each TEXT holds one post a line.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <fstream>

#include "entities/train/learn.hpp"
#include "entities/train/lexicon.hpp"

namespace earshot::entities {
namespace {

void run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 5) throw std::runtime_error("needed: TRAIN.conll DEV.conll LISTS OUTPUT TEXT...");
  Model model;
  model.lexicon = learn_lexicon({arguments.begin() + 4, arguments.end()}, arguments[2]);
  const auto train = read_sentences(arguments[0]), dev = read_sentences(arguments[1]);
  learn(model, train, {});
  const std::string bytes = write_model(model);
  std::ofstream(arguments[3], std::ios::binary) << bytes;
  fmt::print("{} sentences, {} words known, {} bytes\n", train.size(), model.lexicon.size(), bytes.size());
  for (const double minimum : {0.0, 0.3, 0.5, 0.7}) {
    const auto counts = measure(model, dev, minimum);
    fmt::print("from probability {:.1f}\n", minimum);
    for (std::size_t kind = 0; kind < counts.size(); ++kind)
      fmt::print("  {:<8} there {:>4}  precision {:.3f}  recall {:.3f}  F1 {:.3f}\n",
                 kind < kinds.size() ? kinds[kind] : "all", counts[kind].there, counts[kind].precision(),
                 counts[kind].recall(), counts[kind].f1());
  }
}

}  // namespace
}  // namespace earshot::entities

int main(int count, char** words) {
  try {
    earshot::entities::run({words + 1, words + count});
  } catch (const std::exception& error) {
    fmt::print(stderr, "entities_train: {}\n", error.what());
    return 1;
  }
}
