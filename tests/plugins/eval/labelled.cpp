// Labelled posts as they are read: NDJSON in the post form, and tables; and what is said of a file that is wrong.
#include "labelled.hpp"

#include <catch2/catch.hpp>
#include <earshot/error.hpp>
#include <fstream>

#include "../../sdk/command.hpp"

using namespace earshot::eval;
using Catch::Matchers::Contains;

namespace {

class File {
 public:
  File(const std::string& name, const std::string& text) : path(folder_.path / name) { std::ofstream(path) << text; }

 private:
  Folder folder_;

 public:
  std::filesystem::path path;
};

Labelled posts(const std::string& text, std::vector<std::string> values = {}) {
  const File file("l.ndjson", text);
  return read_posts({file.path}, {}, values);
}

Labelled table(const std::string& text, Columns columns, const char* name = "l.csv") {
  const File file(name, text);
  if (columns.text.empty()) columns.text = {"text"};
  return read_table({file.path}, columns);
}

Columns sentiment() {
  Columns out;
  out.kinds = {"sentiment"}, out.label = "label";
  return out;
}

}  // namespace

TEST_CASE("a post has labels, and what is not the post form is taken out of it") {
  const Labelled all = posts(
      R"({"platform":"x","id":"1","published":0,"text":"Acme is great","group":"ana","labelled":["mention"],)"
      R"("labels":[{"kind":"mention","subject":"acme"},{"kind":"sentiment","subject":"acme","value":"positive"}]})");
  REQUIRE(all.cases.size() == 1);
  CHECK(all.cases[0].key == "x/1");
  CHECK(all.cases[0].group == "ana");
  CHECK(all.cases[0].complete == std::set<std::string>{"mention"});
  REQUIRE(all.cases[0].labels.size() == 2);
  CHECK(all.cases[0].labels[1].value == "positive");
  CHECK_THAT(all.posts, !Contains("label") && !Contains("group") && Contains("Acme is great"));
}

TEST_CASE("platform, id and time may be left out; the head of a file says what all posts are labelled for") {
  const Labelled all = posts("{\"labelled\":[\"spam\"]}\n{\"text\":\"a\"}\n\n{\"text\":\"b\",\"labels\":[]}\n");
  REQUIRE(all.cases.size() == 2);
  CHECK(all.cases[0].complete.contains("spam"));
  CHECK(all.cases[1].key == "labelled/#2");
  CHECK_THAT(all.posts, Contains("published"));
}

TEST_CASE("a value of null says that nothing is there") {
  const Labelled all = posts(R"({"text":"a","labels":[{"kind":"spam","value":null}]})");
  CHECK(all.cases[0].labels[0].none);
  CHECK(all.cases[0].complete.contains("spam"));
}

TEST_CASE("a place is given by its bytes or by its words") {
  const Labelled all = posts(R"({"text":"go Acme go","labels":[{"kind":"entity","type":"company","begin":3,"end":7},)"
                             R"({"kind":"entity","type":"company","text":"Acme"}]})");
  CHECK(all.cases[0].labels[0].place == Place{0, 3, 7});
  CHECK(all.cases[0].labels[1].place == Place{0, 3, 7});
}

TEST_CASE("a file of labelled posts that is wrong is told with its line, and what was expected") {
  const auto fault = [](const std::string& line) {
    try {
      static_cast<void>(posts("{\"text\":\"ok\",\"labels\":[]}\n" + line));
    } catch (const earshot::Error& e) {
      return std::string(e.what());
    }
    return std::string("no fault");
  };
  CHECK_THAT(fault("{\"text\":"), Contains("l.ndjson:2: not JSON"));
  CHECK_THAT(fault("[]"), Contains(":2: a line must be a JSON object"));
  CHECK_THAT(fault(R"({"text":"a"})"), Contains(":2: the post has no `labels`"));
  CHECK_THAT(fault(R"({"text":"a","labels":{}})"), Contains("`labels` must be a list"));
  CHECK_THAT(fault(R"({"text":"a","labels":[1]})"), Contains("a label must be an object"));
  CHECK_THAT(fault(R"({"text":"a","labels":[{"value":"x"}]})"), Contains("a label has no `kind`"));
  CHECK_THAT(fault(R"({"text":"a","labels":[{"kind":"x","valeu":"y"}]})"), Contains("a label has no `valeu`"));
  CHECK_THAT(fault(R"({"text":"a","labels":[{"kind":"x","value":{}}]})"), Contains("`value` must be a text"));
  CHECK_THAT(fault(R"({"text":"a","labels":[{"kind":"x","begin":0,"end":9}]})"),
             Contains("bytes 0 to 9, but the text has 1"));
  CHECK_THAT(fault(R"({"text":"a","labels":[{"kind":"x","begin":0}]})"), Contains("`begin` or `end` alone"));
  CHECK_THAT(fault(R"({"text":"a","labels":[{"kind":"x","begin":-1,"end":1}]})"), Contains("whole number from 0 on"));
  CHECK_THAT(fault(R"({"text":"a","labels":[{"kind":"x","text":"b"}]})"), Contains("the post has no \"b\""));
  CHECK_THAT(fault(R"({"text":"a","labels":[{"kind":"x","segment":3,"begin":0,"end":1}]})"), Contains("segment 3"));
  CHECK_THAT(fault(R"({"text":"a","labelled":"x"})"), Contains("`labelled` must be a list"));
  CHECK_THAT(fault("{\"id\":\"1\",\"text\":\"a\",\"labels\":[]}\n{\"id\":\"1\",\"text\":\"b\",\"labels\":[]}"),
             Contains(":3: the post labelled/1 stands there twice"));
}

TEST_CASE("a row of a table is a post with a label") {
  Columns columns = sentiment();
  columns.rename = {"0=negative", "4=positive", "2="};
  columns.fields = {{"author", "who"}, {"likes", "n"}, {"attributes.place", "where"}};
  const Labelled all =
      table("label,text,who,n,where\n0,\"bad, bad\",ana,3,Rome\n4,good,,,\n2,so so,bo,1,\n4,,bo,1,\n", columns);
  REQUIRE(all.cases.size() == 2);
  CHECK(all.left_out == 2);
  CHECK(all.cases[0].text == "bad, bad");
  CHECK(all.cases[0].labels[0].value == "negative");
  CHECK_THAT(all.posts, Contains(R"("author":{"handle":"ana"})") && Contains(R"("likes":3)") &&
                            Contains(R"("attributes":{"place":"Rome"})"));
}

TEST_CASE("rows of one id are labels of one post, and have to have one text") {
  Columns columns = sentiment();
  columns.id = "id", columns.subject = "of";
  const Labelled all = table("id\tof\tlabel\ttext\n7\ta\tgood\tt\n7\tb\tbad\tt\n", columns, "l.tsv");
  REQUIRE(all.cases.size() == 1);
  CHECK(all.cases[0].labels.size() == 2);
  CHECK(all.cases[0].labels[1].subject == "b");
  CHECK_THROWS_WITH(table("id\tof\tlabel\ttext\n7\ta\tgood\tt\n7\tb\tbad\tu\n", columns, "l.tsv"),
                    Contains("l.tsv:3: the id '7' stands there before with another text"));
}

TEST_CASE("a label may mean that nothing is there, and a row may have several") {
  Columns spam = sentiment();
  spam.kinds = {"spam"}, spam.none = {"ham"};
  const Labelled one = table("label,text\nham,hello\nspam,win\n", spam);
  CHECK(one.cases[0].labels[0].none);
  CHECK(one.cases[0].complete.contains("spam"));
  Columns any = sentiment();
  any.separator = ";";
  const Labelled several = table("label,text\na; b,hello\n,nothing\n", any);
  CHECK(several.cases[0].labels.size() == 2);
  CHECK(several.cases[1].labels[0].none);
}

TEST_CASE("labels may stand in a file beside the texts, line by line") {
  const File labels("labels.txt", "1\n0\n");
  Columns columns = sentiment();
  columns.label.reset(), columns.labels_file = labels.path;
  const Labelled all = table("one\ntwo\n", columns, "texts.txt");
  REQUIRE(all.cases.size() == 2);
  CHECK(all.cases[1].labels[0].value == "0");
  CHECK_THROWS_WITH(table("one\ntwo\nthree\n", columns, "texts.txt"), Contains("2 lines of labels, but 3 of texts"));
}

TEST_CASE("a table without a header has columns 1, 2, 3") {
  Columns columns;
  columns.kinds = {"language"}, columns.label = "1", columns.text = {"2"}, columns.header = false;
  const Labelled all = table("de\tja\nen\tyes\n", columns, "l.tsv");
  REQUIRE(all.cases.size() == 2);
  CHECK(all.cases[0].labels[0].value == "de");
}

TEST_CASE("a table that is wrong is told with file and line") {
  CHECK_THROWS_WITH(table("label,text\na,\"b\n", sentiment()), Contains("l.csv:2: a quotation mark is not closed"));
  CHECK_THROWS_WITH(table("label,text\na,b,c\n", sentiment()), Contains("l.csv:2: 3 cells, but 2 columns"));
  CHECK_THROWS_WITH(table("lable,text\na,b\n", sentiment()), Contains("there is no column 'label'"));
  Columns columns = sentiment();
  columns.rename = {"x"};
  CHECK_THROWS_WITH(table("label,text\na,b\n", columns), Contains("OLD=NEW"));
}
