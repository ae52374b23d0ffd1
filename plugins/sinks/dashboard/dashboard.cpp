// dashboard: a page of what the store holds and of what comes in. As a sink it lives with a pipeline; as a command it
// shows the store of one that does not run.
#include <fmt/format.h>
#include <sys/stat.h>

#include <chrono>
#include <earshot/command.hpp>
#include <earshot/sink.hpp>
#include <thread>

#include "audit/audit.hpp"
#include "site.hpp"
#include "store/location.hpp"
#include "web/server.hpp"

namespace {

using namespace earshot::dashboard;
namespace web = earshot::web;

struct DashboardOptions {
  std::optional<std::filesystem::path> store;
  std::string listen;
  std::vector<std::string> names;
  std::optional<earshot::Secret> token;
  std::string time_zone;
  std::filesystem::path lists;
  std::optional<std::filesystem::path> media;

  static constexpr auto schema() {
    using earshot::option;
    using O = DashboardOptions;
    return earshot::schema(
        option<&O::store>("store", "The store to show; without it, that of the pipeline's sqlite sink",
                          {.example = "var/acme.db"}),
        option<&O::listen>("listen", "Where to serve the page: host:port; beyond this machine only with a token",
                           {.fallback = "127.0.0.1:8640", .example = "0.0.0.0:8640"}),
        option<&O::names>("names", "Names by which a proxy calls this server",
                          {.fallback = "[]", .example = "[watch.example]"}),
        option<&O::token>("token", "What one must know to look and to act", {.example = "${DASHBOARD_TOKEN}"}),
        option<&O::time_zone>("time_zone", "By whose clocks days begin and end",
                              {.fallback = "UTC", .example = "Europe/Berlin"}),
        option<&O::lists>("lists", "The folder of the files that @list:FILE in a query names", {.fallback = "lists"}),
        option<&O::media>("media", "The folder below which pictures, sound and videos of posts are shown",
                          {.example = "var/media"}));
  }
};

// The server with all that stands behind it.
class Served {
 public:
  Served(const DashboardOptions& options, const earshot::Host& host, const std::string& token)
      : readers_(earshot::store::location(options.store, host), host.service<ear_store_1>(EAR_STORE_1)),
        site_(readers_,
              {std::string(host.pipeline()), options.time_zone, options.lists,
               options.media.value_or(std::filesystem::path{})},
              token,
              AlertsApi(
                  std::string(host.state_dir()), [host] { return earshot::ticks(host.now()); },
                  earshot::audit::file_of(host, options.store))),
        server_({.address = web::read_address(options.listen),
                 .names = options.names,
                 .handler = [this](const web::Request& request) { return site_.answer(request); },
                 .warn = [host](std::string_view what) { host.warn(std::string(what)); }}) {
    server_.start();
  }

  std::string address() const { return "http://" + server_.address().text() + "/"; }
  Live& live() { return site_.live(); }

 private:
  Readers readers_;
  Site site_;
  web::Server server_;
};

// Throws `invalid` where the page would be open to others than this machine's users.
void check(const DashboardOptions& options) {
  web::Address address;
  try {
    address = web::read_address(options.listen);
  } catch (const std::invalid_argument& fault) {
    throw earshot::invalid(fault.what()).at_option("listen");
  }
  if (!address.is_loopback() && !options.token)
    throw earshot::invalid(
        "a page that others than this machine's users reach needs a token: set `token`, as "
        "${DASHBOARD_TOKEN}, or listen on 127.0.0.1")
        .at_option("listen");
  earshot::calendar::Zone zone(options.time_zone);
}

std::string token_of(const DashboardOptions& options, const earshot::Host& host) {
  std::string token;
  if (options.token) host.secret(*options.token, [&](std::string_view value) { token = value; });
  if (options.token && token.size() < 16)
    throw earshot::invalid("a token of fewer than 16 characters can be guessed").at_option("token");
  return token;
}

class Dashboard : public earshot::Sink<DashboardOptions> {
 public:
  static constexpr earshot::Info info{"dashboard", "A page of what is said, how it is meant, and what is unusual"};

  void prepare() { check(options()); }

  void start() {
    served_ = std::make_unique<Served>(options(), host(), token_of(options(), host()));
    host().info("the dashboard is at " + served_->address());
  }
  void stop() { served_.reset(); }

  std::uint32_t write(const earshot::Deliveries& deliveries) {
    served_->live().write(deliveries);
    return deliveries.size();
  }
  void flush() {}  // what is shown is in the store

 private:
  std::unique_ptr<Served> served_;
};

class DashboardCommand : public earshot::Command<DashboardOptions> {
 public:
  static constexpr earshot::Info info{"dashboard", "Serves the page of a store until it is stopped"};
  static constexpr const char* usage = "[PIPELINE]";
  static constexpr const char* examples =
      "earshot dashboard acme.yaml     # with its alerts, to acknowledge\n"
      "earshot dashboard --store var/acme.db --listen 127.0.0.1:8640";

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (arguments.size() > 1) throw earshot::invalid("one pipeline at a time: earshot dashboard PIPELINE");
    check(options());
    const Served served(options(), host(), token_of(options(), host()));
    io.out("The dashboard is at " + served.address() + "  Ctrl-C ends it.\n");
    while (!host().cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds{50});
    return 0;
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.dashboard", "0.1.0", "Earshot", "Apache-2.0", "A page of what is said of brands", Dashboard,
               DashboardCommand)
