#include "check/child.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "check/load.hpp"
#include "check/spy.hpp"
#include "check/trial.hpp"
#include "plugin/descriptor.hpp"

namespace earshot::check {

namespace {

std::string path_of(const ear_component& component) {
  return std::string(host::kind_name(component.kind)) + "/" + component.name;
}

std::string list_components(const ear_module& module) {
  std::string all;
  for (auto at = module.components; *at != nullptr; ++at) {
    all += path_of(**at);
    for (std::uint32_t i = 0; i < (*at)->option_count; ++i)
      all += std::string(" ") + testing::option_line(**at, i).name;
    all += '\n';
  }
  return all;
}

const ear_component& find(const ear_module& module, const std::string& path) {
  for (auto at = module.components; *at != nullptr; ++at)
    if (path_of(**at) == path) return **at;
  throw Skipped("it has no component " + path);
}

std::vector<testing::Setting> known(const ear_component& component, const std::vector<std::string>& options) {
  std::vector<testing::Setting> some;
  for (const std::string& text : options) {
    const std::string name = text.substr(0, text.find('='));
    for (std::uint32_t i = 0; i < component.option_count; ++i)
      if (testing::option_line(component, i).name == name) some.push_back({name, text.substr(name.size() + 1)});
  }
  return some;
}

Verdict attempt_rule(const Attempt& attempt) {
  Subject subject;
  subject.file = attempt.file, subject.seed = attempt.seed;
  if (attempt.rule == kListComponents) return {Outcome::pass, list_components(load_module(attempt.file))};
  const Rule* rule = find_rule(attempt.rule);
  if (rule == nullptr) throw Skipped("there is no such rule");
  if (rule->scope != Scope::file) subject.module = &load_module(attempt.file);
  if (rule->scope == Scope::component) {
    const ear_component& component = find(*subject.module, attempt.component);
    subject.options = known(component, attempt.options);
    subject.component = &spy_on(component);
  }
  rule->run(subject);
  return {};
}

}  // namespace

std::vector<std::string> to_arguments(const Attempt& attempt) {
  std::vector<std::string> all{attempt.file, attempt.rule, attempt.component, std::to_string(attempt.seed)};
  all.insert(all.end(), attempt.options.begin(), attempt.options.end());
  return all;
}

Attempt from_arguments(const std::vector<std::string>& arguments) {
  if (arguments.size() < 4) throw std::invalid_argument("too few arguments");
  return {
      arguments[0], arguments[1], arguments[2], {arguments.begin() + 4, arguments.end()}, std::stoull(arguments[3])};
}

Verdict try_here(const Attempt& attempt) {
  try {
    return attempt_rule(attempt);
  } catch (const Broken& broken) {
    return {Outcome::fail, broken.what()};
  } catch (const Skipped& skipped) {
    return {Outcome::skip, skipped.what()};
  } catch (const Escaped& escaped) {
    return {Outcome::skip, std::string(escaped.what()) + ": see exceptions-contained"};
  } catch (const testing::ContractBroken& broken) {
    return {Outcome::skip, std::string(broken.what()) + ": see answers-in-bounds or partial-accept"};
  } catch (const testing::CallFailed& failed) {
    return {Outcome::skip, std::string("it cannot be tried further: ") + failed.what()};
  } catch (const std::invalid_argument& fault) {
    return {Outcome::skip, fault.what()};
  }
}

void answer(Outcome outcome, std::string_view reason) {
  static bool answered = false;
  if (std::exchange(answered, true)) return;
  std::string text = std::to_string(static_cast<int>(outcome));
  text += reason.substr(0, 8000);
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t written = ::write(kAnswers, text.data() + at, text.size() - at);
    if (written <= 0) return;
    at += static_cast<std::size_t>(written);
  }
}

int run_child(const Attempt& attempt) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  const Verdict verdict = try_here(attempt);
  answer(verdict.outcome, verdict.reason);
  ::_exit(0);  // threads of a plugin may still run
}

}  // namespace earshot::check
