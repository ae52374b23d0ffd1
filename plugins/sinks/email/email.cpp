// email: alerts as mails: text and HTML with a chart, in one thread for each alert.
#include <optional>

#include "delivery/sink.hpp"
#include "email/letter.hpp"
#include "email/smtp.hpp"

enum class Tls { required, none };

template <>
inline constexpr const char* earshot::choices<Tls>[] = {"required", "none", nullptr};

namespace {

namespace delivery = earshot::delivery;
namespace email = earshot::email;

struct EmailOptions : delivery::Options {
  earshot::Url server;
  std::string sender;
  std::vector<std::string> to;
  std::optional<std::string> user;
  std::optional<earshot::Secret> password;
  Tls tls;
  std::optional<std::filesystem::path> ca_file;
  std::string subject_prefix;
  bool charts;
  std::chrono::nanoseconds timeout;

  static constexpr auto schema() {
    using earshot::option;
    using O = EmailOptions;
    return delivery::joined(
        earshot::schema(
            option<&O::server>("server", "The mail server: smtp:// (with STARTTLS) or smtps://",
                               {.example = "smtp://mail.example.org:587"}),
            option<&O::sender>("sender", "Who the mails are from", {.example = "Earshot <earshot@example.org>"}),
            option<&O::to>("to", "Who gets them", {.min = 1, .max = 100, .example = "[desk@example.org]"}),
            option<&O::user>("user", "To log in with", {.example = "earshot@example.org"}),
            option<&O::password>("password", "To log in with", {.example = "${SMTP_PASSWORD}"}),
            option<&O::tls>("tls", "none: also without TLS, as to a server on this machine; never with a password",
                            {.fallback = "required"}),
            option<&O::ca_file>("ca_file", "Certificates to trust besides those of the system, as PEM",
                                {.example = "/etc/ssl/own-ca.pem"}),
            option<&O::subject_prefix>("subject_prefix", "What subjects begin with", {.fallback = "\"[Earshot]\""}),
            option<&O::charts>("charts", "A picture of what was observed and expected", {.fallback = "true"}),
            option<&O::timeout>("timeout", "How long sending a mail may take",
                                {.fallback = "60s", .min = 1, .max = 600})),
        delivery::Options::schema());
  }
};

email::Sender sender_of(const EmailOptions& o) {
  const auto read = [](const char* option, const std::string& text) {
    try {
      return email::read_address(text);
    } catch (earshot::Error& error) {
      throw earshot::invalid(error.what()).at_option(option);
    }
  };
  email::Sender sender;
  sender.from = read("sender", o.sender);
  for (const std::string& text : o.to) sender.to.push_back(read("to", text));
  sender.prefix = o.subject_prefix, sender.charts = o.charts;
  return sender;
}

class EmailChannel : public delivery::Channel {
 public:
  EmailChannel(const EmailOptions& options, const earshot::Host& host)
      : options_(options),
        host_(host),
        zone_(options.time_zone),
        sender_(sender_of(options)),
        smtp_({options.server.text, options.tls == Tls::required, options.ca_file ? options.ca_file->string() : "",
               options.user.value_or(""), options.timeout}) {}

  delivery::Outcome send(const delivery::Envelope& envelope, const delivery::Stopped& stopped) override {
    const email::Letter letter = write_letter(envelope, sender_, zone_);
    if (!options_.password) return smtp_.send(letter, sender_, "", stopped);
    delivery::Outcome outcome;
    host_.secret(*options_.password, [&](std::string_view p) { outcome = smtp_.send(letter, sender_, p, stopped); });
    return outcome;
  }

 private:
  const EmailOptions& options_;
  const earshot::Host& host_;
  delivery::Zone zone_;
  email::Sender sender_;
  email::Smtp smtp_;
};

class Email : public delivery::AlertSink<EmailOptions> {
 public:
  static constexpr earshot::Info info{"email", "Alerts as mails, text and HTML, over SMTP"};

 protected:
  const char* plugin() const override { return info.name; }

  void check() override {
    const EmailOptions& o = options();
    sender_of(o);
    const bool smtps = o.server.text.starts_with("smtps://");
    if (!smtps && !o.server.text.starts_with("smtp://"))
      throw earshot::invalid("the server's URL must begin with smtp:// or smtps://").at_option("server");
    if (o.server.text.find('@') != std::string::npos)
      throw earshot::invalid("the server's URL holds a login: give `user` and `password`").at_option("server");
    if (o.user.has_value() != o.password.has_value())
      throw earshot::invalid("`user` and `password` belong together").at_option(o.user ? "password" : "user");
    if (o.password && o.tls == Tls::none && !smtps)
      throw earshot::invalid("a password is not sent without TLS: leave `tls: none` out").at_option("tls");
  }
  std::unique_ptr<delivery::Channel> open() override {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw earshot::Error(EAR_INTERNAL, "libcurl cannot start");
    return std::make_unique<EmailChannel>(options(), host());
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.email", "1.0.0", "Earshot", "Apache-2.0", "Alerts as mails", Email)
