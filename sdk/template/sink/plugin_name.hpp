// plugin_name: a sink. It writes each post into a file of its own; put the place that yours writes to instead.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <earshot/sink.hpp>
#include <fstream>

// What a pipeline may set. Names, types, defaults and docs of the options are told here and nowhere else.
struct PluginNameOptions {
  std::filesystem::path folder;
  static constexpr auto schema() {
    return earshot::schema(
        earshot::option<&PluginNameOptions::folder>("folder", "Where the files go", {.fallback = "var/plugin_name"}));
  }
};

class PluginName : public earshot::Sink<PluginNameOptions> {
 public:
  static constexpr earshot::Info info{"plugin_name", "Writes each post into a file of its own"};

  void start() { std::filesystem::create_directories(options().folder); }

  // Writing a delivery again changes nothing, and a revision lower than the one written is ignored: after a crash
  // the host delivers again what it cannot know to be safe.
  void write(const earshot::Delivery& delivery) {
    if (!delivery.is_post()) return;
    const std::filesystem::path file = options().folder / name(delivery.id());
    std::uint64_t written = 0;  // a post that is gone leaves its revision alone in the file
    if (std::ifstream(file) >> written && written > delivery.revision()) return;
    std::ofstream out(file.string() + ".new");
    out << delivery.revision() << '\n';
    if (!delivery.post().is_gone())
      for (const earshot::Segment segment : delivery.post().segments()) out << segment.text() << '\n';
    if (!out.flush()) throw earshot::io_failure("cannot write " + file.string());
    std::filesystem::rename(file.string() + ".new", file);
  }

  // When this returns, everything written outlives a crash.
  void flush() {
    const int folder = ::open(options().folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool done = folder >= 0 && ::syncfs(folder) == 0;
    if (folder >= 0) ::close(folder);
    if (!done) throw earshot::io_failure("cannot make " + options().folder.string() + " durable");
  }

 private:
  static std::string name(ear_id id) { return std::to_string(id.high) + "-" + std::to_string(id.low) + ".txt"; }
};
