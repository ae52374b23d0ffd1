#include "backup/restore.hpp"

#include <fmt/format.h>

#include <vector>

#include "audit/audit.hpp"
#include "backup/copies.hpp"
#include "sealed/passphrase.hpp"
#include "text/cells.hpp"

namespace earshot::backup {

int Restore::run(std::span<const std::string_view>, CommandIo& io) {
  const Manifest manifest = read(options().from);
  const std::string phrase = sealed::passphrase(options().passphrase_file);
  if (manifest.sealed && phrase.empty())
    throw invalid("the backup is sealed: give the file with its passphrase").at_option("passphrase_file");
  std::vector<std::filesystem::path> targets;
  for (const Copy& copy : manifest.copies) {
    targets.push_back(options().to ? *options().to / copy.from.filename() : copy.from);
    for (const char* beside : {"", "-wal", "-shm"})
      if (std::filesystem::exists(targets.back().string() + beside)) {
        io.error(fmt::format("{}{} is there: stop the pipeline and move it away, or name another folder with --to.\n",
                             text::cells(targets.back().string()), beside));
        return 1;
      }
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    put_back(manifest.copies[i], options().from, manifest.sealed, phrase, targets[i]);
    io.out(fmt::format("{}  {}\n", manifest.copies[i].kind, text::cells(targets[i].string())));
  }
  for (std::size_t i = 0; i < targets.size(); ++i)
    if (manifest.copies[i].kind == "store")
      audit::note(host(), {.command = "restore", .what = "the backup of " + manifest.made, .file = targets[i]},
                  targets[i]);
  io.out(fmt::format("Restored what {} was at {}.\n", text::cells(manifest.pipeline.empty() ? "it" : manifest.pipeline),
                     text::cells(manifest.made)));
  return 0;
}

}  // namespace earshot::backup
