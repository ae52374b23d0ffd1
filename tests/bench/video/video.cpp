// What it costs to take videos apart, on one thread, in milliseconds of CPU for a second of video: the pictures that
// stand for it, its sound, and as a floor what the program `ffmpeg` needs to decode all of its frames and do nothing
// with them; then the peak of memory for an hour of 720p. The videos are made by `ffmpeg`; others can be named as
// arguments.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <tuple>
#include <vector>

#include "../used.hpp"
#include "video/taking.hpp"

namespace {

namespace video = earshot::video;
using earshot::bench::cpu_seconds;

// A host that says nothing and cancels nothing.
ear_host silent_host() {
  ear_host host{};
  host.size = sizeof host;
  host.log = [](void*, std::int32_t, ear_str) {};
  host.metric = [](void*, std::int32_t, ear_str, double) {};
  host.cancelled = [](void*) -> std::int32_t { return 0; };
  return host;
}

template <class Take>
void take(const std::string& path, Take&& how) {
  static const ear_host raw = silent_host();
  static const earshot::Host host(raw);
  video::prepare_libraries();
  const video::LogTo log(host);
  video::Watch watch(host, std::chrono::hours(1));
  video::File file(path, {1 << 24, 1}, watch);
  how(file);
}

// Answers the CPU seconds of the program and those it started.
double ran(const std::string& command) {
  rusage before{}, after{};
  getrusage(RUSAGE_CHILDREN, &before);
  if (std::system(command.c_str()) != 0) return -1;
  getrusage(RUSAGE_CHILDREN, &after);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(after.ru_utime) - seconds(before.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_stime);
}

struct Costs {
  double seconds = 0, pictures = 0, sound = 0;  // of video; of CPU
  int shown = 0;
};

Costs costs(const std::string& path) {
  Costs c;
  take(path, [&](video::File& file) { c.seconds = static_cast<double>(video::probe(file).duration) / 1e9; });
  double begin = cpu_seconds();
  take(path, [&](video::File& file) {
    video::pictures(file, {1024 * 1024, 500'000'000, video::kMostTime},
                    [&](const ear_picture&) { return ++c.shown, true; });
  });
  c.pictures = cpu_seconds() - begin, begin = cpu_seconds();
  take(path, [&](video::File& file) {
    if (file.sound() != nullptr) video::sound(file, {}, [](const ear_sound&) { return true; });
  });
  c.sound = cpu_seconds() - begin;
  return c;
}

void row(const std::string& name, const std::string& path) {
  const Costs c = costs(path);
  const double floor =
      ran("ffmpeg -nostdin -loglevel error -threads 1 -i '" + path + "' -map 0:v -f null - 2>/dev/null");
  const auto each = [&](double cpu) { return 1000 * cpu / c.seconds; };
  fmt::print("{:<44} {:>8.0f} {:>8.1f} {:>8.1f} {:>8.1f} {:>8.2f}\n", name, c.seconds, each(floor), each(c.pictures),
             each(c.sound), c.shown / c.seconds);
}

// MiB that a process of its own has used at most for pictures and sound.
double peak_mib(const std::string& path) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    costs(path);
    _exit(0);
  }
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  return static_cast<double>(used.ru_maxrss) / 1024;
}

std::string made(const std::filesystem::path& folder, const std::string& name, const std::string& arguments) {
  const std::string path = folder / name;
  return ran("ffmpeg -nostdin -loglevel error -y " + arguments + " '" + path + "'") < 0 ? std::string() : path;
}

}  // namespace

int main(int count, char** arguments) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // it takes minutes
  fmt::print("{:<44} {:>8} {:>8} {:>8} {:>8} {:>8}\n", "ms of CPU for a second of video", "seconds", "floor",
             "pictures", "sound", "shown/s");
  if (count > 1) {
    for (int i = 1; i < count; ++i) row(std::filesystem::path(arguments[i]).filename(), arguments[i]);
    return 0;
  }
  std::string name = std::filesystem::temp_directory_path() / "earshot-bench-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) return 1;
  const std::filesystem::path folder(name);
  const std::string moving =
      "-f lavfi -i testsrc2=size=1280x720:rate=30,noise=alls=6:allf=t -f lavfi -i sine=frequency=300 -t 20 -pix_fmt "
      "yuv420p ";
  const std::string still =
      "-f lavfi -i smptebars=size=1280x720:rate=30 -f lavfi -i sine=frequency=300 -t 60 -pix_fmt yuv420p ";
  for (const auto& [what, file, how] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"720p H.264, moves, noise", "h264.mp4", moving + "-c:v libx264 -preset veryfast -crf 28 -c:a aac"},
           {"720p H.264, stands still", "still.mp4", still + "-c:v libx264 -preset veryfast -c:a aac"},
           {"720p VP8, moves, noise", "vp8.webm",
            moving + "-c:v libvpx -deadline realtime -cpu-used 8 -b:v 2M -c:a libopus"},
           {"720p MPEG-4, moves, noise", "mpeg4.avi", moving + "-c:v mpeg4 -b:v 3M -c:a mp3"}})
    if (const std::string path = made(folder, file, how); !path.empty()) row(what, path);
  const std::string hour = made(folder, "hour.mp4",
                                "-f lavfi -i testsrc2=size=1280x720:rate=1 -f lavfi -i sine=sample_rate=16000 -t 3600 "
                                "-c:v libx264 -preset ultrafast -c:a aac -b:a 32k");
  if (!hour.empty()) fmt::print("peak memory for an hour of 720p, pictures and sound: {:.0f} MiB\n", peak_mib(hour));
  std::filesystem::remove_all(folder);
  return 0;
}
