#include "check/run.hpp"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <algorithm>
#include <sstream>

#include "base/error.hpp"
#include "check/process.hpp"
#include "check/trial.hpp"
#include "plugin/descriptor.hpp"

namespace earshot::check {

namespace {

namespace fs = std::filesystem;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "earshot-check-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw host::Failure("no temporary folder can be made");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

bool mentions(const std::string& text, std::initializer_list<const char*> some) {
  return std::any_of(some.begin(), some.end(), [&](const char* one) { return text.find(one) != std::string::npos; });
}

// The last line that says something.
std::string last_line(const std::string& text) {
  std::istringstream in(text);
  std::string line, last;
  while (std::getline(in, line))
    if (line.find_first_not_of(" \t\r=") != std::string::npos) last = line;
  return last;
}

// A process that died says which rule is broken: the allocator's complaint is about the host's memory, whichever rule
// was being tried.
Verdict of_death(const Rule& rule, const Ended& ended) {
  const bool freed = mentions(ended.errors, {"free(): ", "munmap_chunk()", "realloc(): ", "attempting free on address",
                                             "double free or corruption", "attempting to call malloc_usable_size"});
  const bool frees = rule.name == "host-memory-not-freed";
  if (freed && !frees) return {Outcome::skip, "it frees memory that is not its own: see host-memory-not-freed"};
  if (!freed && frees) return {Outcome::skip, "it died of something else: see older-host"};
  const bool thrown = mentions(ended.errors, {"terminate called"});
  if (thrown && rule.name != "exceptions-contained")
    return {Outcome::skip, "an exception ended the process: see exceptions-contained"};
  std::string reason(rule.death.empty() ? "the plugin crashes" : rule.death);
  if (ended.signal != 0)
    reason += std::string(" (") + ::strsignal(ended.signal) + ")";
  else
    reason += " (it ended the process with code " + std::to_string(ended.code) + ")";
  if (const std::string line = last_line(ended.errors); !line.empty()) reason += ": " + shown(line);
  return {Outcome::fail, reason};
}

Verdict of_process(const Rule& rule, const Ended& ended, std::chrono::milliseconds limit) {
  if (!ended.answer.empty() && ended.answer[0] >= '0' && ended.answer[0] <= '2')
    return {static_cast<Outcome>(ended.answer[0] - '0'), ended.answer.substr(1)};
  if (ended.timed_out)
    return {Outcome::fail,
            "a call does not come back: the rule was given " + std::to_string(limit.count() / 1000) + " s"};
  return of_death(rule, ended);
}

class Checker {
 public:
  explicit Checker(const Request& request) : request_(request) {}

  Verdict attempt(const Rule& rule, const std::string& component) const {
    const TemporaryFolder folder;
    const Attempt one = make_attempt(rule.name, component);
    if (!request_.in_process) return of_process(rule, run_process(one, folder.path(), request_.limit), request_.limit);
    const fs::path here = fs::current_path();
    fs::current_path(folder.path());
    Verdict verdict = try_here(one);
    fs::current_path(here);
    return verdict;
  }

  // Of components that the request is about, each as "kind/name". The plugin's tables are known to be sound.
  std::vector<std::string> components() const {
    const TemporaryFolder folder;
    const Ended ended = run_process(make_attempt(kListComponents, {}), folder.path(), request_.limit);
    std::istringstream lines(ended.answer.empty() ? "" : ended.answer.substr(1));
    std::vector<std::string> some, options;
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string path, word;
      words >> path;
      while (words >> word) options.push_back(word);
      if (request_.component.empty() || path.substr(path.find('/') + 1) == request_.component) some.push_back(path);
    }
    if (some.empty()) throw host::Failure("the plugin has no component '" + request_.component + "'");
    for (const std::string& given : request_.options)
      if (std::find(options.begin(), options.end(), given.substr(0, given.find('='))) == options.end())
        throw host::Failure("the plugin has no option '" + given.substr(0, given.find('=')) + "'");
    return some;
  }

  bool wants(const Rule& rule) const {
    return request_.only.empty() ||
           std::find(request_.only.begin(), request_.only.end(), rule.name) != request_.only.end();
  }

 private:
  Attempt make_attempt(std::string_view rule, const std::string& component) const {
    return {request_.file, std::string(rule), component, request_.options, request_.seed};
  }
  const Request& request_;
};

bool is_gate(const Rule& rule) {
  return std::find(std::begin(kGates), std::end(kGates), rule.name) != std::end(kGates);
}

std::uint32_t kind_of(const std::string& path) {
  for (const std::uint32_t kind : {EAR_SOURCE, EAR_DETECTOR, EAR_SINK, EAR_SERVICE, EAR_COMMAND})
    if (path.starts_with(std::string(host::kind_name(kind)) + "/")) return kind;
  return 0;
}

}  // namespace

std::vector<Result> check(const Request& request, const std::function<void(const Result&)>& told) {
  const Checker checker(request);
  std::vector<Result> results;
  const auto tell = [&](const Rule& rule, const std::string& component, Verdict verdict) {
    if (!checker.wants(rule)) return;
    results.push_back({&rule, component, std::move(verdict)});
    told(results.back());
  };
  std::string shut;  // the gate that did not open
  std::vector<std::string> components;
  for (const Rule& rule : rules()) {
    const bool needs_load = rule.scope != Scope::file || rule.name == "scan-time" || rule.name == "loading-is-quiet";
    if (!shut.empty() && needs_load) {
      tell(rule, {}, {Outcome::skip, "it was not tried, because of " + shut});
      continue;
    }
    if (rule.scope == Scope::component) {
      if (components.empty()) components = checker.components();
      for (const std::string& component : components)
        if ((rule.kinds & kOf(kind_of(component))) != 0 && checker.wants(rule))
          tell(rule, component, checker.attempt(rule, component));
      continue;
    }
    if (!checker.wants(rule) && !is_gate(rule)) continue;
    Verdict verdict = checker.attempt(rule, {});
    if (is_gate(rule) && verdict.outcome != Outcome::pass) shut = rule.name;
    tell(rule, {}, std::move(verdict));
  }
  return results;
}

}  // namespace earshot::check
