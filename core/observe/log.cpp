#include "observe/log.hpp"

#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/sinks/base_sink.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "base/json_text.hpp"
#include "base/utf8.hpp"

namespace earshot::host {
namespace {

spdlog::level::level_enum spd_level(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      break;
  }
  return spdlog::level::err;
}

// What journald reads in front of a line.
std::string_view journal_prefix(Level level) {
  switch (level) {
    case Level::debug:
      return "<7>";
    case Level::info:
      return "<6>";
    case Level::warning:
      return "<4>";
    case Level::error:
      break;
  }
  return "<3>";
}

// JOURNAL_STREAM is inherited by children whose standard error leads elsewhere, so it names the stream.
bool stderr_is_journal() {
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat status {};
  if (stream == nullptr || ::fstat(STDERR_FILENO, &status) != 0) return false;
  return fmt::format("{}:{}", status.st_dev, status.st_ino) == stream;
}

spdlog::sink_ptr stderr_sink() {
  const bool plain = std::getenv("NO_COLOR") != nullptr;
  return std::make_shared<spdlog::sinks::ansicolor_stderr_sink_st>(plain ? spdlog::color_mode::never
                                                                         : spdlog::color_mode::automatic);
}

class CaptureSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit CaptureSink(std::function<void(std::string_view)> take) : take_(std::move(take)) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    take_({line.data(), line.size()});
  }
  void flush_() override {}

  std::function<void(std::string_view)> take_;
};

std::string pattern(bool json, bool time) {
  if (json) return time ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})" : R"({"level":"%l",%v})";
  return time ? "%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v" : "%^%l%$ %v";
}

// Writes `text` with secrets as ***, control characters shown and invalid bytes replaced, up to `longest` bytes.
class Cleaner {
 public:
  void hide(std::string secret) {
    first_.set(static_cast<unsigned char>(secret[0]));
    secrets_.push_back(std::move(secret));
    // The longest first, so that one secret inside another does not leave the rest of it standing.
    std::stable_sort(secrets_.begin(), secrets_.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
  }
  bool knows(const std::string& secret) const {
    return std::find(secrets_.begin(), secrets_.end(), secret) != secrets_.end();
  }

  void append(std::string& out, std::string_view text, std::size_t longest) const {
    const std::size_t end = out.size() + longest;
    while (!text.empty()) {
      if (out.size() >= end) {
        out += "…";
        return;
      }
      if (const std::size_t size = secret_at(text); size != 0) {
        out += "***";
        text.remove_prefix(size);
        continue;
      }
      const std::size_t size = decode(text).size;
      append_visible(out, text.substr(0, size));
      text.remove_prefix(size);
    }
  }

 private:
  std::size_t secret_at(std::string_view text) const {
    if (!first_.test(static_cast<unsigned char>(text[0]))) return 0;
    for (const std::string& secret : secrets_)
      if (text.starts_with(secret)) return secret.size();
    return 0;
  }

  std::bitset<256> first_;
  std::vector<std::string> secrets_;
};

struct Repeated {
  Level level;
  std::string component, name;
  std::uint64_t count = 0, told = 0, next = 10;
};

}  // namespace

struct Log::Impl {
  explicit Impl(const LogOptions& options)
      : json(options.json),
        journal(!options.capture && stderr_is_journal()),
        logger("", options.capture ? spdlog::sink_ptr(std::make_shared<CaptureSink>(options.capture)) : stderr_sink()) {
    // The journal adds the time and the level itself.
    std::string form = journal ? "%v" : pattern(json, !options.capture);
    logger.set_formatter(std::make_unique<spdlog::pattern_formatter>(std::move(form), spdlog::pattern_time_type::utc,
                                                                     options.capture ? "" : "\n"));
    logger.set_level(spdlog::level::trace);
    logger.set_error_handler([](const std::string&) {});  // standard error is gone: there is nobody to tell
  }

  // Under the lock.
  void write(Level level, std::string_view component, std::string_view message) {
    line.clear();
    if (journal) line += journal_prefix(level);
    if (json) {
      if (journal) line += fmt::format(R"({{"level":"{}",)", spdlog::level::to_string_view(spd_level(level)));
      line += "\"component\":";
      append_cleaned_json(component, 256);
      line += ",\"message\":";
      append_cleaned_json(message, kLongest);
      if (journal) line += '}';
    } else {
      if (!component.empty()) {
        cleaner.append(line, component, 256);
        line += ": ";
      }
      cleaner.append(line, message, kLongest);
    }
    if (leave_line) leave_line();
    logger.log(spd_level(level), spdlog::string_view_t(line.data(), line.size()));
  }

  void append_cleaned_json(std::string_view from, std::size_t longest) {
    text.clear();
    cleaner.append(text, from, longest);
    append_json(line, text);
  }

  void tell_total(Repeated& of, std::string_view until) {
    of.told = of.count;
    write(of.level, of.component, fmt::format("{}: {} times {}", of.name, of.count, until));
  }

  const bool json, journal;
  std::mutex lock;
  Cleaner cleaner;
  spdlog::logger logger;
  std::function<void()> leave_line;
  std::map<std::string, Repeated, std::less<>> repeated;
  std::string line, text;  // kept for their memory
};

Log::Log(const LogOptions& options) : level_(static_cast<int>(options.level)), impl_(std::make_unique<Impl>(options)) {}

Log::~Log() = default;

void Log::say(Level level, std::string_view component, std::string_view message) {
  if (!on(level)) return;
  const std::lock_guard hold(impl_->lock);
  impl_->write(level, component, message);
}

void Log::format(Level level, std::string_view component, fmt::string_view text, fmt::format_args args) {
  say(level, component, fmt::vformat(text, args));
}

void Log::once_per(Level level, std::string_view component, std::string_view kind, std::string_view key,
                   std::string_view message) {
  if (!on(level)) return;
  const std::lock_guard hold(impl_->lock);
  std::string id = fmt::format("{}\n{}\n{}", component, kind, key.substr(0, 1024));
  auto it = impl_->repeated.find(id);
  if (it == impl_->repeated.end()) {
    // Names that an outsider can choose must not fill the memory: past the bound they share one entry.
    if (impl_->repeated.size() >= kKinds) id = "other", kind = "further kinds of messages", key = component = {};
    Repeated fresh{level, std::string(component), std::string(kind)};
    if (!key.empty()) fresh.name += fmt::format(" ({})", key.substr(0, 1024));
    it = impl_->repeated.try_emplace(std::move(id), std::move(fresh)).first;
  }
  Repeated& repeated = it->second;
  if (++repeated.count == 1) {
    repeated.told = 1;
    impl_->write(level, component, message);
  } else if (repeated.count == repeated.next) {
    repeated.next *= 10;
    impl_->tell_total(repeated, "so far");
  }
}

void Log::summary() {
  const std::lock_guard hold(impl_->lock);
  for (auto& [id, repeated] : impl_->repeated)
    if (repeated.count > repeated.told) impl_->tell_total(repeated, "in all");
}

void Log::hide(std::string secret) {
  if (secret.size() < 4) return;
  const std::lock_guard hold(impl_->lock);
  if (!impl_->cleaner.knows(secret)) impl_->cleaner.hide(std::move(secret));
}

void Log::before_each(std::function<void()> leave_line) {
  const std::lock_guard hold(impl_->lock);
  impl_->leave_line = std::move(leave_line);
}

}  // namespace earshot::host
