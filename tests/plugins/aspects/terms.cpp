// Where terms stand.
#include "terms.hpp"

#include <catch2/catch.hpp>

using namespace earshot::aspects;

namespace {

std::string found(const Terms& terms, std::string_view text, std::size_t most = 50) {
  earshot::model::Tokens tokens;
  tokens.read(text, 16 * 1024);
  std::vector<Named> all;
  terms.find(tokens, most, all);
  std::string out;
  for (const Named& n : all) {
    const std::uint32_t begin = tokens.all()[n.first].begin, end = tokens.all()[n.last].end;
    out += (out.empty() ? "" : " ") + terms.name(n.aspect) + "[" + std::string(text.substr(begin, end - begin)) + "]";
  }
  return out;
}

}  // namespace

TEST_CASE("the longest term has the place") {
  Terms terms;
  terms.add("battery", "battery, battery life");
  terms.add("life", "life");
  CHECK(found(terms, "the Battery life is short, life too") == "battery[Battery life] life[life]");
  CHECK(found(terms, "battery lives") == "battery[battery]");
}

TEST_CASE("a phrase that only begins is none") {
  Terms terms;
  terms.add("noise", "loud fan noise");
  CHECK(found(terms, "a loud fan, loud fan noise") == "noise[loud fan noise]");
}

TEST_CASE("the terms that ship know products, shops and services") {
  Terms terms;
  terms.add_common();
  CHECK(found(terms, "waiter rude, prices high, flight delayed") == "staff[waiter] price[prices] delay[delayed]");
  CHECK(found(terms, "poor battery life and customer service") == "battery[battery life] service[customer service]");
  CHECK(found(terms, "nothing of interest") == "");
}

TEST_CASE("so many are found and no more") {
  Terms terms;
  terms.add("a", "a");
  CHECK(found(terms, "a a a a", 2) == "a[a] a[a]");
}
