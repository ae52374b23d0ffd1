// sink.hpp: the sink `report`: reports on a schedule and at the end of a run, from the store that the pipeline's sqlite
// sink writes. It takes nothing of what passes. A scheduled report is made in a thread of its own, so that the pipeline
// does not wait; the last one in stop(), when every sink has flushed.
#pragma once

#include <atomic>
#include <charconv>
#include <earshot/sink.hpp>
#include <exception>
#include <filesystem>
#include <limits>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "audit/audit.hpp"
#include "calendar/cron.hpp"
#include "figures/figures.hpp"
#include "report/gather.hpp"
#include "report/period.hpp"
#include "report/write.hpp"
#include "store/catch_up.hpp"
#include "store/location.hpp"

namespace earshot::report {

enum class Every { day, week, month };

}  // namespace earshot::report

template <>
inline constexpr const char* earshot::choices<earshot::report::Every>[] = {"day", "week", "month", nullptr};

namespace earshot::report {

struct SinkOptions {
  std::optional<std::filesystem::path> store, media;
  std::string schedule, time_zone, query, title;
  Every period;
  std::vector<std::string> format;
  std::filesystem::path path, lists;
  std::int64_t top;
  bool at_end;

  static constexpr auto schema() {
    using O = SinkOptions;
    return earshot::schema(
        option<&O::path>("path", "The folder to write into; it is made", {.fallback = "reports"}),
        option<&O::schedule>("schedule", "When, as a cron expression: minute, hour, day, month, day of the week",
                             {.fallback = "0 7 * * mon", .example = "0 7 * * mon"}),
        option<&O::time_zone>("time_zone", "By whose clocks: of the schedule, and of the days in the report",
                              {.fallback = "UTC", .example = "Europe/Berlin"}),
        option<&O::at_end>("at_end", "Also when the run ends, as one over a file does", {.fallback = "no"}),
        option<&O::period>("period", "What a report is of: the last day, week (from Monday on) or month that is over",
                           {.fallback = "week"}),
        option<&O::format>("format", "html, pdf, csv, json, md", {.fallback = "[html]", .example = "[html, pdf]"}),
        option<&O::store>("store", "The store to report on; without it, that of the pipeline's sqlite sink",
                          {.example = "var/acme.db"}),
        option<&O::query>("query", "Only posts that this query finds", {.fallback = "''", .example = "lang:de -job"}),
        option<&O::lists>("lists", "The folder of the files that @list:FILE in the query names", {.fallback = "lists"}),
        option<&O::media>("media", "The folder below which pictures of posts are taken into the page",
                          {.example = "var/media"}),
        option<&O::title>("title", "What stands above the report; without it, the name of the pipeline",
                          {.fallback = "''"}),
        option<&O::top>("top", "How many rows a list has at most", {.fallback = "8", .min = 1, .max = 100}));
  }
};

class ReportSink : public Sink<SinkOptions> {
 public:
  static constexpr Info info{"report", "Writes a report of each day, week or month, on a schedule"};

  ~ReportSink() { join(); }

  void prepare() {
    formats_ = formats_of(options().format);
    try {
      cron_.emplace(options().schedule);
    } catch (Error& error) {
      throw std::move(error).at_option("schedule");
    }
    try {
      zone_.emplace(options().time_zone);
    } catch (Error& error) {
      throw std::move(error).at_option("time_zone");
    }
    if (host().config()) store::location(options().store, host());  // else a run alone would tell
  }

  void load(std::uint32_t, std::string_view key, std::string_view value) {
    std::int64_t time = 0;
    if (key == "done" && std::from_chars(value.data(), value.data() + value.size(), time).ec == std::errc{})
      done_ = time;
  }
  void save(StateOut& out) {
    if (done_) out.put("done", std::to_string(*done_));
  }

  // What was due while nothing ran is made up once: the latest of it.
  void start() {
    const std::int64_t now = ticks(host().now());
    if (!done_) done_ = now;
    due_ = cron_->next(*done_, *zone_);
    // Looked for from near to far, since of a schedule of minutes there may be very many.
    for (const std::int64_t hours : {1, 25, 24 * 32, 24 * 366, 24 * 366 * 9}) {
      const std::int64_t from = std::max(*done_, now - hours * calendar::kHour);
      std::int64_t later = cron_->next(from, *zone_);
      if (later > now) continue;
      for (; later <= now; later = cron_->next(later, *zone_)) due_ = later;
      break;
    }
    again_ = due_;
  }
  void stop() {
    join();
    if (!options().at_end) return;
    stop_ = false;
    make(ticks(host().now()));
    tell();
  }

  std::uint32_t write(const Deliveries& deliveries) { return deliveries.size(); }
  void flush() {}

  Time next_tick() { return busy_ ? host().now() + std::chrono::seconds{1} : time(again_); }
  void tick(Time now) {
    if (busy_) {
      if (finished_) end(now);
      return;
    }
    if (ticks(now) < again_) return;
    busy_ = true, finished_ = false, stop_ = false;
    worker_ = std::thread([this] {
      make(due_);
      finished_ = true;
    });
  }

 private:
  static constexpr std::int64_t kPause = 600 * calendar::kSecond;  // after one that failed

  // A report of the last period that was over at that time; `written_` and `failed_` tell what came of it.
  void make(std::int64_t due) {
    failed_.clear(), written_.clear();
    try {
      Request request;
      const std::filesystem::path path = store::location(options().store, host());
      store::catch_up(path, [&](std::int64_t, std::int64_t) { return !stop_; });
      figures::Figures figures(path, options().query.empty() ? nullptr : &host());
      request.zone = options().time_zone, request.store = path.string(), request.query = options().query;
      request.lists = options().lists.string(), request.top = static_cast<std::size_t>(options().top);
      request.media = options().media.value_or(std::filesystem::path{}).string();
      static constexpr std::string_view words[] = {"day", "week", "month"};
      set_period(request, words[static_cast<std::size_t>(options().period)], due, figures.state());
      set_pipeline(request, host());
      request.title = options().title.empty() ? request.pipeline : options().title;
      const Content content = gather(figures, std::move(request), [&](double) { return !stop_; });
      for (const std::filesystem::path& file : report::write(content, formats_, options().path)) {
        written_ += (written_.empty() ? "" : ", ") + file.string();
        audit::note(host(), {.command = "report", .what = "a report", .count = content.all.posts, .file = file},
                    options().store);
      }
    } catch (const std::exception& error) {
      failed_ = error.what();
    }
  }

  void tell() {
    if (failed_.empty()) {
      host().info("wrote " + written_);
      host().count("reports");
    } else {
      host().fail("the report was not made: " + failed_);
      host().count("reports_failed");
    }
  }

  void end(Time now) {
    join();
    if (stop_) return;
    tell();
    const std::int64_t next = cron_->next(due_, *zone_);
    if (failed_.empty() || next <= ticks(now)) {
      done_ = due_;
      due_ = again_ = next;
    } else {
      again_ = std::min(ticks(now) + kPause, next);
    }
  }

  void join() {
    stop_ = !finished_;
    if (worker_.joinable()) worker_.join();
    busy_ = false;
  }

  std::vector<Format> formats_;
  std::optional<calendar::Cron> cron_;
  std::optional<calendar::Zone> zone_;
  std::optional<std::int64_t> done_;  // when the last that was made had been due
  std::int64_t due_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t again_ = due_;  // when to try
  bool busy_ = false;          // a worker is there
  std::atomic<bool> finished_{true}, stop_{false};
  std::string written_, failed_;  // of the worker, until it has finished
  std::thread worker_;
};

}  // namespace earshot::report
