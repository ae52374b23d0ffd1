#include "webhook/forms.hpp"

#include <boost/json.hpp>
#include <functional>

#include "delivery/words.hpp"
#include "post/time.hpp"

namespace earshot::webhook {

namespace json = boost::json;
using namespace delivery;
using alert_book::Life;

namespace {

std::string time_text(ear_time time) {
  char text[post::kTimeText];
  return {text, post::write_time(text, time)};
}

// Links of one alert, by their names.
std::vector<std::pair<std::string, std::string>> links_of(const Item& item) {
  if (item.links.view.empty()) return {};
  std::vector<std::pair<std::string, std::string>> all{{"Look", item.links.view}};
  if (item.alert.life == Life::open) all.emplace_back("Acknowledge", item.links.acknowledge);
  if (item.alert.life != Life::closed)
    all.emplace_back("Close", item.links.close), all.emplace_back("Mute", item.links.mute);
  return all;
}

// Written with ever fewer quotes until it is no longer than the receiver takes.
std::string fitting(std::size_t bytes, const std::function<json::value(std::size_t quotes)>& write) {
  std::string text;
  for (const std::size_t quotes : {3, 2, 1, 0}) {
    text = json::serialize(write(quotes));
    if (text.size() <= bytes) break;
  }
  return text;
}

// ---- Slack: https://docs.slack.dev/messaging/formatting-message-text; a header has 150 characters, a text 3,000

std::string slack_character(std::string_view c) {
  return c == "&" ? "&amp;" : c == "<" ? "&lt;" : c == ">" ? "&gt;" : std::string(c);
}
std::string slack_text(std::string_view text, std::size_t bytes) {
  return escaped(text, bytes, slack_character);
}
json::object slack_plain(std::string_view text, std::size_t bytes) {
  return {{"type", "plain_text"}, {"text", slack_text(line(text, bytes), bytes)}, {"emoji", false}};
}

// What is written here, without anything from outside but text that cannot be markup.
std::string slack_facts(const Item& item, const Zone& zone) {
  std::string text;
  for (const auto& [name, value] : facts(item, zone))
    text += (text.empty() ? "" : "  ·  ") + name + " " + line(value, 200);
  return text;
}
std::string slack_links(const Item& item) {
  std::string text;
  for (const auto& [name, url] : links_of(item))
    text.append(text.empty() ? "<" : "  ·  <").append(slack_text(url, 2000)).append("|").append(name).append(">");
  return text;
}

void slack_item(json::array& blocks, const Item& item, const Zone& zone, std::size_t quotes) {
  blocks.push_back(json::object{{"type", "section"}, {"text", slack_plain(sentence(item), 1000)}});
  json::array context{slack_plain(slack_facts(item, zone), 1500)};
  for (std::size_t i = 0; i < item.quotes.size() && i < quotes; ++i) {
    const Quote& quote = item.quotes[i];
    context.push_back(slack_plain(speaker(quote) + ": “" + line(quote.text, 250) + "”", 1500));
    if (const std::string url = safe_url(quote.url); !url.empty())
      context.push_back(json::object{{"type", "mrkdwn"}, {"text", "<" + slack_text(url, 2500) + "|post>"}});
  }
  blocks.push_back(json::object{{"type", "context"}, {"elements", std::move(context)}});
  if (const std::string links = slack_links(item); !links.empty())
    blocks.push_back(json::object{{"type", "section"}, {"text", json::object{{"type", "mrkdwn"}, {"text", links}}}});
}

// ---- Markdown, as Discord and Mattermost read it

std::string markdown_character(std::string_view c) {
  // A mention is found in the text whatever stands before it, so the name is parted from its sign.
  if (c == "@") return "@\u200B";
  const bool markup = c.size() == 1 && std::string_view("\\`*_{}[]()<>#+-.!|~:>").find(c[0]) != std::string_view::npos;
  return markup ? "\\" + std::string(c) : std::string(c);
}
std::string markdown(std::string_view text, std::size_t bytes) {
  return escaped(text, bytes, markdown_character);
}
std::string markdown_quotes(const Item& item, std::size_t quotes) {
  std::string text;
  for (std::size_t i = 0; i < item.quotes.size() && i < quotes; ++i) {
    const Quote& quote = item.quotes[i];
    text += "\n> " + markdown(line(speaker(quote), 100), 300) + ": " + markdown(line(quote.text, 250), 700);
    if (const std::string url = safe_url(quote.url); !url.empty() && url.size() < 300) text += " [post](" + url + ")";
  }
  return text;
}
std::string markdown_links(const Item& item) {
  std::string text;
  for (const auto& [name, url] : links_of(item)) text += (text.empty() ? "[" : " · [") + name + "](" + url + ")";
  return text;
}

constexpr int colour(std::uint32_t severity) {
  return severity >= 9 ? 0xB3261E : severity >= 6 ? 0xE0761B : severity >= 3 ? 0xD9A800 : 0x4A7BB5;
}

json::object discord_embed(const Item& item, const Zone& zone, std::size_t quotes, std::size_t bytes) {
  json::object embed{{"title", markdown(line(about(item.alert) + ": " + item.alert.kind, 100), 250)},
                     {"color", item.alert.life == Life::closed ? 0x5B8C5A : colour(item.alert.severity)},
                     {"timestamp", time_text(item.alert.raised)}};
  if (!item.links.view.empty()) embed["url"] = item.links.view;
  std::string text = markdown(line(sentence(item), 500), bytes / 3);
  if (const std::string said = markdown_quotes(item, quotes); text.size() + said.size() < bytes) text += said;
  if (const std::string links = markdown_links(item); text.size() + links.size() + 1 < 4096) text += "\n" + links;
  embed["description"] = text;
  json::array fields;
  for (const auto& [name, value] : facts(item, zone))
    fields.push_back(json::object{{"name", name}, {"value", markdown(line(value, 100), 300)}, {"inline", true}});
  embed["fields"] = std::move(fields);
  return embed;
}

// ---- Teams: an Adaptive Card. A RichTextBlock shows its runs as they are, where a TextBlock reads Markdown.

json::object card_text(std::string_view text, std::size_t characters, const char* size, bool strong) {
  json::object run{{"type", "TextRun"}, {"text", line(text, characters)}, {"size", size}};
  if (strong) run["weight"] = "Bolder";
  return {{"type", "RichTextBlock"}, {"inlines", json::array{run}}, {"separator", strong}};
}

void card_item(json::array& body, const Item& item, const Zone& zone, std::size_t quotes) {
  body.push_back(card_text(sentence(item), 500, "Default", true));
  for (const auto& [name, value] : facts(item, zone))
    body.push_back(card_text(name + ": " + line(value, 200), 250, "Small", false));
  for (std::size_t i = 0; i < item.quotes.size() && i < quotes; ++i)
    body.push_back(
        card_text(speaker(item.quotes[i]) + ": “" + line(item.quotes[i].text, 250) + "”", 400, "Small", false));
  json::array actions;
  for (const auto& [name, url] : links_of(item))
    actions.push_back(json::object{{"type", "Action.OpenUrl"}, {"title", name}, {"url", url}});
  if (!actions.empty()) body.push_back(json::object{{"type", "ActionSet"}, {"actions", std::move(actions)}});
}

}  // namespace

std::string slack(const Envelope& envelope, const Zone& zone) {
  return fitting(100'000, [&](std::size_t quotes) {
    json::array blocks{json::object{{"type", "header"},
                                    {"text", slack_plain((envelope.urgent ? "Urgent. " : "") + title(envelope), 140)}}};
    for (const Item& item : envelope.items) slack_item(blocks, item, zone, quotes);
    return json::object{{"text", slack_text(line(title(envelope), 300), 1000)},
                        {"blocks", std::move(blocks)},
                        {"unfurl_links", false},
                        {"unfurl_media", false}};
  });
}

std::string teams(const Envelope& envelope, const Zone& zone) {
  return fitting(27'000, [&](std::size_t quotes) {
    json::array body{card_text((envelope.urgent ? "Urgent. " : "") + title(envelope), 200, "Large", true)};
    for (const Item& item : envelope.items) card_item(body, item, zone, quotes);
    json::object card{{"$schema", "http://adaptivecards.io/schemas/adaptive-card.json"},
                      {"type", "AdaptiveCard"},
                      {"version", "1.4"},
                      {"body", std::move(body)}};
    json::object attachment{{"contentType", "application/vnd.microsoft.card.adaptive"},
                            {"contentUrl", nullptr},
                            {"content", std::move(card)}};
    return json::object{{"type", "message"}, {"attachments", json::array{std::move(attachment)}}};
  });
}

// All embeds together have at most 6,000 characters, titles and fields with them.
std::string discord(const Envelope& envelope, const Zone& zone) {
  const std::size_t bytes = 4000 / std::max<std::size_t>(1, envelope.items.size());
  json::array embeds;
  for (const Item& item : envelope.items)
    embeds.push_back(discord_embed(item, zone, envelope.items.size() == 1 ? 3 : 1, bytes));
  return json::serialize(
      json::object{{"content", markdown(line((envelope.urgent ? "Urgent. " : "") + title(envelope), 300), 1900)},
                   {"embeds", std::move(embeds)},
                   {"allowed_mentions", json::object{{"parse", json::array{}}}}});
}

std::string mattermost(const Envelope& envelope, const Zone& zone) {
  return fitting(15'000, [&](std::size_t quotes) {
    std::string text = "#### " + markdown(line((envelope.urgent ? "Urgent. " : "") + title(envelope), 200), 600);
    for (const Item& item : envelope.items) {
      text += "\n\n**" + markdown(line(sentence(item), 400), 1200) + "**\n";
      std::string all;
      for (const auto& [name, value] : facts(item, zone))
        all += (all.empty() ? "" : " · ") + name + " " + markdown(line(value, 150), 450);
      text += all + "\n" + markdown_quotes(item, quotes);
      if (const std::string links = markdown_links(item); !links.empty()) text += "\n\n" + links;
    }
    return json::object{{"text", text}};
  });
}

// https://developer.pagerduty.com/docs/events-api-v2: an event's summary has 1,024 characters, its key 255.
std::string pagerduty(const Envelope& envelope, const Zone& zone, std::string_view routing_key) {
  const Item& item = envelope.items.at(0);
  const alert_book::Alert& a = item.alert;
  const char* action = envelope.purpose == Purpose::closed         ? "resolve"
                       : envelope.purpose == Purpose::acknowledged ? "acknowledge"
                                                                   : "trigger";
  json::object event{{"routing_key", routing_key},
                     {"event_action", action},
                     {"dedup_key", line("earshot/" + envelope.pipeline, 200) + "/" + a.id},
                     {"client", "Earshot"}};
  if (envelope.purpose == Purpose::closed || envelope.purpose == Purpose::acknowledged) return json::serialize(event);
  json::object details;
  for (const auto& [name, value] : facts(item, zone)) details[name] = line(value, 300);
  json::array posts, links;
  for (const Quote& quote : item.quotes) {
    posts.push_back(json::string(line(speaker(quote) + ": " + line(quote.text, 400), 600)));
    if (const std::string url = safe_url(quote.url); !url.empty() && links.size() < 5)
      links.push_back(json::object{{"href", url}, {"text", line(speaker(quote), 100)}});
  }
  details["Posts"] = std::move(posts);
  const char* severity = a.severity >= 9   ? "critical"
                         : a.severity >= 6 ? "error"
                         : a.severity >= 3 ? "warning"
                                           : "info";
  event["payload"] = json::object{{"summary", line(sentence(item), 1000)},
                                  {"source", line(envelope.pipeline, 200)},
                                  {"severity", envelope.urgent ? "critical" : severity},
                                  {"timestamp", time_text(a.raised)},
                                  {"component", a.detector},
                                  {"group", a.subject},
                                  {"class", a.kind},
                                  {"custom_details", std::move(details)}};
  if (!item.links.view.empty()) event["client_url"] = item.links.view;
  if (!links.empty()) event["links"] = std::move(links);
  return json::serialize(event);
}

std::size_t most_alerts(Form form) {
  switch (form) {
    case Form::pagerduty:
      return 1;
    case Form::discord:
      return 4;
    case Form::teams:
      return 6;
    case Form::slack:
    case Form::mattermost:
      return 10;
    default:
      return 50;
  }
}

}  // namespace earshot::webhook
