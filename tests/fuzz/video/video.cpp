// Files of strangers, taken apart: what they are, their pictures, sound and captions, each for a bounded time. Besides
// not crashing: pictures follow each other and are as large as they say, sound is without gaps, captions are in order.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "video/taking.hpp"

namespace {

namespace video = earshot::video;

void check(bool holds) {
  if (!holds) std::abort();
}

// A host that says nothing and cancels nothing.
ear_host silent_host() {
  ear_host host{};
  host.size = sizeof host;
  host.log = [](void*, std::int32_t, ear_str) {};
  host.metric = [](void*, std::int32_t, ear_str, double) {};
  host.cancelled = [](void*) -> std::int32_t { return 0; };
  return host;
}

// A file in memory.
class Memory {
 public:
  Memory(const std::uint8_t* data, std::size_t size) : fd_(memfd_create("fuzz", MFD_CLOEXEC)) {
    check(fd_ >= 0 && write(fd_, data, size) == static_cast<ssize_t>(size));
  }
  ~Memory() { close(fd_); }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

template <class Take>
void take(const Memory& memory, const earshot::Host& host, Take&& how) {
  try {
    video::Watch watch(host, std::chrono::seconds(5));
    video::File file(memory.path(), {1 << 20, 1}, watch);
    how(file);
  } catch (const earshot::Error&) {  // as it should be
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const ear_host raw = silent_host();
  static const earshot::Host host(raw);
  video::prepare_libraries();
  av_max_alloc(64u << 20);
  const video::LogTo log(host);
  const Memory memory(data, size);
  const video::Wish wish{1 << 16, 500'000'000, 20 * video::kSecond};

  take(memory, host, [](video::File& file) {
    const ear_video v = video::probe(file);
    check(v.parts != 0 && v.width >= 0 && v.height >= 0 && v.duration >= 0 && v.type[0] != 0);
  });
  std::int64_t until = 0;
  take(memory, host, [&](video::File& file) {
    video::pictures(file, wish, [&](const ear_picture& p) {
      check(p.width > 0 && p.height > 0 && p.stride >= p.width * 3 && std::uint64_t{p.width} * p.height <= 1 << 16);
      check(p.start >= until && p.stop >= p.start);
      until = p.stop;
      volatile std::uint8_t last = p.pixels[std::size_t{p.height - 1} * p.stride + std::size_t{p.width} * 3 - 1];
      static_cast<void>(last);
      return true;
    });
  });
  std::int64_t samples = 0;
  take(memory, host, [&](video::File& file) {
    video::sound(file, wish, [&](const ear_sound& s) {
      check(s.count > 0 && s.start == samples * 62'500);
      samples += s.count;
      return true;
    });
    check(samples <= 20 * 16'000);
  });
  std::int64_t start = 0;
  take(memory, host, [&](video::File& file) {
    video::captions(file, [&](const ear_caption& c) {
      check(c.text.len > 0 && c.start >= start && c.stop > c.start);
      start = c.start;
      return true;
    });
  });
  return 0;
}
