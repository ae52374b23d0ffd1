// /health and /metrics of a real run, at the address that the file `door` in the state folder tells.
#include <catch2/catch.hpp>

#include "../unit/observe/client.hpp"
#include "posts.hpp"
#include "stores.hpp"

namespace {

// Waits for the door at first.
std::string ask(const Folder& folder, const std::string& target) {
  std::string address;
  REQUIRE(wait_until([&] { return !(address = folder.read("found.state/door")).empty(); }));
  return fetch(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))), target);
}

double metric(const std::string& text, const std::string& name) {
  const std::size_t at = text.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
}

}  // namespace

TEST_CASE("a run that works is healthy and counts what passes") {
  Folder folder;
  write_posts(folder, 6000);
  Process process({"run", "--quiet", write_pipeline(folder, "found", {.rate = 1000})}, folder / "found.log");
  REQUIRE(wait_until(
      [&] { return metric(ask(folder, "/metrics"), R"(earshot_posts_sent_total{component="store"})") > 100; }));
  const std::string health = ask(folder, "/health");
  CHECK(status(health) == 200);
  CHECK(body(health).find(R"("status":"ok")") != std::string::npos);
  const std::string text = ask(folder, "/metrics");
  for (const char* name :
       {R"(earshot_posts_received_total{component="mentions"})", R"(earshot_posts_sent_total{component="alpha"})",
        R"(earshot_findings_total{component="mentions"})"}) {
    INFO(name);
    CHECK(metric(text, name) > 0);
  }
  CHECK(process.lives());
}

TEST_CASE("a sink that cannot go on makes the run unhealthy and is named, while the others go on") {
  Folder folder;
  write_posts(folder, 4000);
  const std::string sulky =
      "  sulky: {plugin: sulky, from: unusual, path: " + folder / "ids" + ", refuse_after: 3, required: false}\n";
  Process process({"run", "--quiet", write_pipeline(folder, "found", {.rate = 500, .sinks = sulky})},
                  folder / "found.log");
  std::string health;
  REQUIRE(wait_until([&] { return status(health = ask(folder, "/health")) != 200; }));
  INFO(health);
  CHECK(status(health) == 503);
  CHECK(health.find(R"("component":"sulky")") != std::string::npos);
  CHECK(health.find("the key is refused") != std::string::npos);
  CHECK(process.wait().code == 0);
  CHECK(one(folder / "found.db", "SELECT count(*) FROM posts") == "4000");
}

TEST_CASE("a required sink that cannot go on ends the run with 3 and is named") {
  Folder folder;
  write_posts(folder, 2000);
  const std::string sulky = "  sulky: {plugin: sulky, from: unusual, path: " + folder / "ids" + ", refuse_after: 3}\n";
  const Ended ended =
      run({"run", "--quiet", write_pipeline(folder, "found", {.rate = 500, .sinks = sulky})}, folder / "found.log");
  INFO(folder.read("found.log"));
  CHECK(ended.code == 3);
  CHECK(folder.read("found.log").find("sulky: ") != std::string::npos);
}
