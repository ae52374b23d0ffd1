// configs/alerts.yaml as it stands, with receivers and without.
#include <stdlib.h>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "at_work.hpp"
#include "receiver/http_receiver.hpp"
#include "receiver/line_receiver.hpp"
#include "receiver/smtp_receiver.hpp"

namespace {

using receiver::HttpReceiver;
using receiver::LineReceiver;
using receiver::Request;
using receiver::SmtpReceiver;

void send_to(const HttpReceiver& http, const std::string& smtp, unsigned short syslog) {
  ::setenv("EARSHOT_HOOK_URL", http.url("/earshot").c_str(), 1);
  ::setenv("EARSHOT_CHAT_URL", http.url("/slack").c_str(), 1);
  ::setenv("EARSHOT_TICKETS_URL", http.url("/tickets").c_str(), 1);
  ::setenv("EARSHOT_PAGER_URL", http.url("/pager").c_str(), 1);
  ::setenv("EARSHOT_SMTP_URL", smtp.c_str(), 1);
  ::setenv("EARSHOT_SYSLOG", ("tcp://127.0.0.1:" + std::to_string(syslog)).c_str(), 1);
}

std::size_t count_at(const HttpReceiver& http, const std::string& path) {
  std::size_t count = 0;
  for (const Request& r : http.requests()) count += r.target == path ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("configs/alerts.yaml runs where nobody listens, tells what waits, and delivers it once somebody does") {
  const AtWork work;
  std::filesystem::create_directory_symlink(EARSHOT_SOURCE_DIR "/configs", work.path() / "configs");
  {
    HttpReceiver nobody;
    nobody.stop();
    send_to(nobody, "smtp://127.0.0.1:1", 1);
    const Ended ended = work.earshot("run --quiet configs/alerts.yaml");
    INFO(ended.output);
    REQUIRE(ended.status == 0);
  }
  CHECK(has(work.read("var/alerts/alerts.log"), " alert "));  // this one has needed nobody
  const Ended listed = work.earshot("alerts list --all --pipeline configs/alerts.yaml");
  INFO(listed.output);
  REQUIRE(listed.status == 0);
  CHECK(has(listed.output, "channel desk (email): "));
  CHECK(has(listed.output, "channel hook (webhook): "));

  HttpReceiver http;
  SmtpReceiver smtp;
  LineReceiver syslog;
  send_to(http, smtp.url(), syslog.port());
  // Each run goes on delivering for a second only, and the next attempt may be due some seconds later.
  for (int i = 0; i < 60 && (count_at(http, "/earshot") == 0 || syslog.bytes().empty()); ++i) {
    const Ended ended = work.earshot("run --quiet configs/alerts.yaml");
    INFO(ended.output);
    REQUIRE(ended.status == 0);
  }
  REQUIRE(count_at(http, "/earshot") > 0);
  CHECK(has(syslog.bytes(), "[earshot@32473 key="));
  for (const Request& r : http.requests()) {
    INFO(r.target << " " << r.body);
    CHECK(r.headers.count("x-earshot-signature") == (r.target == "/earshot" ? 1u : 0u));
    CHECK(r.headers.count("idempotency-key") == 1);
    CHECK_NOTHROW(boost::json::parse(r.body));
  }
}
