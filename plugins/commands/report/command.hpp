// command.hpp: `earshot report PIPELINE`: a report of a period, at once.
#pragma once

#include <fmt/format.h>

#include <earshot/command.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "audit/audit.hpp"
#include "figures/figures.hpp"
#include "report/gather.hpp"
#include "report/period.hpp"
#include "report/write.hpp"
#include "store/catch_up.hpp"
#include "store/location.hpp"

namespace earshot::report {

struct CommandOptions {
  std::optional<std::filesystem::path> store, media;
  std::string period, time_zone, query, title;
  std::vector<std::string> format;
  std::filesystem::path out, lists;
  std::int64_t top;
  std::optional<Time> at;

  static constexpr auto schema() {
    using O = CommandOptions;
    return earshot::schema(
        option<&O::store>("store", "The store to report on; without it, that of the pipeline's sqlite sink",
                          {.example = "var/acme.db"}),
        option<&O::period>(
            "period", "day, week (from Monday on) or month: the last that is over; or FROM..TO, both days included",
            {.fallback = "week", .example = "2026-05-04..2026-05-10"}),
        option<&O::time_zone>("time_zone", "By whose clocks days begin",
                              {.fallback = "UTC", .example = "Europe/Berlin"}),
        option<&O::format>("format", "html, pdf, csv, json, md; one or several", {.fallback = "[html]"}),
        option<&O::out>("out", "The folder to write into; it is made", {.fallback = "reports"}),
        option<&O::query>("query", "Only posts that this query finds; each is looked at, which takes its time",
                          {.fallback = "''", .example = "lang:de -job"}),
        option<&O::lists>("lists", "The folder of the files that @list:FILE in the query names", {.fallback = "lists"}),
        option<&O::media>("media", "The folder below which pictures of posts are taken into the page",
                          {.example = "var/media"}),
        option<&O::title>("title", "What stands above the report; without it, the name of the pipeline",
                          {.fallback = "''"}),
        option<&O::top>("top", "How many rows a list has at most", {.fallback = "8", .min = 1, .max = 100}),
        option<&O::at>("at", "As if it were that time; without it, now", {.example = "2026-05-11T07:00:00Z"}));
  }
};

class ReportCommand : public Command<CommandOptions> {
 public:
  static constexpr Info info{"report", "A report of a week, or any other period: HTML, PDF, CSV, JSON, Markdown"};
  static constexpr const char* usage = "[PIPELINE]";
  static constexpr const char* examples =
      "earshot report acme.yaml --period week --time-zone Europe/Berlin\n"
      "earshot report --store var/acme.db --period 2026-05-01..2026-05-31 --format html,pdf,csv";

  int run(std::span<const std::string_view> arguments, CommandIo& io) {
    if (arguments.size() > 1) throw invalid("one pipeline at a time: earshot report PIPELINE");
    const std::vector<Format> formats = formats_of(split(options().format));
    const std::filesystem::path path = store::location(options().store, host());
    store::catch_up(path, [&](std::int64_t at, std::int64_t of) {
      return shows(io, "counting posts", of == 0 ? 1 : static_cast<double>(at) / static_cast<double>(of));
    });
    figures::Figures figures(path, options().query.empty() ? nullptr : &host());
    Request request;
    request.zone = options().time_zone, request.store = path.string(), request.query = options().query;
    request.lists = options().lists.string(), request.top = static_cast<std::size_t>(options().top);
    request.media = options().media.value_or(std::filesystem::path{}).string();
    const Time now = options().at.value_or(host().now());
    set_period(request, options().period, ticks(now), figures.state());
    set_pipeline(request, host());
    request.title = !options().title.empty()   ? options().title
                    : request.pipeline.empty() ? path.stem().string()
                                               : request.pipeline;
    const Content content =
        gather(figures, std::move(request), [&](double share) { return shows(io, "gathering", share); });
    for (const std::filesystem::path& file : write(content, formats, options().out)) {
      io.out(file.string() + "\n");
      audit::note(host(), {.command = "report", .what = "a report", .count = content.all.posts, .file = file},
                  options().store);
    }
    return 0;
  }

 private:
  // "html,pdf" may be one word.
  static std::vector<std::string> split(const std::vector<std::string>& words) {
    std::vector<std::string> out;
    for (std::string_view rest : words)
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        if (end > 0) out.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    return out;
  }

  // A line at the foot of a terminal. False: somebody wants it to stop.
  bool shows(CommandIo& io, std::string_view what, double share) {
    if (io.terminal()) {
      constexpr int kWide = 30;
      const int full = static_cast<int>(share * kWide + 0.5);
      const std::string line = fmt::format(
          "\r{:<15} [{}{}] {:3.0f} %{}", what, std::string(static_cast<std::size_t>(full), '#'),
          std::string(static_cast<std::size_t>(kWide - full), ' '), 100 * share, share >= 1 ? "\r\x1b[K" : "");
      if (line != shown_) io.error(line);
      shown_ = line;
    }
    return !host().cancelled();
  }

  std::string shown_;
};

}  // namespace earshot::report
