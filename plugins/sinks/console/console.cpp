// console: what was found, as lines for people, on standard output or standard error.
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <earshot/sink.hpp>

#include "console/growth.hpp"
#include "console/page.hpp"

namespace {
enum class Show { all, posts, alerts };
enum class Colour { automatic, always, never };
enum class To { out, error };
}  // namespace

template <>
inline constexpr const char* earshot::choices<Show>[] = {"all", "posts", "alerts", nullptr};
template <>
inline constexpr const char* earshot::choices<Colour>[] = {"auto", "always", "never", nullptr};
template <>
inline constexpr const char* earshot::choices<To>[] = {"stdout", "stderr", nullptr};

namespace {

struct ConsoleOptions {
  Show show;
  bool only_found;
  Colour colour;
  std::int64_t width;
  To to;

  static constexpr auto schema() {
    using earshot::option;
    using O = ConsoleOptions;
    return earshot::schema(
        option<&O::show>("show", "Posts, or alerts and gaps, or all of them", {.fallback = "all"}),
        option<&O::only_found>("only_found", "Of the posts only those in which something was found",
                               {.fallback = "true"}),
        option<&O::colour>("colour", "auto: on a terminal, unless NO_COLOR is set", {.fallback = "auto"}),
        option<&O::width>("width", "Columns of a line; 0: those of the terminal, or 100",
                          {.fallback = "0", .max = 1000}),
        option<&O::to>("to", "Where to write", {.fallback = "stdout"}));
  }
};

class Console : public earshot::Sink<ConsoleOptions> {
 public:
  static constexpr earshot::Info info{"console", "Posts with findings, alerts and gaps as lines for people"};

  void start() {
    file_ = options().to == To::out ? STDOUT_FILENO : STDERR_FILENO;
    terminal_ = ::isatty(file_) == 1;
    colour_ =
        options().colour == Colour::always || (options().colour == Colour::automatic && terminal_ && may_colour());
  }

  std::uint32_t write(const earshot::Deliveries& deliveries) {
    page_.clear();
    page_.look({colour_, width()});
    std::uint32_t taken = 0;
    for (; taken < deliveries.size() && page_.text().size() < kMost; ++taken) show(deliveries[taken]);
    put(page_.text());
    return taken;
  }
  void flush() {}  // what was written is the reader's

 private:
  static constexpr std::size_t kMost = 1 << 16;  // of text in one call

  // https://no-color.org
  static bool may_colour() {
    const char* no_colour = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    return (no_colour == nullptr || *no_colour == 0) && (terminal == nullptr || std::strcmp(terminal, "dumb") != 0);
  }

  // Asked anew each time: a window changes its size.
  std::size_t width() const {
    if (options().width > 0) return static_cast<std::size_t>(options().width);
    struct winsize size {};
    if (terminal_ && ::ioctl(file_, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 100;
  }

  void show(const earshot::Delivery& delivery) {
    const bool posts = options().show != Show::alerts, alerts = options().show != Show::posts;
    if (delivery.is_post() && posts && (!options().only_found || !delivery.post().findings().empty()))
      page_.post(delivery.post());
    if (delivery.is_alert() && alerts && growth_.is_worth_a_line(delivery)) page_.alert(delivery.alert());
    if (delivery.is_gap() && alerts) page_.gap(earshot::Gap{delivery.gap()});
  }

  void put(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t wrote = ::write(file_, text.data(), text.size());
      if (wrote >= 0) {
        text.remove_prefix(static_cast<std::size_t>(wrote));
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {  // a reader that is slower, on a pipe that does not block
        struct pollfd writable {
          file_, POLLOUT, 0
        };
        if (::poll(&writable, 1, 100) == 0 && host().cancelled()) throw earshot::cancelled();
      } else if (errno == EPIPE) {
        throw earshot::not_allowed("cannot write: the reader of the output has gone");
      } else if (errno != EINTR) {
        throw earshot::io_failure(std::string("cannot write to the console: ") + std::strerror(errno));
      }
    }
  }

  earshot::console::Page page_;
  earshot::console::Growth growth_;
  int file_ = -1;
  bool terminal_ = false, colour_ = false;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.console", "0.1.0", "Earshot", "Apache-2.0", "What was found, as lines for people", Console)
