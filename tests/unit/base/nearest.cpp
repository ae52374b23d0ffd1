#include "base/nearest.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using earshot::host::edits;
using earshot::host::nearest;

TEST_CASE("Each edit counts once, a swap of neighbours too") {
  CHECK(edits("", "") == 0);
  CHECK(edits("", "abc") == 3);
  CHECK(edits("sqlite", "sqlite") == 0);
  CHECK(edits("sqlite", "sqlit") == 1);
  CHECK(edits("sqlite", "sqllite") == 1);
  CHECK(edits("sqlite", "sqkite") == 1);
  CHECK(edits("sqlite", "sqltie") == 1);
  CHECK(edits("kitten", "sitting") == 3);
}

TEST_CASE("Case, hyphen and underscore make no difference") {
  CHECK(edits("Brand-Text", "brand_text") == 0);
}

TEST_CASE("The nearest word is suggested, the first of several") {
  const std::vector<std::string> words{"brand_text", "file", "filter", "generator", "sqlite"};
  CHECK(nearest("brandtext", words) == "brand_text");
  CHECK(nearest("flie", words) == "file");
  CHECK(nearest("filtre", words) == "filter");
  CHECK(nearest("genreator", words) == "generator");
}

TEST_CASE("The start of a word is enough, where no word is near by its letters") {
  const std::vector<std::string> words{"brand_text", "brand", "generator"};
  CHECK(nearest("gene", words) == "generator");
  CHECK(nearest("bran", words) == "brand");
  CHECK(nearest("ge", words).empty());
}

TEST_CASE("Nothing is suggested for a word that is far from all") {
  const std::vector<std::string> words{"file", "sqlite", "x"};
  CHECK(nearest("mastodon", words).empty());
  CHECK(nearest("y", words).empty());
  CHECK(nearest("", words).empty());
  CHECK(nearest(std::string(100'000, 'f'), words).empty());
  CHECK(nearest("file", {}).empty());
}
