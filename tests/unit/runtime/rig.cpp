#include "rig.hpp"

#include <stdlib.h>

#include <algorithm>
#include <stdexcept>

namespace rig {
namespace {

using earshot::NoOptions;

std::mutex rigs_mutex;
std::map<std::string, Rig*, std::less<>> rigs;

template <class Base>
class Scripted : public Base {
 public:
  Rig& rig() const { return rig_of(this->host().pipeline()); }
  std::string id() const { return std::string(this->host().component()); }
  void start() { rig().note(rig().started, id()); }
  void stop() { rig().note(rig().stopped, id()); }
};

class ScriptedSource : public Scripted<earshot::Source<NoOptions>> {
 public:
  static constexpr earshot::Info info{"source", "Posts of a test", 0};
  void open(std::string_view cursor) { at_ = cursor.empty() ? 0 : std::stoul(std::string(cursor)); }
  earshot::Polled poll(earshot::SourceOut& out) {
    SourceScript& script = rig().script(rig().sources, id());
    if (script.before) script.before(at_, out);
    if (at_ >= script.posts.size())
      return script.endless ? earshot::Polled::idle(std::chrono::milliseconds{1}) : earshot::Polled::end();
    for (std::size_t i = 0; i < script.chunk && at_ < script.posts.size(); ++i) push(script.posts[at_++], out);
    out.cursor(std::to_string(at_));
    return earshot::Polled::more();
  }
  void reread(std::string_view raw, std::string_view, earshot::SourceOut& out) {
    if (!rig().script(rig().sources, id()).reread) throw earshot::unsupported("no");
    rig().script(rig().sources, id()).reread(raw, out);
  }

 private:
  static void push(const P& p, earshot::SourceOut& out) {
    ear_post post = earshot::make_post();
    post.platform = earshot::str(p.platform), post.id = earshot::str(p.id);
    post.published = p.at * 1'000'000'000, post.change = p.change, post.revision = p.revision;
    const ear_segment body = earshot::make_segment(EAR_BODY, p.text);
    post.segments = &body, post.segment_count = 1;
    ear_author author = earshot::make_author();
    author.id = author.handle = earshot::str(p.author);
    if (!p.author.empty()) post.author = &author;
    out.post(post);
  }
  std::size_t at_ = 0;
};

class RepeatingSource : public ScriptedSource {
 public:
  static constexpr earshot::Info info{"repeating", "Posts of a test, some again", EAR_REPEATS};
};

class ScriptedDetector : public Scripted<earshot::Detector<NoOptions>> {
 public:
  static constexpr earshot::Info info{"detector", "What a test finds", 0};
  void detect(const earshot::Batch& batch, earshot::Out& out) {
    DetectorScript& script = rig().script(rig().detectors, id());
    if (script.batch) script.batch(batch, out);
    if (script.post)
      for (std::uint32_t i = 0; i < batch.size(); ++i) script.post(batch[i], out);
  }
  void advance(earshot::Time t, earshot::Out& out) {
    if (rig().script(rig().detectors, id()).advance) rig().script(rig().detectors, id()).advance(t, out);
  }
  void save(earshot::StateOut& out) {
    if (rig().script(rig().detectors, id()).save) rig().script(rig().detectors, id()).save(out);
  }
  void load(std::uint32_t, std::string_view key, std::string_view value) {
    if (rig().script(rig().detectors, id()).load) rig().script(rig().detectors, id()).load(key, value);
  }
  void erase(std::string_view platform, std::string_view author) {
    if (rig().script(rig().detectors, id()).erase) rig().script(rig().detectors, id()).erase(platform, author);
  }
};

class StatelessDetector : public Scripted<earshot::Detector<NoOptions>> {
 public:
  static constexpr earshot::Info info{"stateless", "What a test finds in each post", EAR_STATELESS};
  void start() { Scripted::start(), started_ = true; }
  void detect(const earshot::Batch& batch, earshot::Out& out) {
    if (!started_) throw earshot::Error(EAR_INTERNAL, "a copy that was made before start");
    DetectorScript& script = rig().script(rig().detectors, id());
    if (script.batch) script.batch(batch, out);
    if (script.post)
      for (std::uint32_t i = 0; i < batch.size(); ++i) script.post(batch[i], out);
  }

 private:
  bool started_ = false;
};

Got got_of(const earshot::Delivery& delivery) {
  Got got;
  got.revision = delivery.revision();
  if (delivery.is_post()) {
    const earshot::Post post = delivery.post();
    got.what = post.id(), got.change = post.raw().change, got.late = post.is_late();
    for (const earshot::FoundBefore finding : post.findings())
      got.findings.push_back(std::string(finding.kind()) + "/" + std::string(finding.value()));
  } else if (delivery.is_alert()) {
    const ear_alert& a = delivery.alert();
    got.what = "alert " + std::string(earshot::view(a.kind)) + " " + std::string(earshot::view(a.subject)) + " " +
               std::to_string(a.start / 1'000'000'000) + " " + std::string(earshot::view(a.summary)) +
               (a.state == EAR_ALERT_CLOSED ? " closed" : "");
  } else {
    got.what = "gap " + std::string(earshot::view(delivery.gap().reason));
  }
  return got;
}

class ScriptedSink : public Scripted<earshot::Sink<NoOptions>> {
 public:
  static constexpr earshot::Info info{"sink", "What came to a test", 0};
  void write(const earshot::Delivery& delivery) {
    if (rig().script(rig().sinks, id()).write) rig().script(rig().sinks, id()).write(delivery);
    rig().add(id(), got_of(delivery));
  }
  void flush() {
    if (rig().script(rig().sinks, id()).flush) rig().script(rig().sinks, id()).flush();
  }
  void save(earshot::StateOut& out) {
    if (rig().script(rig().sinks, id()).save) rig().script(rig().sinks, id()).save(out);
  }
  void load(std::uint32_t, std::string_view, std::string_view) {}
  void erase(std::string_view platform, std::string_view author) {
    if (rig().script(rig().sinks, id()).erase) rig().script(rig().sinks, id()).erase(platform, author);
  }
};

class RemoteSink : public ScriptedSink {
 public:
  static constexpr earshot::Info info{"remote", "What came to a test from the outbox", EAR_REMOTE};
};

struct Entry {
  ComponentSchema schema;
  const ear_component* table;
};

template <class T>
std::pair<const std::string, Entry> entry() {
  ComponentSchema schema;
  schema.kind = T::kind, schema.flags = T::info.flags, schema.name = T::info.name;
  return {T::info.name, {schema, &earshot::detail::component_of<T>}};
}

const std::map<std::string, Entry>& entries() {
  static const std::map<std::string, Entry> all{entry<ScriptedSource>(),   entry<RepeatingSource>(),
                                                entry<ScriptedDetector>(), entry<StatelessDetector>(),
                                                entry<ScriptedSink>(),     entry<RemoteSink>()};
  return all;
}

std::string fresh_name() {
  static std::atomic<int> count{0};
  return "rig-" + std::to_string(++count);
}

}  // namespace

Rig& rig_of(std::string_view pipeline) {
  const std::lock_guard lock(rigs_mutex);
  return *rigs.find(pipeline)->second;
}

Rig::Rig(std::filesystem::path state)
    : log_({.level = Level::debug,
            .json = false,
            .capture =
                [this](std::string_view line) {
                  const std::lock_guard lock(log_mutex_);
                  log_text_.append(line).append("\n");
                }}),
      environment_{
          log_,
          meters_,
          health_,
          taps_,
          [this] { return now.load() * 1'000'000'000; },
          [](const Found& found) -> const ear_component& { return *entries().at(found.component->name).table; },
          [](std::string_view) { return Found{}; }} {
  plan.name = fresh_name();
  plan.state = std::move(state);
  plan.workers = 2;
  plan.checkpoint = std::chrono::milliseconds{5};
  plan.drain = std::chrono::seconds{10};
  const std::lock_guard lock(rigs_mutex);
  rigs[plan.name] = this;
}

Rig::~Rig() {
  if (thread_.joinable()) {
    wishes_.stop = true;
    thread_.join();
  }
  const std::lock_guard lock(rigs_mutex);
  rigs.erase(plan.name);
}

ComponentPlan& Rig::add_plan(std::vector<ComponentPlan>& to, const char* plugin, std::uint32_t kind, std::string id,
                             std::vector<std::string> from) {
  ComponentPlan& component = to.emplace_back();
  component.kind = kind, component.id = std::move(id), component.plugin = plugin, component.from = std::move(from);
  component.found.component = &entries().at(plugin).schema;
  component.lateness = std::chrono::seconds{0};
  return component;
}

ComponentPlan& Rig::source(std::string id, bool repeats) {
  return add_plan(plan.sources, repeats ? "repeating" : "source", EAR_SOURCE, std::move(id), {});
}
ComponentPlan& Rig::detector(std::string id, std::vector<std::string> from, bool stateless) {
  return add_plan(plan.detectors, stateless ? "stateless" : "detector", EAR_DETECTOR, std::move(id), std::move(from));
}
ComponentPlan& Rig::sink(std::string id, std::vector<std::string> from, bool remote) {
  return add_plan(plan.sinks, remote ? "remote" : "sink", EAR_SINK, std::move(id), std::move(from));
}

RunResult Rig::run() {
  wishes_.stop = false;
  Pipeline pipeline(plan, environment_, {{}, {}, [this] { return read_again ? read_again() : std::nullopt; }, {}});
  return pipeline.run(wishes_);
}

void Rig::start() {
  thread_ = std::thread([this] {
    try {
      result_ = run();
    } catch (...) {
      thrown_ = std::current_exception();
    }
  });
}

RunResult Rig::join() {
  thread_.join();
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  return result_;
}

RunResult Rig::stop() {
  wishes_.stop = true;
  return join();
}

bool Rig::wait(const std::function<bool()>& until) const {
  for (int i = 0; i < 20'000; ++i) {
    if (until()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  return false;
}

std::vector<Got> Rig::got(const std::string& sink) const {
  const std::lock_guard lock(mutex_);
  const auto found = got_.find(sink);
  return found == got_.end() ? std::vector<Got>{} : found->second;
}

std::vector<std::string> Rig::ids(const std::string& sink) const {
  std::vector<std::string> out;
  for (const Got& one : got(sink))
    if (!one.what.starts_with("alert ") && !one.what.starts_with("gap ")) out.push_back(one.what);
  return out;
}

std::vector<std::string> Rig::alerts(const std::string& sink) const {
  std::vector<std::string> out;
  for (const Got& one : got(sink))
    if (one.what.starts_with("alert ")) out.push_back(one.what);
  return out;
}

std::string Rig::log() const {
  const std::lock_guard lock(log_mutex_);
  return log_text_;
}

void Rig::add(const std::string& sink, Got got) {
  const std::lock_guard lock(mutex_);
  got_[sink].push_back(std::move(got));
}

void Rig::note(std::vector<std::string>& list, const std::string& id) {
  const std::lock_guard lock(mutex_);
  list.push_back(id);
}

Folder::Folder() {
  std::string name = std::filesystem::temp_directory_path() / "earshot-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace rig
