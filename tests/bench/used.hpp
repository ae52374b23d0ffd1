// used.hpp: what a benchmark has used so far. Free functions; any thread.
#pragma once

#include <time.h>

#include <cstdio>

namespace earshot::bench {

// CPU time of the calling thread, so that a busy machine changes it less than the time on the wall.
inline double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

inline double resident_mib() {
  long pages = 0, resident = 0;
  if (std::FILE* f = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(f, "%ld %ld", &pages, &resident) != 2) resident = 0;
    std::fclose(f);
  }
  return static_cast<double>(resident) * 4096 / (1 << 20);
}

}  // namespace earshot::bench
