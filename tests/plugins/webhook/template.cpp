// Templates: fields, lists and conditions, and nothing raw.
#include "webhook/template.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "earshot/error.hpp"

using namespace earshot::webhook;
using Catch::Contains;

namespace {

const boost::json::value kMessage = boost::json::parse(
    R"({"title":"5 \"new\" alerts\n<b>","count":2,"urgent":false,"share":31.25,"none":null,"empty":[],
        "alerts":[{"subject":"acme","links":{"view":"https://e.org/?a=b&c"}},{"subject":"rival"}]})");

std::string written(std::string_view text, Escape escape = Escape::json) {
  return Template(text, escape).write(kMessage);
}

}  // namespace

TEST_CASE("a field is put in, escaped for JSON") {
  CHECK(written(R"({"t":"{{title}}","n":{{ count }},"u":{{urgent}},"s":{{share}}})") ==
        R"({"t":"5 \"new\" alerts\n<b>","n":2,"u":false,"s":31.2})");
}

TEST_CASE("a field is escaped for HTML, for a form and for plain text") {
  CHECK(written("{{title}}", Escape::html) == "5 &quot;new&quot; alerts\n&lt;b&gt;");
  CHECK(written("t={{title}}", Escape::form) == "t=5%20%22new%22%20alerts%0A%3Cb%3E");
  CHECK(written("{{title}}", Escape::text) == "5 \"new\" alerts\n<b>");
  CHECK(escape_for("application/json; charset=utf-8") == Escape::json);
  CHECK(escape_for("application/xml") == Escape::html);
  CHECK(escape_for("application/x-www-form-urlencoded") == Escape::form);
  CHECK(escape_for("text/plain") == Escape::text);
}

TEST_CASE("a list is written item by item, with first and last known") {
  CHECK(written(R"([{{#alerts}}"{{subject}} of {{count}}"{{^last}},{{/last}}{{/alerts}}])") ==
        R"(["acme of 2","rival of 2"])");
  CHECK(written("{{#alerts}}{{#first}}>{{/first}}{{subject}} {{/alerts}}") == ">acme rival ");
  CHECK(written("{{#alerts}}{{#links}}{{view}}{{/links}}{{/alerts}}") == "https://e.org/?a=b&c");
  CHECK(written("{{#alerts}}{{links.view}};{{/alerts}}") == "https://e.org/?a=b&c;;");
}

TEST_CASE("what is not there, empty, false or nothing is not so") {
  for (const char* field : {"nobody", "none", "empty", "urgent"}) {
    const std::string name(field);
    CHECK(written("{{#" + name + "}}yes{{/" + name + "}}{{^" + name + "}}no{{/" + name + "}}") == "no");
  }
  CHECK(written("{{#count}}yes{{/count}}{{! a comment }}") == "yes");
  CHECK(written("a{{nobody.at.all}}b") == "ab");
}

TEST_CASE("a map or list as a field is JSON, escaped once more") {
  CHECK(written(R"("{{alerts}}")") ==
        R"("[{\"subject\":\"acme\",\"links\":{\"view\":\"https://e.org/?a=b&c\"}},{\"subject\":\"rival\"}]")");
}

TEST_CASE("what is put in is not read as a template again") {
  const boost::json::value message = boost::json::parse(R"({"a":"{{b}} {{#a}}","b":"secret"})");
  CHECK(Template("{{a}}", Escape::text).write(message) == "{{b}} {{#a}}");
}

TEST_CASE("a template that cannot be read is refused with the place") {
  const auto fault = [](std::string_view text) {
    try {
      Template(text, Escape::json);
    } catch (const earshot::Error& error) {
      return std::to_string(error.offset) + ": " + error.what();
    }
    return std::string("none");
  };
  CHECK_THAT(fault("abc {{title"), Contains("4: ") && Contains("does not close"));
  CHECK_THAT(fault("{{#alerts}}x"), Contains("'alerts'") && Contains("does not close"));
  CHECK_THAT(fault("x{{/alerts}}"), Contains("1: ") && Contains("not open"));
  CHECK_THAT(fault("{{#a}}{{#b}}{{/a}}{{/b}}"), Contains("not open"));
  CHECK_THAT(fault("{{}}"), Contains("no name"));
  CHECK_THAT(fault("{{{title}}}"), Contains("no name"));
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "{{#a}}";
  CHECK_THAT(fault(deep), Contains("too deep"));
}

TEST_CASE("a template that multiplies lists ends at a megabyte") {
  boost::json::array list(2000, "0123456789");
  const boost::json::value message = boost::json::object{{"l", list}};
  CHECK_THROWS_WITH(Template("{{#l}}{{#l}}{{l}}{{/l}}{{/l}}", Escape::text).write(message), Contains("1 MiB"));
}
