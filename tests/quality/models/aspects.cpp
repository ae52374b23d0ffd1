// How good aspects is with what ships, on sentences of MAMS that it did not learn from: which of the terms that people
// marked it finds, and whether the sentiment is theirs. Without the data it says so and passes.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <fstream>

#include "../../plugins/loaded.hpp"
#include "../data.hpp"
#include "model/quality.hpp"

using namespace earshot::testing;

namespace {

struct Term {
  std::size_t begin = 0, end = 0;
  std::string sentiment;
};
struct Sentence {
  std::string text;
  std::vector<Term> terms;
};

std::string between(const std::string& line, const std::string& before, const std::string& after) {
  const std::size_t begin = line.find(before);
  if (begin == std::string::npos) return {};
  const std::size_t at = begin + before.size();
  return line.substr(at, line.find(after, at) - at);
}

// One element a line, as that file has it. Sentences with escaped signs, whose places differ, are left out.
std::vector<Sentence> sentences(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<Sentence> out;
  for (std::string line; std::getline(in, line);) {
    if (const std::string text = between(line, "<text>", "</text>"); !text.empty()) out.push_back({text, {}});
    if (line.find("<aspectTerm ") == std::string::npos || out.empty()) continue;
    out.back().terms.push_back({std::stoul(between(line, "from=\"", "\"")), std::stoul(between(line, "to=\"", "\"")),
                                between(line, "polarity=\"", "\"")});
  }
  std::erase_if(out, [](const Sentence& s) { return s.text.find('&') != std::string::npos; });
  return out;
}

std::uint16_t number(const std::string& sentiment) {
  return sentiment == "negative" ? 0 : sentiment == "neutral" ? 1 : 2;
}

void not_here() {
  WARN("the data is not here: nothing was measured");
}

}  // namespace

TEST_CASE("aspects: terms found, and their sentiment") {
  const auto file = earshot::quality::data("absa/mams_atsa_val.xml");
  if (!file) return not_here();
  const std::vector<Sentence> all = sentences(*file);
  DetectorHarness h(loaded("aspects"), {{"neutral", true}, {"threshold", 0.0}});
  for (const Sentence& s : all) h.post(s.text);
  h.run();
  std::vector<std::uint16_t> truly, said;
  std::size_t terms = 0;
  for (const Sentence& s : all) terms += s.terms.size();
  for (const TestFinding& f : h.findings())
    for (const Term& t : all[f.post].terms)
      if (f.begin < t.end && t.begin < f.end) {
        truly.push_back(number(t.sentiment));
        for (const auto& a : f.attributes)
          if (a.key == "sentiment") said.push_back(number(a.text));
        break;
      }
  const earshot::model::Quality q(3, truly, said);
  const double recall = static_cast<double>(truly.size()) / static_cast<double>(terms);
  const double precision = static_cast<double>(truly.size()) / static_cast<double>(h.findings().size());
  WARN("of " << terms << " marked terms " << recall << " found; of those told " << precision << " marked; sentiment of "
             << truly.size() << ": accuracy " << q.accuracy() << ", macro-F1 " << q.macro_f1());
  CHECK(recall > 0.5);
  CHECK(q.accuracy() > 0.65);
}
