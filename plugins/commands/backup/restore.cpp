#include "backup/restore.hpp"

#include <fmt/format.h>

#include <vector>

#include "backup/copies.hpp"
#include "backup/passphrase.hpp"
#include "text/cells.hpp"

namespace earshot::backup {

int Restore::run(std::span<const std::string_view>, CommandIo& io) {
  const Manifest manifest = read(options().from);
  const std::string phrase = passphrase(options().passphrase_file);
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
  io.out(fmt::format("Restored what {} was at {}.\n", text::cells(manifest.pipeline.empty() ? "it" : manifest.pipeline),
                     text::cells(manifest.made)));
  return 0;
}

}  // namespace earshot::backup
