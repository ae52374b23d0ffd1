// Texts of many megabytes, made to be slow or to break the count of bytes, with all writings of names looked for: time
// grows with the text alone, and places are true.
#include <catch2/catch.hpp>

#include "../hostile_texts.hpp"
#include "brand_text/scanner.hpp"

using namespace earshot::brand_text;
using namespace earshot::testing;

namespace {

std::shared_ptr<const Model> model() {
  constexpr Writings kAll{true, true, true, true, true};
  WatchItem acme{"acme", {"Acme Rockets", "Zanzibaria"}, {"zanzibarday"}, {"zanzibarians"}, {"zanzibar.example"}};
  WatchItem other{"other", {"東京タワー", "a b", "ברכות"}, {}, {}, {}};
  acme.writings = other.writings = kAll;
  const auto made = std::make_shared<Model>(std::vector<WatchItem>{acme, other});
  made->compile();
  return made;
}

// A writing for each rule.
const std::vector<std::string> kWritings = {"Acme Rockets",
                                            "ａｃｍｅ-ＲＯＣＫＥＴＳ",
                                            "Ac\u00ADme\nRock\u200Bets",
                                            "Zanzibarai",
                                            "Zanzibariaaaa",
                                            "Zаnzibaria",
                                            "Zanzibarias",
                                            "#ZanzibariaRocks",
                                            "#zanzibarday",
                                            "@zanzibarians",
                                            "https://www.zanzibar.example",
                                            "acmerockets"};

}  // namespace

TEST_CASE("the places of names in all writings are true in texts of any bytes") {
  Scanner scanner(model());
  for (const auto& [name, piece] : hostile_pieces()) {
    INFO(name);
    Planted text = planted(piece, kHostileBytes, kWritings);
    scanner.add(text.text);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
    for (const Mention& mention : scanner.scan())
      if (mention.id == "acme") found.emplace_back(mention.range.begin, mention.range.end);
    for (std::size_t i = 10; i < text.places.size(); i += kWritings.size())
      text.places[i].first += 8;  // of a link its host
    CHECK(found == text.places);
  }
}

TEST_CASE("the time of looking for names in all writings is linear in the text") {
  Scanner scanner(model());
  for (const auto& [name, piece] : hostile_pieces()) {
    INFO(name);
    std::size_t found = 0;
    CHECK(is_linear([&](std::size_t bytes) {
      const Planted text = planted(piece, bytes, kWritings);
      scanner.add(text.text);
      found += scanner.scan().size();
    }));
    CHECK(found >= 3 * kWritings.size());
  }
}
