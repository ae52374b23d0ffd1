// alert_file: alerts as lines of a file, each on the disk before it counts as told: for other programs to follow.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "delivery/sink.hpp"
#include "delivery/words.hpp"
#include "post/time.hpp"

enum class Form { json, text };

template <>
inline constexpr const char* earshot::choices<Form>[] = {"json", "text", nullptr};

namespace {

namespace delivery = earshot::delivery;
using delivery::Envelope;

struct AlertFileOptions : delivery::Options {
  std::filesystem::path path;
  Form form;

  static constexpr auto schema() {
    using earshot::option;
    using O = AlertFileOptions;
    return delivery::joined(
        earshot::schema(option<&O::path>("path", "The file that lines are added to", {.example = "var/alerts.log"}),
                        option<&O::form>("form", "json: a message with one alert a line; text: one sentence a line",
                                         {.fallback = "json"})),
        delivery::Options::schema());
  }
};

class FileChannel : public delivery::Channel {
 public:
  explicit FileChannel(const AlertFileOptions& options) : path_(options.path), form_(options.form) {}

  std::size_t most_alerts() const override { return 1; }
  delivery::Outcome send(const Envelope& envelope, const delivery::Stopped&) override {
    append(form_ == Form::json ? envelope.json + "\n" : text_of(envelope));
    return {delivery::Outcome::Kind::sent, "written"};
  }

 private:
  static std::string text_of(const Envelope& envelope) {
    char time[earshot::post::kTimeText];
    const std::string when(time, earshot::post::write_time(time, envelope.created));
    const delivery::Item& item = envelope.items.at(0);
    return when + " " + std::string(word(envelope.purpose)) + " " +
           delivery::line(delivery::about(item.alert) + " " + item.alert.kind, 200) + " severity " +
           std::to_string(item.alert.severity) + ": " + delivery::line(sentence(item), 1000) + "\n";
  }

  // Opened each time, so that whoever rotates the file need not tell. A line stands there whole or not at all.
  void append(const std::string& line) {
    std::error_code ignored;
    if (path_.has_parent_path()) std::filesystem::create_directories(path_.parent_path(), ignored);
    const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0) fail("open", errno);
    struct stat before {};
    int error = ::fstat(file, &before) == 0 ? 0 : errno;
    std::string_view left = line;
    while (error == 0 && !left.empty()) {
      const ssize_t wrote = ::write(file, left.data(), left.size());
      if (wrote >= 0)
        left.remove_prefix(static_cast<std::size_t>(wrote));
      else if (errno != EINTR)
        error = errno;
    }
    if (error == 0 && S_ISREG(before.st_mode) && ::fdatasync(file) != 0) error = errno;
    if (error != 0 && S_ISREG(before.st_mode) && ::ftruncate(file, before.st_size) != 0) error = errno;
    ::close(file);
    if (error != 0) fail("write", error);
  }

  [[noreturn]] void fail(const char* what, int error) const {
    throw earshot::io_failure(std::string("cannot ") + what + " '" + path_.string() + "': " + std::strerror(error));
  }

  std::filesystem::path path_;
  Form form_;
};

class AlertFile : public delivery::AlertSink<AlertFileOptions> {
 public:
  static constexpr earshot::Info info{"alert_file", "Alerts as lines of a file, each on the disk before it counts"};

 protected:
  const char* plugin() const override { return info.name; }
  void check() override {
    if (options().path.empty()) throw earshot::invalid("there is no path").at_option("path");
  }
  std::unique_ptr<delivery::Channel> open() override { return std::make_unique<FileChannel>(options()); }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.alert_file", "1.0.0", "Earshot", "Apache-2.0", "Alerts as lines of a file", AlertFile)
