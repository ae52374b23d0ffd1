// The command query, driven through its table.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <fstream>

#include "../loaded.hpp"

using namespace earshot::testing;
using Catch::Contains;

namespace {

struct Asked {
  Asked(std::vector<Setting> options, std::initializer_list<std::string_view> words) {
    CommandHarness command(loaded("query"), std::move(options));
    code = command.run(words);
    out = command.out(), err = command.err();
  }
  int code = -1;
  std::string out, err;
};

}  // namespace

TEST_CASE("each part of a query is told: whether it held, and where") {
  const Asked asked({{"text", "Acme has a bad battery"}}, {"explain", "acme NEAR/3 battery -rival"});
  CHECK(asked.code == 0);
  CHECK(asked.out ==
        "yes: the query holds\n\n"
        "  yes  acme NEAR/3 battery -rival\n"
        "  yes  ├ acme NEAR/3 battery\n"
        "  yes  │ ├ acme    \"Acme\" in body\n"
        "  yes  │ └ battery    \"battery\" in body\n"
        "  yes  └ -rival\n"
        "  no     └ rival\n\n"
        "body\n  [Acme has a bad battery]\n");
}

TEST_CASE("a query that does not hold is answered with 1 and with what was not there") {
  const Asked asked({{"text", "Acme"}}, {"explain", "acme battery followers:>10"});
  CHECK(asked.code == 1);
  CHECK_THAT(asked.out, Contains("no   ├ battery\n") && Contains("no   └ followers:>10    (followers: not known)"));
}

TEST_CASE("a faulty query is shown with a caret under the fault, and answered with 2") {
  const Asked asked({{"text", "Acme"}}, {"explain", "acme OR\n(rival AND )"});
  CHECK(asked.code == 2);
  CHECK(asked.err ==
        "line 2, column 8: AND has nothing behind it: write what it joins, or remove it\n"
        "  (rival AND )\n"
        "         ^\n");
}

TEST_CASE("the caret stands under the fault behind wide characters too") {
  CHECK_THAT(Asked({{"text", "x"}}, {"explain", "東京 AND"}).err, Contains("column 4") && Contains("\n       ^\n"));
}

TEST_CASE("a post with its findings is taken from a file") {
  const Folder folder;
  const std::string path = folder / "post.json";
  std::ofstream(path) << R"({"platform":"p","id":"1","published":1,"text":"Acme fell","findings":[)"
                      << R"({"kind":"sentiment","subject":"acme","value":"negative","score":0.8}]})"
                      << "\n";
  const Asked asked({{"post", path}, {"json", true}}, {"explain", "subject:acme sentiment:negative \"acme fell\""});
  CHECK(asked.code == 0);
  CHECK_THAT(asked.out, Contains(R"({"held":true,"query":"sentiment:negative"})"));
  CHECK_THAT(asked.out, Contains(R"("places":[{"segment":0,"begin":0,"end":9,"text":"Acme fell"}])"));
}

TEST_CASE("what is no post is refused with the reason") {
  const Folder folder;
  const std::string path = folder / "post.json";
  std::ofstream(path) << "{\"platform\":";
  CHECK_THROWS_WITH(Asked({{"post", path}}, {"explain", "a"}), Contains("this is no post"));
  CHECK_THROWS_WITH(Asked({{"post", folder / "none"}}, {"explain", "a"}), Contains("cannot be read"));
  CHECK_THROWS_WITH(Asked({}, {"explain", "a"}), Contains("--text"));
  CHECK_THROWS_WITH(Asked({{"text", "a"}}, {"a"}), Contains("explain"));
}
