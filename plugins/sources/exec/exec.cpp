// exec: posts from any program that prints them as NDJSON. It is started, started again when it dies, told where it
// had got to, and ended with its whole process group.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <earshot/source.hpp>

#include "child.hpp"
#include "control.hpp"
#include "messages.hpp"
#include "post/lines.hpp"
#include "post/reader.hpp"
#include "post/reread.hpp"

namespace {
enum class Restart { always, on_failure, never };
}
template <>
inline constexpr const char* earshot::choices<Restart>[] = {"always", "on_failure", "never", nullptr};

namespace {

using earshot::Duration;
using earshot::Polled;
using earshot::exec::Child;
using earshot::exec::Control;
namespace post = earshot::post;
using std::chrono::milliseconds;

struct ExecOptions {
  std::vector<std::string> command;
  std::map<std::string, std::string> env;
  Restart restart;
  Duration backoff, max_backoff, grace;
  earshot::Bytes max_line;

  static constexpr auto schema() {
    using earshot::option;
    using O = ExecOptions;
    return earshot::schema(
        option<&O::command>("command", "The program and its arguments, without a shell; {cursor} is put in",
                            {.min = 1, .max = 1000, .example = "[python3, connector.py]"}),
        option<&O::env>("env", "What else stands in its environment",
                        {.fallback = "{}", .example = "{TOKEN: \"${MY_TOKEN}\"}"}),
        option<&O::restart>("restart", "When to start it again once it has ended", {.fallback = "on_failure"}),
        option<&O::backoff>("backoff", "Wait so long before the first restart, twice as long before each next one",
                            {.fallback = "1s", .min = 0.01, .max = 86400}),
        option<&O::max_backoff>("max_backoff", "Wait no longer than this",
                                {.fallback = "5m", .min = 0.01, .max = 86400}),
        option<&O::grace>("grace", "From asking it to end (SIGTERM) until it is killed",
                          {.fallback = "5s", .max = 300}),
        option<&O::max_line>("max_line", "Longer lines are set aside",
                             {.fallback = "1MiB", .min = 1024, .max = 1 << 28}));
  }
};

class Exec : public earshot::Source<ExecOptions> {
 public:
  static constexpr earshot::Info info{"exec", "Posts from any program that prints them as NDJSON", EAR_REPEATS};

  void prepare() {
    if (options().command.front().empty()) throw earshot::invalid("the program has no name").at_option("command");
    const auto has_nul = [](const std::string& text) { return text.find('\0') != std::string::npos; };
    if (std::any_of(options().command.begin(), options().command.end(), has_nul))
      throw earshot::invalid("an argument holds a NUL").at_option("command");
    for (const auto& [name, value] : options().env)
      if (name.empty() || name.find('=') != std::string::npos || has_nul(name) || has_nul(value))
        throw earshot::invalid("'" + name + "' can be no name of an environment variable").at_option("env");
  }

  void open(std::string_view cursor) {
    child_.reset();
    cursor_ = cursor;
    failures_ = 0, start_at_ = {};
    finished_ = false;
  }
  void stop() {
    if (child_) child_->stop(options().grace);
    child_.reset();
  }

  Polled poll(earshot::SourceOut& out) {
    if (finished_) return Polled::end();
    if (!child_) {
      const earshot::Time now = host().now();
      if (now < start_at_) return Polled::idle(std::min<Duration>(start_at_ - now, milliseconds(100)));
      begin();
    }
    child_->wait(50);
    const bool was_over = child_->ended().has_value();  // asked first: what it wrote before that is read below
    read_messages();
    const bool any = read_output(out, was_over);
    if (any) return Polled::more();
    return was_over ? end() : Polled::idle(milliseconds(1));
  }

  void reread(std::string_view raw, std::string_view, earshot::SourceOut& out) { post::reread(reader_, raw, out); }

 private:
  void begin() {
    lines_ = post::Lines(static_cast<std::size_t>(options().max_line.count));
    line_ = 0;
    began_ = host().now();
    std::vector<std::string> command = options().command;
    for (std::string& word : command)
      for (std::size_t at = 0; (at = word.find("{cursor}", at)) != std::string::npos; at += cursor_.size())
        word.replace(at, std::strlen("{cursor}"), cursor_);
    try {
      child_ = std::make_unique<Child>(command, environment());
    } catch (const earshot::Error& error) {
      if (options().restart == Restart::never) throw earshot::not_allowed(error.what());
      back_off();
      throw earshot::io_failure(error.what()).after(start_at_ - host().now());
    }
  }

  // Little of the host's own: secrets in there are none of the program's business.
  std::vector<std::string> environment() const {
    std::map<std::string, std::string> all;
    for (const char* name : {"PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"})
      if (const char* value = std::getenv(name)) all[name] = value;
    for (const auto& [name, value] : options().env) all[name] = value;
    all["EARSHOT_CURSOR"] = cursor_;
    std::vector<std::string> lines;
    for (const auto& [name, value] : all) lines.push_back(std::string(name).append("=").append(value));
    return lines;
  }

  void read_messages() {
    char text[16384];
    for (int i = 0; i < 8; ++i) {  // a program that writes without end is not read without end
      const std::size_t size = child_->read_messages(text, sizeof text);
      if (size == 0) return;
      messages_.take({text, size}, host());
    }
  }

  // Reads once. False: there was nothing.
  bool read_output(earshot::SourceOut& out, bool is_over) {
    constexpr std::size_t kRoom = 65536;  // as much as a pipe holds
    const post::Chunk chunk = lines_.next([&](char* to, std::size_t size) { return child_->read_output(to, size); },
                                          kRoom, out.raw().buffer, out.raw().ctx, is_over);
    if (chunk.any) take(chunk.lines, out);
    if (!chunk.too_long.empty()) {
      ++line_;
      out.reject(chunk.too_long, place(), post::kTooLong);
    }
    if (!std::exchange(covered_, true)) out.cursor(cursor_);
    return chunk.read != 0 || chunk.any;
  }

  void take(std::string_view lines, earshot::SourceOut& out) {
    post::Memory memory(out.raw());
    reader_.block(lines);
    const char* end = lines.data() + lines.size();
    for (const char* at = lines.data(); at <= end;) {
      const auto left = static_cast<std::size_t>(end - at);
      const auto* stop = static_cast<const char*>(std::memchr(at, '\n', left));
      std::string_view line(at, stop == nullptr ? left : static_cast<std::size_t>(stop - at));
      at += line.size() + 1;
      ++line_;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.find_first_not_of(" \t") == line.npos) continue;
      take_line(line, memory, out);
    }
  }

  void take_line(std::string_view line, post::Memory& memory, earshot::SourceOut& out) {
    if (line.size() > static_cast<std::size_t>(options().max_line.count))
      return out.reject(line.substr(0, post::kShown), place(), post::kTooLong);
    if (const ear_post* read = reader_.read(line, memory); read != nullptr) return covered_ = false, out.post(*read);
    Control control;
    if (controls_.read(line, memory, control)) return obey(control, out);
    const bool meant = control.kind != Control::Kind::none;
    out.reject(line, place(), (meant ? controls_.fault() : reader_.fault()).text());
  }

  void obey(const Control& control, earshot::SourceOut& out) {
    switch (control.kind) {
      case Control::Kind::cursor:
        if (control.text.size() > kMostCursor || control.text.find('\0') != std::string_view::npos)
          return out.reject(control.text.substr(0, 1024), place(),
                            "wrong value: a cursor has 64 KiB at most, and no NUL");
        cursor_ = control.text;
        covered_ = true;
        return out.cursor(cursor_);
      case Control::Kind::complete:
        return out.complete_until(control.to);
      case Control::Kind::gap:
        return out.gap(control.from, control.to, control.text);
      case Control::Kind::log:
        return said_.take(std::string(control.text) + "\n", host());
      case Control::Kind::none:
        return;
    }
  }

  std::string place() const { return std::string(host().component()) + ":" + std::to_string(line_); }

  Polled end() {
    read_messages();
    messages_.end(host()), said_.end(host());
    const earshot::exec::Exit exit = *child_->ended();
    child_.reset();
    const Restart restart = options().restart;
    if (exit.success && restart != Restart::always) return finished_ = true, Polled::end();
    const std::string what = "'" + options().command.front() + "' " + exit.text;
    if (!exit.success && restart == Restart::never) throw earshot::not_allowed(what);
    if (exit.success || host().now() - began_ >= kSteady) failures_ = 0;  // it ran well for a while
    back_off();
    if (!exit.success) {
      const double seconds = std::chrono::duration<double>(start_at_ - host().now()).count();
      host().warn(what + "; it is started again in " + std::to_string(seconds).substr(0, 5) + " s");
      host().count("restarts");
    }
    return Polled::idle(std::min<Duration>(start_at_ - host().now(), milliseconds(100)));
  }

  void back_off() {
    const double wait =
        static_cast<double>(options().backoff.count()) * static_cast<double>(1u << std::min(failures_, 20u));
    ++failures_;
    const auto most = static_cast<double>(std::max(options().backoff, options().max_backoff).count());
    start_at_ = host().now() + Duration{static_cast<std::int64_t>(std::min(wait, most))};
  }

  static constexpr std::size_t kMostCursor = 65536;  // it must fit into an argument and an environment
  static constexpr Duration kSteady = std::chrono::minutes(1);

  std::unique_ptr<Child> child_;
  std::string cursor_;   // the last that the program printed: behind it, it goes on after a restart
  bool covered_ = true;  // no post has come since a cursor was told
  bool finished_ = false;
  unsigned failures_ = 0;  // in a row
  earshot::Time began_{}, start_at_{};
  post::Lines lines_;
  std::uint64_t line_ = 0;
  post::Reader reader_;
  earshot::exec::ControlReader controls_;
  earshot::exec::Messages messages_, said_;  // on standard error, and in lines of its output
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.exec", "0.1.0", "Earshot", "Apache-2.0", "Posts from any program that prints them", Exec)
