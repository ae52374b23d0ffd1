// A sink: each post becomes a file that is named by the delivery's id, so writing one again changes nothing.
#include <unistd.h>

#include <earshot/sink.hpp>
#include <fstream>

struct FolderOptions {
  std::filesystem::path path;
  static constexpr auto schema() {
    return earshot::schema(earshot::option<&FolderOptions::path>("path", "Where to write", {.example = "posts"}));
  }
};

class Folder : public earshot::Sink<FolderOptions> {
 public:
  static constexpr earshot::Info info{"folder", "Writes each post into a file of its own"};

  void start() { std::filesystem::create_directories(options().path); }

  void write(const earshot::Delivery& delivery) {
    if (!delivery.is_post()) return;
    const auto file = options().path / (std::to_string(delivery.id().high) + std::to_string(delivery.id().low));
    std::uint64_t before = 0;  // the revision that stands there; a post that is gone leaves its revision alone
    if (std::ifstream(file) >> before && before > delivery.revision()) return;
    std::ofstream out(file.string() + ".new");
    out << delivery.revision() << '\n';
    for (const earshot::Segment segment : delivery.post().segments())
      if (!delivery.post().is_gone()) out << segment.text() << '\n';
    if (!out.flush()) throw earshot::io_failure("cannot write " + file.string());
    std::filesystem::rename(file.string() + ".new", file);
  }

  void flush() { ::sync(); }
};

EARSHOT_PLUGIN("org.earshot.example.folder", "1.0.0", "Earshot", "Apache-2.0", "A file for each post", Folder)
