// audit: shows the audit log of a pipeline or a store, and whether its chain holds.
#include "audit/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <earshot/command.hpp>

#include "post/time.hpp"
#include "text/cells.hpp"

namespace {

namespace audit = earshot::audit;
using earshot::text::cells;

struct AuditOptions {
  std::optional<std::filesystem::path> store, file;
  std::optional<std::string> author, expect;
  std::int64_t limit;
  bool json;

  static constexpr auto schema() {
    using earshot::option;
    using O = AuditOptions;
    return earshot::schema(
        option<&O::store>("store", "The store whose log it is; without it, that of the pipeline",
                          {.example = "var/acme.db"}),
        option<&O::file>("file", "The log itself, as a copy of it", {.example = "var/acme.db.audit"}),
        option<&O::author>("author", "Only what was done about this author: PLATFORM/ID",
                           {.example = "mastodon/14715"}),
        option<&O::expect>("expect", "The last hash that was written down: it must still be in the log",
                           {.example = "5c1f…"}),
        option<&O::limit>("limit", "How many lines to show, the newest", {.fallback = "50", .min = 1, .max = 1e9}),
        option<&O::json>("json", "The lines as objects of JSON", {.fallback = "false"}));
  }
};

class Audit : public earshot::Command<AuditOptions> {
 public:
  static constexpr earshot::Info info{"audit", "Shows who exported, erased or changed what, and checks the log"};
  static constexpr const char* usage = "";
  static constexpr const char* examples =
      "earshot audit --pipeline acme.yaml\n"
      "earshot audit --store var/acme.db --author mastodon/14715";

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (!arguments.empty()) throw earshot::invalid("audit takes no words; name the pipeline with --pipeline FILE");
    const std::filesystem::path file = options().file.value_or(audit::file_of(host(), options().store));
    if (file.empty()) throw earshot::invalid("say whose log: --pipeline FILE, --store PATH or --file LOG");
    const audit::Log log = audit::read(file);
    show(log, io);
    if (!log.fault.empty()) {
      io.error(fmt::format("The chain is broken: {} of {}. What stands from there on may have been changed.\n",
                           log.fault, cells(file.string())));
      return 1;
    }
    if (options().expect && !has(log, *options().expect)) {
      io.error("The hash is not in the log: its end was cut off, or all of it was written anew.\n");
      return 1;
    }
    if (!options().json)
      io.out(log.entries.empty()
                 ? "Nothing has been noted yet.\n"
                 : fmt::format("{} lines, and the chain holds. The last hash, to be written down elsewhere:\n{}\n",
                               log.entries.size(), log.entries.back().hash));
    return 0;
  }

 private:
  static bool has(const audit::Log& log, const std::string& hash) {
    return std::any_of(log.entries.begin(), log.entries.end(), [&](const audit::Entry& e) { return e.hash == hash; });
  }

  bool wanted(const audit::Entry& entry) const {
    if (!options().author) return true;
    const std::string_view author = *options().author;
    const std::size_t slash = author.find('/');
    if (slash == author.npos)
      throw earshot::invalid("PLATFORM/ID is wanted, such as mastodon/14715").at_option("author");
    return audit::is_marked(entry.author, author.substr(0, slash), author.substr(slash + 1));
  }

  void show(const audit::Log& log, earshot::CommandIo& io) const {
    std::vector<const audit::Entry*> shown;
    for (const audit::Entry& entry : log.entries)
      if (wanted(entry)) shown.push_back(&entry);
    const std::size_t most = static_cast<std::size_t>(options().limit);
    if (shown.size() > most) shown.erase(shown.begin(), shown.end() - static_cast<std::ptrdiff_t>(most));
    for (const audit::Entry* entry : shown) io.out(options().json ? as_json(*entry) : as_text(*entry));
  }

  static std::string time_of(const audit::Entry& entry) {
    char buffer[earshot::post::kTimeText];
    return {buffer, earshot::post::write_time(buffer, entry.time / 1'000'000'000 * 1'000'000'000)};
  }

  static std::string as_text(const audit::Entry& e) {
    std::string out = fmt::format("{:>5}  {}  {} ({})  {}: {}", e.number, time_of(e),
                                  e.user.empty() ? "?" : cells(e.user, 40), e.uid, cells(e.command, 30), cells(e.what));
    if (e.count >= 0) out += fmt::format(", {}", e.count);
    if (!e.file.empty()) out += "  " + cells(e.file, 300);
    return out + "\n";
  }

  static std::string as_json(const audit::Entry& e) {
    const auto quoted = [](const std::string& text) {
      std::string out = "\"";
      for (const char c : cells(text, 1000)) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
      }
      return out + '"';
    };
    return fmt::format(
        "{{\"number\":{},\"time\":\"{}\",\"uid\":{},\"user\":{},\"command\":{},\"what\":{},\"count\":{},\"file\":{},"
        "\"hash\":\"{}\"}}\n",
        e.number, time_of(e), e.uid, quoted(e.user), quoted(e.command), quoted(e.what),
        e.count < 0 ? "null" : std::to_string(e.count), quoted(e.file), e.hash);
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.audit", "0.1.0", "Earshot", "Apache-2.0", "Who exported, erased or changed what", Audit)
