// unseal: opens what Earshot has sealed: exports, files of the ndjson sink, copies of a backup.
#include <earshot/command.hpp>

#include "audit/audit.hpp"
#include "key.hpp"
#include "sealed/frames.hpp"
#include "sealed/passphrase.hpp"
#include "sealed/sealed.hpp"
#include "text/cells.hpp"

namespace {

namespace sealed = earshot::sealed;
using earshot::text::cells;

struct UnsealOptions {
  std::filesystem::path to;
  std::optional<std::filesystem::path> key_file, store;

  static constexpr auto schema() {
    using earshot::option;
    using O = UnsealOptions;
    return earshot::schema(
        option<&O::to>("to", "The file to write", {.example = "found.ndjson"}),
        option<&O::key_file>("key_file",
                             "The key, or the passphrase, that it was sealed with; without it, the key of the "
                             "pipeline",
                             {.example = "secrets/acme.key"}),
        option<&O::store>("store", "The store in whose audit log it is noted; without it, the pipeline's",
                          {.example = "var/acme.db"}));
  }
};

class Unseal : public earshot::Command<UnsealOptions> {
 public:
  static constexpr earshot::Info info{"unseal", "Opens a sealed file"};
  static constexpr const char* usage = "FILE";
  static constexpr const char* examples =
      "earshot unseal found.ndjson.sealed --to found.ndjson --key-file secrets/acme.key";

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (arguments.size() != 1) throw earshot::invalid("say which file: earshot unseal FILE --to FILE");
    const std::filesystem::path from(arguments[0]);
    if (std::filesystem::exists(options().to))
      throw earshot::invalid("'" + options().to.string() + "' is there already").at_option("to");
    bool whole = true;
    if (sealed::is_framed(from))
      whole = sealed::open(from, options().to, sealed::key_from(key(), sealed::Use::files));
    else
      sealed::open(from, options().to, sealed::passphrase(key()));
    earshot::audit::note(host(), {.command = "unseal", .what = "opened " + from.string(), .file = options().to},
                         options().store);
    io.out("opened " + cells(from.string(), 300) + " as " + cells(options().to.string(), 300) + "\n");
    if (!whole) io.error("The file has no end mark: it still grows, or its end was cut off.\n");
    return 0;
  }

 private:
  std::filesystem::path key() const {
    if (options().key_file) return *options().key_file;
    const std::string_view configured = host().config()["key_file"].text();
    if (configured.empty()) throw earshot::invalid("say which key: --key-file FILE, or a pipeline with `key_file`");
    return configured;
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.unseal", "0.1.0", "Earshot", "Apache-2.0", "Opens sealed files, and makes keys", Unseal,
               earshot::unseal::MakeKey)
