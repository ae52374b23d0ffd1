// backup: copies of a store and of a pipeline's state, made while it runs.
#include <fmt/format.h>

#include <earshot/command.hpp>
#include <set>

#include "audit/audit.hpp"
#include "backup/copies.hpp"
#include "backup/restore.hpp"
#include "sealed/passphrase.hpp"
#include "text/cells.hpp"

namespace {

using namespace earshot::backup;
using earshot::Value;
namespace sealed = earshot::sealed;

struct BackupOptions {
  std::filesystem::path to;
  std::optional<std::filesystem::path> store, passphrase_file;

  static constexpr auto schema() {
    using earshot::option;
    using O = BackupOptions;
    return earshot::schema(
        option<&O::to>("to", "The folder in which the backup gets a folder of its own", {.example = "backups"}),
        option<&O::store>("store", "A store to copy; without it, those of the pipeline, and its state",
                          {.example = "var/acme.db"}),
        option<&O::passphrase_file>("passphrase_file",
                                    "A key file, or a file whose first line is the passphrase, to seal the copies "
                                    "with; without it they are plain, for their owner alone to read",
                                    {.example = "backup.key"}));
  }
};

// 20260501T120000Z and 2026-05-01T12:00:00Z
std::string moment(earshot::Time time, const char* form) {
  const std::time_t seconds = earshot::ticks(time) / 1'000'000'000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[32];
  return {text, std::strftime(text, sizeof text, form, &utc)};
}

class Backup : public earshot::Command<BackupOptions> {
 public:
  static constexpr earshot::Info info{"backup", "Copies a store and a pipeline's state while it runs"};
  static constexpr const char* usage = "";
  static constexpr const char* examples =
      "earshot backup --pipeline acme.yaml --to backups --passphrase_file backup.key\n"
      "earshot backup --store var/acme.db --to backups";

  int run(std::span<const std::string_view>, earshot::CommandIo& io) {
    Manifest manifest{std::string(host().pipeline()), moment(host().now(), "%Y-%m-%dT%H:%M:%SZ"), false, wanted()};
    if (manifest.copies.empty()) throw earshot::invalid("say what to copy: --pipeline FILE, or --store PATH");
    const std::string phrase = sealed::passphrase(options().passphrase_file);
    manifest.sealed = !phrase.empty();
    const std::filesystem::path folder =
        options().to / fmt::format("{}-{}", manifest.pipeline.empty() ? "store" : manifest.pipeline,
                                   moment(host().now(), "%Y%m%dT%H%M%SZ"));
    std::filesystem::create_directories(options().to);
    if (!std::filesystem::create_directory(folder))
      throw earshot::io_failure("'" + folder.string() + "' is there already");
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    try {
      for (Copy& copy : manifest.copies) copy_one(copy, folder, phrase, io);
      write(manifest, folder);
    } catch (...) {
      std::error_code ignored;
      std::filesystem::remove_all(folder, ignored);  // half a backup is none
      throw;
    }
    earshot::audit::note(host(),
                         {.command = "backup",
                          .what = manifest.sealed ? "sealed copies" : "plain copies",
                          .count = static_cast<std::int64_t>(manifest.copies.size()),
                          .file = folder},
                         options().store);
    io.out(fmt::format("The backup is {}\n", earshot::text::cells(folder.string())));
    return 0;
  }

 private:
  void copy_one(Copy& copy, const std::filesystem::path& folder, const std::string& phrase, earshot::CommandIo& io) {
    const std::string shown = earshot::text::cells(copy.from.string());
    int told = -1;
    take(copy, folder, phrase, [&](double part) {
      if (const int percent = static_cast<int>(100 * part); io.terminal() && percent != told)
        io.out(fmt::format("\r{}  {} %", shown, told = percent));
      return !host().cancelled();
    });
    io.out(fmt::format("{}{}  {} bytes\n", io.terminal() ? "\r" : "", shown, copy.bytes));
  }

  // State first: a store that is newer than the checkpoint is written once more, which changes nothing; the other way
  // round posts would be missing.
  std::vector<Copy> wanted() const {
    std::vector<Copy> all;
    std::set<std::string> names;
    const auto add = [&](const std::filesystem::path& file, const char* what) {
      if (!std::filesystem::exists(file))
        throw earshot::invalid("'" + file.string() + "' is not there: has the pipeline run?");
      std::string name = file.filename().string();
      for (int i = 2; !names.insert(name).second; ++i) name = fmt::format("{}-{}", i, file.filename().string());
      all.push_back({name, std::filesystem::absolute(file), what, 0, {}});
    };
    if (options().store) return add(*options().store, "store"), all;
    if (const std::filesystem::path state = host().state_dir(); !state.empty() && std::filesystem::exists(state)) {
      std::set<std::filesystem::path> files;
      for (const auto& entry : std::filesystem::directory_iterator(state))
        if (entry.is_regular_file() && entry.path().extension() == ".db") files.insert(entry.path());
      for (const auto& file : files) add(file, "state");
    }
    for (const Value sink : host().config()["sinks"].items())
      if (sink["plugin"].text() == "sqlite") add(std::filesystem::path(sink["path"].text()), "store");
    return all;
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.backup", "0.1.0", "Earshot", "Apache-2.0", "Copies of stores and state, and the way back",
               Backup, earshot::backup::Restore)
