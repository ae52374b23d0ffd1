#include "plugin/not_built.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "loaded.hpp"

using namespace earshot::host;

TEST_CASE("what was not built is told with the packages that it needs") {
  const earshot::testing::Folder folder;
  std::ofstream(folder / "not_built.tsv") << "ocr\tdetector\tlibtesseract-dev tesseract-ocr-eng\nno tabs\n\n";
  const std::vector<NotBuilt> all = read_not_built(folder / "not_built.tsv");
  REQUIRE(all.size() == 1);
  CHECK((all[0].name == "ocr" && all[0].kind == "detector"));
  CHECK(all[0].text() ==
        "was not built, because packages were missing: apt-get install libtesseract-dev tesseract-ocr-eng, and build "
        "again");
}

TEST_CASE("without a list nothing is missing") {
  CHECK(read_not_built("/nowhere/not_built.tsv").empty());
}
