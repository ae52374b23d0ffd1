#include "config/keys.hpp"

namespace earshot::host {
namespace {

OptionSchema key(std::string name, std::uint32_t type, std::string fallback, std::string doc) {
  OptionSchema out;
  out.name = std::move(name);
  out.type = type;
  out.doc = std::move(doc);
  if (!fallback.empty()) out.fallback = std::move(fallback);
  return out;
}

OptionSchema bounded(OptionSchema option, double min, double max) {
  option.min = min;
  option.max = max;
  return option;
}

OptionSchema choice(std::string name, std::vector<std::string> choices, std::string doc) {
  OptionSchema out = key(std::move(name), EAR_CHOICE, choices[0], std::move(doc));
  out.choices = std::move(choices);
  return out;
}

OptionSchema deadline() {
  return key("deadline", EAR_DURATION, "1m",
             "How long one call into the plugin may go on without asking whether to stop; 0: without end");
}

}  // namespace

const std::vector<OptionSchema>& pipeline_keys() {
  constexpr double kDay = 86'400, kTera = 1e12;
  static const std::vector<OptionSchema> keys = {
      key("pipeline", EAR_TEXT, "", "The name of the pipeline; without it, that of the file"),
      key("state", EAR_PATH, "", "The folder of checkpoints and dead letters; without it, none are kept"),
      key("key_file", EAR_PATH, "", "A key that dead letters are sealed with; `earshot key` makes one"),
      bounded(key("checkpoint", EAR_DURATION, "5s", "Time from one checkpoint to the next"), 0.01, kDay),
      bounded(key("drain", EAR_DURATION, "30s", "How long a stop may take to finish what is under way"), 0, kDay),
      bounded(key("memory", EAR_SIZE, "32MiB", "Memory of the posts that may be under way at once"), 1 << 20, kTera),
      bounded(key("workers", EAR_INTEGER, "0", "Threads for detectors; 0: one for each core"), 0, 1024),
      bounded(key("keep_dead_letters", EAR_DURATION, "0s", "How long dead letters are kept; 0: the newest million"), 0,
              1e5 * kDay),
      key("listen", EAR_TEXT, "127.0.0.1:0", "Address of metrics and health, as host:port; off: none"),
  };
  return keys;
}

const std::vector<OptionSchema>& component_keys(std::uint32_t kind) {
  static const std::vector<OptionSchema> source = {
      deadline(), key("lateness", EAR_DURATION, "10m", "How far posts may come out of the order of their times"),
      choice("when_full", {"block", "drop_newest", "drop_oldest"}, "What happens to new posts while memory is full")};
  static const std::vector<OptionSchema> detector = {deadline()};
  static const std::vector<OptionSchema> sink = {
      deadline(), choice("takes", {"all", "posts", "alerts"}, "What it is given"),
      key("required", EAR_BOOLEAN, "true", "Whether the run fails when it does")};
  static const std::vector<OptionSchema> service = {deadline()};
  switch (kind) {
    case EAR_SOURCE:
      return source;
    case EAR_SINK:
      return sink;
    case EAR_SERVICE:
      return service;
    default:
      return detector;
  }
}

}  // namespace earshot::host
