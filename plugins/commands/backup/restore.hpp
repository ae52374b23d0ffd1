// restore.hpp: the command restore. For the thread of the command.
#pragma once

#include <earshot/command.hpp>
#include <filesystem>
#include <optional>

namespace earshot::backup {

struct RestoreOptions {
  std::filesystem::path from;
  std::optional<std::filesystem::path> to, passphrase_file;

  static constexpr auto schema() {
    using O = RestoreOptions;
    return earshot::schema(
        option<&O::from>("from", "The folder of the backup", {.example = "backups/acme-watch-20260501T120000Z"}),
        option<&O::to>("to", "Where to put the files; without it, where each stood", {.example = "restored"}),
        option<&O::passphrase_file>("passphrase_file", "A file with the passphrase that the backup was sealed with",
                                    {.example = "backup.key"}));
  }
};

class Restore : public Command<RestoreOptions> {
 public:
  static constexpr Info info{"restore", "Puts the files of a backup back"};
  static constexpr const char* usage = "";
  static constexpr const char* examples = "earshot restore --from backups/acme-watch-20260501T120000Z";

  int run(std::span<const std::string_view> arguments, CommandIo& io);
};

}  // namespace earshot::backup
