// rig.hpp: runs the host's real pipeline on components of a test's own, made with the SDK and told what to do by
// functions that the test gives. One rig a test; its components find it by the pipeline's name.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "earshot/detector.hpp"
#include "earshot/sink.hpp"
#include "earshot/source.hpp"
#include "runtime/pipeline.hpp"

namespace rig {

using namespace earshot::host;

// One post as a test writes it.
struct P {
  std::string id;
  std::int64_t at = 0;  // seconds of event time
  std::uint32_t change = EAR_NEW;
  std::uint64_t revision = 0;
  std::string text = "text";
  std::string platform = "test";
  std::string author = {};  // id and handle
};

// Posts "from" to the one before "to", a moment each.
inline std::vector<P> numbered(int from, int to) {
  std::vector<P> out;
  for (int i = from; i < to; ++i) out.push_back({std::to_string(i), 1000 + i});
  return out;
}

// What came to a sink.
struct Got {
  std::string what;  // the post's id; "alert …" or "gap …"
  std::uint64_t revision = 0;
  std::uint32_t change = EAR_NEW;
  std::vector<std::string> findings;  // kind/value, in their order
  bool late = false;
};

class Rig;
Rig& rig_of(std::string_view pipeline);

struct SourceScript {
  std::vector<P> posts;
  std::size_t chunk = 2;                                            // posts in one poll
  bool endless = false;                                             // idle at the end
  std::function<void(std::size_t at, earshot::SourceOut&)> before;  // each poll; `at` posts have been given
  std::function<void(std::string_view raw, earshot::SourceOut&)> reread;
};

struct DetectorScript {
  std::function<void(const earshot::Post&, earshot::Out&)> post;
  std::function<void(const earshot::Batch&, earshot::Out&)> batch;
  std::function<void(earshot::Time, earshot::Out&)> advance;
  std::function<void(earshot::StateOut&)> save;
  std::function<void(std::string_view key, std::string_view value)> load;
  std::function<void(std::string_view platform, std::string_view author)> erase;
};

struct SinkScript {
  std::function<void(const earshot::Delivery&)> write;
  std::function<void()> flush;
  std::function<void(earshot::StateOut&)> save;
  std::function<void(std::string_view platform, std::string_view author)> erase;
};

class Rig {
 public:
  explicit Rig(std::filesystem::path state = {});
  ~Rig();
  Rig(const Rig&) = delete;
  Rig& operator=(const Rig&) = delete;

  std::map<std::string, SourceScript> sources;
  std::map<std::string, DetectorScript> detectors;
  std::map<std::string, SinkScript> sinks;
  Plan plan;
  std::atomic<std::int64_t> now{2'000'000'000};  // seconds; components see this clock
  std::function<std::optional<Plan>()> read_again;
  std::vector<std::string> started, stopped;  // ids, in their order

  ComponentPlan& source(std::string id, bool repeats = false);
  ComponentPlan& detector(std::string id, std::vector<std::string> from, bool stateless = false);
  ComponentPlan& sink(std::string id, std::vector<std::string> from, bool remote = false);

  RunResult run();   // to its end
  void start();      // in a thread of its own
  RunResult stop();  // and drains
  RunResult join();  // of a run that ends by itself
  void reload() { wishes_.reload = true; }
  bool wait(const std::function<bool()>& until) const;  // false: it did not come within 20 s

  std::vector<Got> got(const std::string& sink) const;
  std::vector<std::string> ids(const std::string& sink) const;  // of posts, in their order
  std::vector<std::string> alerts(const std::string& sink) const;
  std::string log() const;
  std::string metrics() const { return meters_.prometheus(); }
  Health& health() { return health_; }
  Environment& environment() { return environment_; }

  // Of the component `id`; an empty one where the test has none. Components ask from threads of their own.
  template <class Script>
  Script& script(std::map<std::string, Script>& scripts, const std::string& id) {
    const std::lock_guard lock(mutex_);
    return scripts[id];
  }
  void add(const std::string& sink, Got got);
  void note(std::vector<std::string>& list, const std::string& id);

 private:
  ComponentPlan& add_plan(std::vector<ComponentPlan>& to, const char* plugin, std::uint32_t kind, std::string id,
                          std::vector<std::string> from);
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<Got>> got_;
  mutable std::mutex log_mutex_;
  std::string log_text_;
  Log log_;
  Meters meters_;
  Health health_;
  TapHub taps_;
  Environment environment_;
  Wishes wishes_;
  std::thread thread_;
  RunResult result_;
  std::exception_ptr thrown_;
};

// A folder that goes with the test.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace rig
