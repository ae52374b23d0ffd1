// The forms of chat and paging services: what they must have, what they must not hold, and how long they may be.
#include "webhook/forms.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "../alert_samples.hpp"
#include "alert_book/alert.hpp"

using namespace earshot::webhook;
using namespace earshot::delivery;
using Catch::Contains;
using earshot::alert_book::Life;
using earshot::alert_book::Route;

namespace json = boost::json;

namespace {

const Zone kZone("UTC");

Envelope message(Purpose purpose, std::size_t count = 1, std::uint32_t severity = 7, Life life = Life::open) {
  std::vector<Route> routes;
  for (std::size_t i = 0; i < count; ++i) {
    earshot::testing::TestAlert said;
    said.kind = "spike", said.subject = "acme" + std::to_string(i);
    said.start = earshot::testing::at("2026-05-01T10:00:00Z"), said.end = earshot::testing::at("2026-05-01T12:00:00Z");
    earshot::testing::fill(said, severity);
    std::pmr::monotonic_buffer_resource memory;
    Route& route = routes.emplace_back();
    route.alert = earshot::alert_book::alert_of(*freeze(said, memory));
    route.alert.life = life, route.alert.life_by = life == Life::open ? "" : "ana <b>@here*";
  }
  std::vector<const Route*> all;
  for (const Route& route : routes) all.push_back(&route);
  const LinkMaker links{"https://watch.example.org", std::string(32, 'k'), "chat"};
  return read_envelope(
      content_of({"key-1", "watch", "chat", purpose, severity >= 9, 1'777'636'800'000'000'000}, all, links));
}

// Every text in it, wherever it stands.
void texts(const json::value& value, std::vector<std::string>& all) {
  if (value.is_string()) all.emplace_back(value.get_string());
  if (value.is_array())
    for (const json::value& item : value.get_array()) texts(item, all);
  if (value.is_object())
    for (const auto& item : value.get_object()) texts(item.value(), all);
}
std::vector<std::string> texts(const std::string& body) {
  std::vector<std::string> all;
  texts(json::parse(body), all);
  return all;
}

bool has_control(std::string_view text, bool lines) {
  for (const char c : text)
    if (c >= 0 && c < 0x20 && !(lines && c == '\n')) return true;
  return text.find("\xE2\x80\xAE") != std::string_view::npos;
}

}  // namespace

TEST_CASE("slack: header, sentence, posts and links, with nothing that is a mention or a link of a post's") {
  const std::string body = slack(message(Purpose::alert), kZone);
  const json::object map = json::parse(body).as_object();
  const json::array& blocks = map.at("blocks").as_array();
  CHECK(blocks.at(0).as_object().at("type") == "header");
  CHECK(blocks.at(0).as_object().at("text").as_object().at("text") == "New alert: acme0, spike, severity 7");
  CHECK(map.at("unfurl_links") == false);
  for (const std::string& text : texts(body)) {
    INFO(text);
    CHECK_THAT(text, !Contains("<!") && !Contains("<script") && !Contains("<b>") && !Contains("<javascript"));
    CHECK_FALSE(has_control(text, false));
  }
  CHECK_THAT(body, Contains("&lt;!channel&gt;") && Contains("|Acknowledge>") && Contains("%7Cc|post>"));
}

TEST_CASE("slack: no text is longer, and no more blocks come than are taken") {
  const json::object map = json::parse(slack(message(Purpose::digest, most_alerts(Form::slack)), kZone)).as_object();
  CHECK(map.at("blocks").as_array().size() <= 50);
  for (const json::value& block : map.at("blocks").as_array()) {
    const json::object& b = block.as_object();
    if (b.contains("elements")) CHECK(b.at("elements").as_array().size() <= 10);
    if (b.contains("text")) {
      const std::size_t most = b.at("type") == "header" ? 150 : 3000;
      CHECK(b.at("text").as_object().at("text").as_string().size() <= most);
    }
  }
}

TEST_CASE("teams: an Adaptive Card whose runs of text are not read as Markdown, in 28 KB") {
  const std::string body = teams(message(Purpose::update, most_alerts(Form::teams)), kZone);
  CHECK(body.size() <= 28'000);
  const json::object map = json::parse(body).as_object();
  CHECK(map.at("type") == "message");
  const json::object& attachment = map.at("attachments").as_array().at(0).as_object();
  CHECK(attachment.at("contentType") == "application/vnd.microsoft.card.adaptive");
  const json::object& card = attachment.at("content").as_object();
  CHECK(card.at("type") == "AdaptiveCard");
  for (const json::value& block : card.at("body").as_array()) {
    const auto type = block.as_object().at("type").as_string();
    CHECK((type == "RichTextBlock" || type == "ActionSet"));
  }
  for (const std::string& text : texts(body)) CHECK_FALSE(has_control(text, false));
}

TEST_CASE("discord: no mention works, Markdown is escaped, and 6,000 characters are not passed") {
  for (const std::size_t count : {std::size_t{1}, most_alerts(Form::discord)}) {
    const std::string body = discord(message(Purpose::alert, count), kZone);
    const json::object map = json::parse(body).as_object();
    CHECK(map.at("allowed_mentions").as_object().at("parse").as_array().empty());
    CHECK(map.at("content").as_string().size() <= 2000);
    CHECK(map.at("embeds").as_array().size() <= 10);
    std::size_t size = 0;
    for (const json::value& embed : map.at("embeds").as_array()) {
      const json::object& e = embed.as_object();
      CHECK(e.at("title").as_string().size() <= 256);
      CHECK(e.at("description").as_string().size() <= 4096);
      CHECK(e.at("fields").as_array().size() <= 25);
      size += e.at("title").as_string().size() + e.at("description").as_string().size();
      for (const json::value& field : e.at("fields").as_array()) {
        CHECK(field.as_object().at("value").as_string().size() <= 1024);
        size += field.as_object().at("name").as_string().size() + field.as_object().at("value").as_string().size();
      }
    }
    CHECK(size <= 6000);
    CHECK_THAT(body, !Contains("@everyone") && !Contains("@here") && !Contains("](javascript"));
  }
}

TEST_CASE("mattermost: Markdown is escaped, no mention works, and the text is not too long") {
  const std::string body = mattermost(message(Purpose::reminder, most_alerts(Form::mattermost)), kZone);
  const std::string text(json::parse(body).as_object().at("text").as_string());
  CHECK(text.size() <= 16'383);
  CHECK_THAT(text, !Contains("@everyone") && !Contains("@here") && !Contains("[link]("));
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1))
    CHECK(text.substr(at - 1, 2) == "\\<");
  CHECK_FALSE(has_control(text, true));
  CHECK_THAT(text, Contains("[Acknowledge](https://watch.example.org/alerts/"));
}

TEST_CASE("pagerduty: an alert triggers, what a person does acknowledges and resolves it, by one key") {
  const auto event = [](const Envelope& e) { return json::parse(pagerduty(e, kZone, "routing")).as_object(); };
  const json::object trigger = event(message(Purpose::alert, 1, 9));
  CHECK(trigger.at("event_action") == "trigger");
  CHECK(trigger.at("routing_key") == "routing");
  const json::object& payload = trigger.at("payload").as_object();
  CHECK(payload.at("severity") == "critical");
  CHECK(payload.at("summary").as_string().size() <= 1024);
  CHECK(payload.at("source") == "watch");
  CHECK(payload.at("timestamp").is_string());
  CHECK(trigger.at("dedup_key").as_string().size() <= 255);
  CHECK(trigger.at("links").as_array().size() == 1);  // the other is no URL
  const json::object acknowledge = event(message(Purpose::acknowledged, 1, 9, Life::acknowledged));
  const json::object resolve = event(message(Purpose::closed, 1, 9, Life::closed));
  CHECK(acknowledge.at("event_action") == "acknowledge");
  CHECK(resolve.at("event_action") == "resolve");
  CHECK(acknowledge.at("dedup_key") == trigger.at("dedup_key"));
  CHECK(resolve.at("dedup_key") == trigger.at("dedup_key"));
  CHECK_FALSE(resolve.contains("payload"));
  CHECK(event(message(Purpose::reminder, 1, 4)).at("payload").as_object().at("severity") == "warning");
}

TEST_CASE("a closed alert has no link to close it") {
  CHECK_THAT(slack(message(Purpose::closed, 1, 7, Life::closed), kZone), !Contains("|Close>") && Contains("|Look>"));
}
