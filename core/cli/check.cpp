// `earshot check`: a plugin against the rules of the binary contract.
#include <algorithm>
#include <cstdio>

#include "base/error.hpp"
#include "check/process.hpp"
#include "check/report.hpp"
#include "cli/verb.hpp"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

struct CheckArguments {
  check::Request request;
  double seconds = 20;
  bool as_json = false, list = false, only_failed = false;
};

// A rule runs in a folder of its own, so a file that is named from here becomes absolute.
void resolve_files(std::vector<std::string>& options) {
  for (std::string& option : options) {
    const std::size_t value = option.find('=');
    if (value == std::string::npos) throw Failure("'" + option + "' is no NAME=VALUE");
    std::error_code ignored;
    const fs::path file = option.substr(value + 1);
    if (!file.empty() && fs::exists(file, ignored)) option = option.substr(0, value + 1) + fs::absolute(file).string();
  }
}

int run_check(CheckArguments& arguments, bool colour) {
  check::Request& request = arguments.request;
  if (arguments.list) return std::fputs(check::list(arguments.as_json).c_str(), stdout), kDone;
  if (request.file.empty()) throw Failure("name the plugin: earshot check build/loudness.so");
  for (const std::string& name : request.only)
    if (check::find_rule(name) == nullptr) throw Failure("there is no rule '" + name + "'; --list shows them all");
  if (!fs::is_regular_file(request.file)) throw Failure("there is no file " + request.file.string());
  request.file = fs::absolute(request.file);
  request.limit = std::chrono::milliseconds(static_cast<std::int64_t>(arguments.seconds * 1000));
  resolve_files(request.options);
  const auto results = check::check(request, [&](const check::Result& result) {
    const bool shown = !arguments.only_failed || result.verdict.outcome == check::Outcome::fail;
    if (!arguments.as_json && shown) std::fputs(check::line(result, colour).c_str(), stdout), std::fflush(stdout);
  });
  const auto count = [&](check::Outcome outcome) {
    return std::count_if(results.begin(), results.end(), [&](auto& r) { return r.verdict.outcome == outcome; });
  };
  const auto failed = count(check::Outcome::fail);
  if (arguments.as_json)
    std::fputs(check::json(request, results).c_str(), stdout);
  else
    std::printf("%ld rules kept, %ld broken, %ld not tried (seed %llu)\n",
                static_cast<long>(count(check::Outcome::pass)), static_cast<long>(failed),
                static_cast<long>(count(check::Outcome::skip)), static_cast<unsigned long long>(request.seed));
  return failed == 0 ? kDone : kNotSo;
}

void add_child(CLI::App& app) {
  CLI::App* verb = app.add_subcommand(check::kChildVerb)->group("");
  auto words = std::make_shared<std::vector<std::string>>();
  verb->add_option("words", *words)->allow_extra_args();
  verb->callback([words] { check::run_child(check::from_arguments(*words)); });
}

}  // namespace

void add_check(CLI::App& app, Shell& shell) {
  add_child(app);
  CLI::App* verb = app.add_subcommand("check", "Hold a plugin against the rules of the binary contract");
  verb->footer(
      "Examples:\n  earshot check build/loudness.so\n"
      "  earshot check build/my_forum.so --option path=posts.txt --only-failed\n"
      "  earshot check build/loudness.so --only rechunk-invariant --seed 7 --in-process\n"
      "Exit code: 0 where no rule is broken, 1 where one is.");
  auto arguments = std::make_shared<CheckArguments>();
  verb->add_option("plugin", arguments->request.file, "The plugin's file");
  verb->add_option("--option", arguments->request.options, "NAME=VALUE, an option of the component, as in a pipeline");
  verb->add_option("--component", arguments->request.component, "Only this one of the plugin's components");
  verb->add_option("--only", arguments->request.only, "Only this rule; may be given several times");
  verb->add_option("--seed", arguments->request.seed, "Another seed makes other posts")->capture_default_str();
  verb->add_option("--timeout", arguments->seconds, "Seconds for each rule")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  verb->add_flag("--json", arguments->as_json, "One JSON object for a script");
  verb->add_flag("--list", arguments->list, "Show the rules");
  verb->add_flag("--only-failed", arguments->only_failed, "Show broken rules alone");
  verb->add_flag("--in-process", arguments->request.in_process, "Try the rules in this process, for a debugger");
  verb->callback([arguments, &shell] {
    try {
      shell.exit_code = run_check(*arguments, shell.colour);
    } catch (const std::runtime_error& fault) {
      std::fprintf(stderr, "earshot check: %s\n", fault.what());
      shell.exit_code = kUsage;
    }
  });
}

}  // namespace earshot::host
