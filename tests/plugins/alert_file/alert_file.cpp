// The sink alert_file, driven through its table.
#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "../alerting.hpp"

using namespace earshot::testing;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t begin = 0, end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
    all.push_back(text.substr(begin, end - begin));
  return all;
}

}  // namespace

TEST_CASE("each alert, and what came of it, is a line of JSON") {
  const Folder folder;
  Alerting file("alert_file", {{"path", folder / "logs/alerts.ndjson"}});
  file.raise("acme"), file.raise("rival");
  REQUIRE(file.sent(2));
  file.raise("acme", 7, 2, true);
  REQUIRE(file.sent(3));
  const auto all = lines(folder.read("logs/alerts.ndjson"));
  REQUIRE(all.size() == 3);
  CHECK(boost::json::parse(all[0]).at("alerts").at(0).at("subject") == "acme");
  CHECK(boost::json::parse(all[2]).at("purpose") == "closed");
}

TEST_CASE("as text an alert is one line, whatever its summary holds") {
  const Folder folder;
  Alerting file("alert_file", {{"path", folder / "alerts.log"}, {"form", "text"}});
  file.raise("acme");
  REQUIRE(file.sent(1));
  const auto all = lines(folder.read("alerts.log"));
  REQUIRE(all.size() == 1);
  CHECK_THAT(all[0], Catch::StartsWith("2026-05-01T12:00:00Z alert acme spike severity 7: acme: 143 mentions"));
  CHECK(all[0].find('\x1B') == std::string::npos);
}

TEST_CASE("a file that cannot be written is tried again, and nothing is lost") {
  const Folder folder;
  folder.write("wall", "a file where a folder is wanted");
  Alerting file("alert_file", {{"path", folder / "wall/alerts.log"}});
  file.raise("acme");
  REQUIRE(comes([&] { return file.sink.metric("attempts_failed") >= 1; }));
  std::filesystem::remove(folder / "wall");
  CHECK(comes([&] {
    file.sink.now(file.sink.now() + 200ms);
    return file.sink.metric("messages_sent") == 1;
  }));
  CHECK(lines(folder.read("wall/alerts.log")).size() == 1);
}

TEST_CASE("a file that somebody moves away is begun anew") {
  const Folder folder;
  Alerting file("alert_file", {{"path", folder / "alerts.log"}});
  file.raise("acme");
  REQUIRE(file.sent(1));
  std::filesystem::rename(folder / "alerts.log", folder / "alerts.1");
  file.raise("rival");
  REQUIRE(file.sent(2));
  CHECK(lines(folder.read("alerts.1")).size() == 1);
  CHECK(lines(folder.read("alerts.log")).size() == 1);
}
