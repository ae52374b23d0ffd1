// moody: a detector that counts, and crashes or hangs at one post; and a sink that fails now and then, or for good.
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <earshot/detector.hpp>
#include <earshot/sink.hpp>
#include <fstream>
#include <thread>

namespace {

struct MoodyOptions {
  std::string crash_on, hang_on, refuse, mark;

  static constexpr auto schema() {
    using earshot::option;
    using O = MoodyOptions;
    return earshot::schema(
        option<&O::crash_on>("crash_on", "Id of the post that it crashes on", {.fallback = ""}),
        option<&O::hang_on>("hang_on", "Id of the post that it never comes back from", {.fallback = ""}),
        option<&O::refuse>("refuse", "Id of the post that it cannot take", {.fallback = ""}),
        option<&O::mark>("mark", "A file that grows with each save", {.fallback = ""}));
  }
};

class Moody : public earshot::Detector<MoodyOptions> {
 public:
  static constexpr earshot::Info info{"moody", "Counts posts; crashes or hangs at one"};

  void detect(const earshot::Post& post, earshot::Out&) {
    if (!options().crash_on.empty() && post.id() == options().crash_on) ::raise(SIGSEGV);
    while (!options().hang_on.empty() && post.id() == options().hang_on)
      std::this_thread::sleep_for(std::chrono::seconds{1});
    if (!options().refuse.empty() && post.id() == options().refuse) throw earshot::invalid("this one not");
    ++posts_;
  }

  // How many posts there were in all: each is to be counted once, whatever happened meanwhile.
  void advance(earshot::Time watermark, earshot::Out& out) {
    if (watermark != earshot::end_of_time) return;
    ear_alert alert = earshot::make_alert("count", "posts");
    alert.state = EAR_ALERT_CLOSED;
    alert.observed = static_cast<double>(posts_);
    out.alert(alert);
  }

  void save(earshot::StateOut& out) {
    if (!options().mark.empty()) {
      std::ofstream(options().mark, std::ios::app) << '.' << std::flush;
      std::this_thread::sleep_for(std::chrono::milliseconds{3});  // so that a kill can come in between
    }
    out.put("posts", std::to_string(posts_));
  }
  void load(std::uint32_t, std::string_view, std::string_view value) {
    posts_ = std::strtoull(std::string(value).c_str(), nullptr, 10);
  }

 private:
  unsigned long long posts_ = 0;
};

struct SulkyOptions {
  std::string path, refuse;
  std::int64_t fail_every, refuse_after;
  earshot::Duration slow;

  static constexpr auto schema() {
    using earshot::option;
    using O = SulkyOptions;
    return earshot::schema(option<&O::path>("path", "Where the ids go, a line each", {.example = "ids"}),
                           option<&O::refuse>("refuse", "Id of the post that it cannot take", {.fallback = ""}),
                           option<&O::fail_every>("fail_every", "Each so manieth write fails; 0: none",
                                                  {.fallback = "0", .min = 0, .max = 1e6}),
                           option<&O::slow>("slow", "How long each write takes at least", {.fallback = "0s"}),
                           option<&O::refuse_after>("refuse_after", "Writes until it stops for good; 0: never",
                                                    {.fallback = "0", .min = 0, .max = 1e6}));
  }
};

class Sulky : public earshot::Sink<SulkyOptions> {
 public:
  static constexpr earshot::Info info{"sulky", "Fails now and then, or for good"};

  void start() { out_.open(options().path, std::ios::app); }

  // Takes half of what it is offered, so that the host must bring the rest again.
  std::uint32_t write(const earshot::Deliveries& deliveries) {
    ++writes_;
    if (options().slow.count() > 0) std::this_thread::sleep_for(options().slow);
    if (!options().refuse.empty())
      for (std::uint32_t i = 0; i < deliveries.size(); ++i)
        if (deliveries[i].is_post() && deliveries[i].post().id() == options().refuse) return refuse(deliveries, i);
    if (options().refuse_after > 0 && writes_ > options().refuse_after)
      throw earshot::not_allowed("the key is refused");
    if (options().fail_every > 0 && writes_ % options().fail_every == 0)
      throw earshot::io_failure("this write fails").after(std::chrono::milliseconds{1});
    const std::uint32_t taken = (deliveries.size() + 1) / 2;
    for (std::uint32_t i = 0; i < taken; ++i)
      if (deliveries[i].is_post()) out_ << deliveries[i].post().platform() << '/' << deliveries[i].post().id() << '\n';
    return taken;
  }
  void flush() { out_.flush(); }

 private:
  std::uint32_t refuse(const earshot::Deliveries& deliveries, std::uint32_t at) {
    if (at == 0) throw earshot::invalid("this one not").at_post(0);
    for (std::uint32_t i = 0; i < at; ++i)
      if (deliveries[i].is_post()) out_ << deliveries[i].post().platform() << '/' << deliveries[i].post().id() << '\n';
    return at;
  }
  std::ofstream out_;
  std::int64_t writes_ = 0;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.test.moody", "1.0.0", "Earshot", "Apache-2.0", "Fails when it is told to", Moody, Sulky)
