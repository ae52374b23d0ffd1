// syslog: alerts as records of RFC 5424, to a socket on this machine or a collector over UDP, TCP or TLS.
#include <curl/curl.h>
#include <unistd.h>

#include <optional>

#include "delivery/sink.hpp"
#include "syslog/record.hpp"
#include "syslog/wire.hpp"

namespace {

namespace delivery = earshot::delivery;
namespace syslog = earshot::syslog;

struct SyslogOptions : delivery::Options {
  std::string to;
  std::int64_t facility;
  std::string app_name;
  std::optional<std::filesystem::path> ca_file;
  std::chrono::nanoseconds timeout;

  static constexpr auto schema() {
    using earshot::option;
    using O = SyslogOptions;
    return delivery::joined(
        earshot::schema(
            option<&O::to>("to", "The collector: unix:///dev/log, udp://host:514, tcp://host:601 or tls://host:6514",
                           {.fallback = "unix:///dev/log", .example = "tls://logs.example.org:6514"}),
            option<&O::facility>("facility", "The facility, 0 to 23; 16 is local0",
                                 {.fallback = "16", .min = 0, .max = 23}),
            option<&O::app_name>("app_name", "How the records name the program", {.fallback = "earshot"}),
            option<&O::ca_file>("ca_file", "Certificates to trust besides those of the system, as PEM",
                                {.example = "/etc/ssl/own-ca.pem"}),
            option<&O::timeout>("timeout", "How long connecting and sending may take",
                                {.fallback = "10s", .min = 0.1, .max = 300})),
        delivery::Options::schema());
  }
};

std::string host_name() {
  char name[256] = "";
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

class SyslogChannel : public delivery::Channel {
 public:
  SyslogChannel(const SyslogOptions& options, syslog::Target target) : wire_(make_wire(target)) {
    origin_.facility = static_cast<int>(options.facility);
    origin_.host = host_name(), origin_.app = options.app_name, origin_.process = std::to_string(::getpid());
  }
  std::size_t most_alerts() const override { return 1; }
  delivery::Outcome send(const delivery::Envelope& envelope, const delivery::Stopped& stopped) override {
    wire_->send(record(envelope, origin_, wire_->most_bytes()), stopped);
    return {delivery::Outcome::Kind::sent, "sent"};
  }

 private:
  syslog::Origin origin_;
  std::unique_ptr<syslog::Wire> wire_;
};

class Syslog : public delivery::AlertSink<SyslogOptions> {
 public:
  static constexpr earshot::Info info{"syslog", "Alerts as syslog records (RFC 5424)"};

 protected:
  const char* plugin() const override { return info.name; }
  void check() override { target(); }
  std::unique_ptr<delivery::Channel> open() override {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw earshot::Error(EAR_INTERNAL, "libcurl cannot start");
    return std::make_unique<SyslogChannel>(options(), target());
  }

 private:
  syslog::Target target() const {
    try {
      syslog::Target target = syslog::read_target(options().to);
      target.ca_file = options().ca_file ? options().ca_file->string() : "";
      target.timeout = options().timeout;
      return target;
    } catch (earshot::Error& error) {
      throw earshot::invalid(error.what()).at_option("to");
    }
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.syslog", "1.0.0", "Earshot", "Apache-2.0", "Alerts as syslog records", Syslog)
