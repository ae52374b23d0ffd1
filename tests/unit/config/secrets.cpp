// No secret is seen in anything that the config says of itself.
#include <catch2/catch.hpp>

#include <algorithm>

#include "fakes.hpp"

using namespace earshot::host;
using namespace earshot::host::testing;

namespace {

const std::string kSecret = "hunter2-very-secret";
const std::string kStore = "sinks:\n  store: {plugin: sqlite, from: toots, path: acme.db}\n";

FakeText secrets() {
  FakeText source;
  source.variables["TOKEN"] = kSecret;
  source.files["token"] = kSecret + "\n";
  return source;
}

bool shows(const Value& value) {
  if (value.text.find(kSecret) != std::string::npos || value.key.find(kSecret) != std::string::npos) return true;
  for (const Value& item : value.items)
    if (shows(item)) return true;
  return false;
}

void check_hidden(const ConfigResult& result) {
  CHECK(result.diagnostics.text(true).find("hunter2") == std::string::npos);
  CHECK(result.diagnostics.json().find("hunter2") == std::string::npos);
  if (!result.plan) return;
  CHECK_FALSE(shows(result.plan->config));
  for (const auto* part : {&result.plan->sources, &result.plan->sinks})
    for (const ComponentPlan& component : *part)
      for (const Value& value : component.values)
        if (value.type == EAR_SECRET) CHECK_FALSE(shows(value));
}

// In each way that a secret is written, with something wrong or not right beside it.
const std::string kForms[] = {"${TOKEN}", "${file:token}", kSecret, "'" + kSecret + "'", "prefix-${TOKEN}"};

std::string pipeline(const std::string& options, const std::string& more = "") {
  return "sources:\n  toots: {plugin: mastodon, instance: https://m.example, " + options + "}\n" + more + kStore;
}

}  // namespace

TEST_CASE("A secret arrives under the name of its option, and nowhere else") {
  for (const std::string& form : {kForms[0], kForms[1], kForms[2]}) {
    INFO(form);
    const ConfigResult result = read(pipeline("token: " + form), secrets());
    INFO(result.diagnostics.text(false));
    REQUIRE(result.plan);
    CHECK(result.plan->secrets.at("sources.toots.token") == kSecret);
    CHECK(result.plan->sources[0].values[1].text == "sources.toots.token");
    check_hidden(result);
  }
}

TEST_CASE("No message shows a secret, whatever is wrong around it") {
  for (const std::string& form : kForms) {
    INFO(form);
    for (const std::string& options :
         {"token: " + form + ", limit: many", "tokem: " + form, "token: [" + form + "]", "token: {a: " + form + "}",
          "tokens: [" + form + ", []]", "token: a, token: " + form, "token: " + form + ", token: " + form,
          "api_key: " + form, "password: {inner: " + form + "}", "token: " + form + ", nonsense: 1"}) {
      INFO(options);
      const ConfigResult result = read(pipeline(options), secrets());
      CHECK_FALSE(result.diagnostics.ok());
      check_hidden(result);
    }
  }
}

TEST_CASE("No message shows a secret of a plugin that is not known") {
  for (const std::string& form : kForms) {
    check_hidden(read("sources:\n  toots: {plugin: mastodom, token: " + form + "}\n" + kStore, secrets()));
    check_hidden(read("sources:\n  toots: {plugin: nothing, token: " + form + "}\n" + kStore, secrets()));
    check_hidden(read("sources:\n  toots: {token: " + form + "}\n" + kStore, secrets()));
  }
}

TEST_CASE("No message shows a secret when the file is not YAML") {
  for (const char* rest : {"", ", [}", ": b: c", "\n\tx"})
    check_hidden(read("sources:\n  toots: {plugin: mastodon, token: " + kSecret + rest + "\n", secrets()));
  check_hidden(read("sources:\n  toots:\n    token: \"" + kSecret + "\n" + kStore, secrets()));
}

TEST_CASE("A secret on several lines hides all of them") {
  check_hidden(read("sources:\n  toots:\n    plugin: mastodon\n    instance: x\n    token: |\n      a\n      " +
                        kSecret + "\n" + kStore,
                    secrets()));
}

TEST_CASE("What ${file:} brings is secret in an option of any type") {
  const ConfigResult wrong = read(pipeline("limit: ${file:token}"), secrets());
  CHECK_FALSE(wrong.plan);
  check_hidden(wrong);
  const ConfigResult right = read("sources:\n  toots: {plugin: file, path: ${file:token}}\n" + kStore, secrets());
  REQUIRE(right.plan);
  CHECK(right.plan->sources[0].values[0].text == kSecret);
  check_hidden(right);
}

TEST_CASE("What a variable holds is not shown when it does not fit") {
  for (const std::string& options : {std::string("limit: ${TOKEN}"), std::string("since: ${TOKEN}")})
    check_hidden(read(pipeline(options), secrets()));
  check_hidden(read("workers: ${TOKEN}\nlisten: ${TOKEN}\n" + pipeline("token: x"), secrets()));
  check_hidden(read("watchlist: [{id: ${TOKEN}, names: []}]\n" + pipeline("token: x"), secrets()));
}

TEST_CASE("What a URL holds of secrets is shown nowhere, and the plugin gets the URL whole") {
  for (const std::string& url :
       {"https://bot:" + kSecret + "@hooks.example/a", "https://" + kSecret + "@hooks.example/",
        "https://hooks.example/a?x=1&access_token=" + kSecret, std::string("${URL}"),
        "https://hooks.example/a?sig=" + kSecret + "#top"}) {
    INFO(url);
    FakeText source = secrets();
    source.variables["URL"] = "https://hooks.example/a?key=" + kSecret;
    const std::string rest =
        "sources:\n  toots: {plugin: rss, urls: ['https://a.example/feed']}\nsinks:\n  hook: {plugin: webhook, from: "
        "toots, ";
    const ConfigResult right = read(rest + "url: '" + url + "'}\n", source);
    INFO(right.diagnostics.text(false));
    REQUIRE(right.plan);
    CHECK(right.plan->sinks[0].values[0].text == (url == "${URL}" ? source.variables["URL"] : url));
    check_hidden(right);
    CHECK(std::any_of(right.plan->secrets.begin(), right.plan->secrets.end(),
                      [](const auto& one) { return one.second == kSecret; }));  // so the log hides it
    check_hidden(read(rest + "url: '" + url + "', nonsense: 1}\n", source));
    check_hidden(read(rest + "url: ' " + url + "'}\n", source));
  }
}

TEST_CASE("A URL without a secret is shown when it is at fault") {
  const ConfigResult wrong =
      read("sources:\n  toots: {plugin: rss, urls: ['news.example/a?page=2']}\n" + kStore, secrets());
  CHECK(wrong.diagnostics.text(false).find("'news.example/a?page=2' is not a URL") != std::string::npos);
}

TEST_CASE("An empty secret is a fault") {
  FakeText source = secrets();
  source.variables["TOKEN"] = "";
  CHECK_FALSE(read(pipeline("token: ${TOKEN}"), source).plan);
}
