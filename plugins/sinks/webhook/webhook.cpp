// webhook: alerts as requests to a URL: as JSON, in the forms of chat and paging services, or by a user's template.
#include <sodium.h>

#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include <boost/json.hpp>
#include <earshot/services/http.hpp>

#include "delivery/sink.hpp"
#include "delivery/words.hpp"
#include "webhook/forms.hpp"
#include "webhook/template.hpp"

using earshot::webhook::Form;
enum class Method { post, put };

template <>
inline constexpr const char* earshot::choices<Form>[] = {"json",      "slack", "teams",    "discord", "mattermost",
                                                         "pagerduty", "plain", "template", nullptr};
template <>
inline constexpr const char* earshot::choices<Method>[] = {"POST", "PUT", nullptr};

namespace {

namespace delivery = earshot::delivery;
namespace webhook = earshot::webhook;
using delivery::Envelope;
using delivery::Outcome;

struct WebhookOptions : delivery::Options {
  earshot::Url url;
  Form form;
  std::optional<earshot::Secret> secret, routing_key, token;
  std::map<std::string, std::string> headers;
  std::optional<std::filesystem::path> template_file;
  std::string content_type;
  Method method;
  std::chrono::nanoseconds timeout;

  static constexpr auto schema() {
    using earshot::option;
    using O = WebhookOptions;
    return delivery::joined(
        earshot::schema(
            option<&O::url>("url", "Where requests go; one that is a secret itself is given as ${file:PATH}",
                            {.example = "https://hooks.example.org/earshot"}),
            option<&O::form>("form", "What the body is", {.fallback = "json"}),
            option<&O::secret>("secret", "Signs each request in the header X-Earshot-Signature",
                               {.example = "${EARSHOT_WEBHOOK_SECRET}"}),
            option<&O::routing_key>("routing_key", "form pagerduty: the integration key of the service there",
                                    {.example = "${PAGERDUTY_KEY}"}),
            option<&O::token>("token", "Sent as Authorization: Bearer", {.example = "${WEBHOOK_TOKEN}"}),
            option<&O::headers>("headers", "More headers", {.fallback = "{}", .example = "{X-Team: brand}"}),
            option<&O::template_file>("template", "form template: a file with the body and its {{fields}}",
                                      {.example = "templates/ticket.json"}),
            option<&O::content_type>("content_type",
                                     "form template: the type of the body, which says how fields are "
                                     "escaped",
                                     {.fallback = "application/json"}),
            option<&O::method>("method", "The method of requests", {.fallback = "POST"}),
            option<&O::timeout>("timeout", "How long an answer may take", {.fallback = "30s", .min = 0.1, .max = 300})),
        delivery::Options::schema());
  }
};

std::string read_file(const std::filesystem::path& path) {
  constexpr std::size_t kMost = 256 << 10;
  std::ifstream in(path, std::ios::binary);
  if (!in) throw earshot::invalid("the file '" + path.string() + "' cannot be read").at_option("template");
  std::string text(kMost + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMost)
    throw earshot::invalid("the file '" + path.string() + "' is larger than 256 KiB").at_option("template");
  return text;
}

std::string hmac_hex(std::string_view key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  unsigned char mac[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  crypto_auth_hmacsha256_final(&state, mac);
  char hex[2 * sizeof mac + 1];
  sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
  return hex;
}

class WebhookChannel : public delivery::Channel {
 public:
  WebhookChannel(const WebhookOptions& options, const earshot::Host& host)
      : options_(options), host_(host), http_(host), zone_(options.time_zone) {
    if (options.form == Form::custom)
      template_.emplace(read_file(*options.template_file), webhook::escape_for(options.content_type));
  }

  std::size_t most_alerts() const override { return webhook::most_alerts(options_.form); }
  bool each_step() const override { return options_.form == Form::pagerduty; }

  Outcome send(const Envelope& envelope, const delivery::Stopped& stopped) override {
    const std::string body = body_of(envelope);
    earshot::HttpRequest request;
    request.method = options_.method == Method::put ? "PUT" : "POST";
    request.url = options_.url.text, request.body = body, request.trusted = true;
    request.headers = headers_for(envelope, body);
    request.timeout = options_.timeout, request.most_bytes = 64 << 10, request.cancelled = stopped;
    try {
      return outcome_of(http_.request(request));
    } catch (const earshot::Error& error) {
      if (error.status == EAR_INVALID) return {Outcome::Kind::trouble, error.what()};  // the URL, not the message
      throw;
    }
  }

 private:
  std::string body_of(const Envelope& envelope) const {
    switch (options_.form) {
      case Form::json:
        return envelope.json;
      case Form::slack:
        return webhook::slack(envelope, zone_);
      case Form::teams:
        return webhook::teams(envelope, zone_);
      case Form::discord:
        return webhook::discord(envelope, zone_);
      case Form::mattermost:
        return webhook::mattermost(envelope, zone_);
      case Form::plain:
        return plain_text(envelope, zone_, 3);
      case Form::custom:
        return from_template(envelope);
      case Form::pagerduty:
        break;
    }
    std::string body;
    host_.secret(*options_.routing_key, [&](std::string_view key) { body = webhook::pagerduty(envelope, zone_, key); });
    return body;
  }

  std::string from_template(const Envelope& envelope) const {
    boost::json::object message = boost::json::parse(envelope.json).as_object();
    message["title"] = delivery::title(envelope), message["text"] = plain_text(envelope, zone_, 3);
    message["count"] = envelope.items.size();
    return template_->write(message);
  }

  const char* type() const {
    if (options_.form == Form::plain) return "text/plain; charset=utf-8";
    return options_.form == Form::custom ? options_.content_type.c_str() : "application/json";
  }

  earshot::HttpHeaders headers_for(const Envelope& envelope, std::string_view body) const {
    earshot::HttpHeaders all{{"Content-Type", type()}, {"Idempotency-Key", envelope.key}};
    for (const auto& [name, value] : options_.headers) all.emplace_back(name, value);
    if (options_.token)
      host_.secret(*options_.token, [&](std::string_view token) {
        all.emplace_back("Authorization", std::string("Bearer ").append(token));
      });
    if (options_.secret)
      host_.secret(*options_.secret, [&](std::string_view key) {
        const std::string now = std::to_string(earshot::ticks(host_.now()) / 1'000'000'000);
        all.emplace_back("X-Earshot-Signature", "t=" + now + ",v1=" + hmac_hex(key, (now + ".").append(body)));
      });
    return all;
  }

  Outcome outcome_of(const earshot::HttpAnswer& answer) const {
    const int s = answer.status;
    std::string text = std::to_string(s);
    if (const std::string said = delivery::line(without_secrets(answer.body.substr(0, kAnswer)), 200); !said.empty())
      text += ": " + said;
    if (s >= 300 && s < 400) text += "; redirects are not followed: write where it leads to as the URL";
    if (s >= 200 && s < 300) return {Outcome::Kind::sent, text};
    if (s == 400 || s == 413 || s == 415 || s == 422) return {Outcome::Kind::refused, text};
    const bool later = s == 408 || s == 425 || s == 429 || s >= 500;
    const auto wait = answer.retry_after.count() > 0 ? answer.retry_after : std::chrono::nanoseconds{0};
    return {later ? Outcome::Kind::later : Outcome::Kind::trouble, text, wait};
  }

  // A receiver may answer with what it was sent, and its answer is shown: the URL's path is often a secret, too.
  std::string without_secrets(std::string text) const {
    const auto hide = [&](std::string_view secret) {
      if (secret.size() < 4) return;
      for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
        text.replace(at, secret.size(), "…");
    };
    const std::string& url = options_.url.text;
    if (const std::size_t path = url.find('/', url.find("://") + 3); path != std::string::npos) hide(url.substr(path));
    for (const auto& header : options_.headers) hide(header.second);
    for (const auto* secret : {&options_.secret, &options_.routing_key, &options_.token})
      if (*secret) host_.secret(**secret, hide);
    return text;
  }

  static constexpr std::size_t kAnswer = 4000;  // bytes of an answer that are looked at

  const WebhookOptions& options_;
  const earshot::Host& host_;
  earshot::Http http_;
  delivery::Zone zone_;
  std::optional<webhook::Template> template_;
};

class Webhook : public delivery::AlertSink<WebhookOptions> {
 public:
  static constexpr earshot::Info info{"webhook", "Alerts as requests to a URL, in the form that the receiver wants"};

 protected:
  const char* plugin() const override { return info.name; }

  void check() override {
    const WebhookOptions& o = options();
    if (!o.url.text.starts_with("https://") && !o.url.text.starts_with("http://"))
      throw earshot::invalid("the URL must begin with https:// or http://").at_option("url");
    if (o.form == Form::pagerduty && !o.routing_key)
      throw earshot::invalid("the form pagerduty needs the integration key of a service").at_option("routing_key");
    if ((o.form == Form::custom) != o.template_file.has_value())
      throw earshot::invalid("`form: template` and `template: FILE` belong together").at_option("template");
    for (const auto& [name, value] : o.headers)
      if (name.empty() || (name + value).find_first_of("\r\n") != std::string::npos)
        throw earshot::invalid("a header needs a name, and no line break").at_option("headers");
  }
  std::unique_ptr<delivery::Channel> open() override { return std::make_unique<WebhookChannel>(options(), host()); }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.webhook", "1.0.0", "Earshot", "Apache-2.0", "Alerts as requests to a URL", Webhook)
