#include "video/av.hpp"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <mutex>

namespace earshot::video {
namespace {

constexpr std::size_t kMostMemory = 256u << 20;  // in one piece
constexpr int kMostLines = 50;                   // of the log, in one call

// The library's callback has no context of ours: whose log it is, is a matter of the thread.
thread_local const Host* log_host = nullptr;
thread_local int log_lines = 0;

void log_line(void* about, int level, const char* format, va_list arguments) {
  if (level > AV_LOG_WARNING || log_host == nullptr || log_lines >= kMostLines) return;
  ++log_lines;
  std::array<char, 512> line{};
  int prefix = 1;
  const int length =
      av_log_format_line2(about, level, format, arguments, line.data(), static_cast<int>(line.size()), &prefix);
  if (length <= 0) return;
  std::string text(line.data());
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (char& c : text)  // it may quote the file
    if (c < ' ' || c > '~') c = '?';
  log_host->debug(text);
}

}  // namespace

std::string meaning(int error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(error, text.data(), text.size());
  return text.data();
}

std::string clock_text(std::int64_t nanoseconds) {
  const std::int64_t tenths = nanoseconds / 100'000'000;
  const std::int64_t hours = tenths / 36'000, minutes = tenths / 600 % 60, seconds = tenths / 10 % 60;
  std::array<char, 48> text{};
  if (hours > 0)
    std::snprintf(text.data(), text.size(), "%d:%02d:%02d.%d", static_cast<int>(hours), static_cast<int>(minutes),
                  static_cast<int>(seconds), static_cast<int>(tenths % 10));
  else
    std::snprintf(text.data(), text.size(), "%d:%02d.%d", static_cast<int>(minutes), static_cast<int>(seconds),
                  static_cast<int>(tenths % 10));
  return text.data();
}

void prepare_libraries() {
  static std::once_flag once;
  std::call_once(once, [] {
    av_log_set_callback(log_line);
    av_max_alloc(kMostMemory);
  });
}

LogTo::LogTo(const Host& host) : before_(log_host), lines_before_(log_lines) {
  log_host = &host, log_lines = 0;
}
LogTo::~LogTo() {
  log_host = before_, log_lines = lines_before_;
}

}  // namespace earshot::video
