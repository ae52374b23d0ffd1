#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/json_text.hpp"
#include "base/nearest.hpp"
#include "base/utf8.hpp"
#include "cli/shared/pipeline.hpp"
#include "cli/verb.hpp"
#include "observe/table.hpp"
#include "runtime/instance.hpp"
#include "testing/case.hpp"

namespace earshot::host {
namespace {

struct TestOptions {
  std::vector<std::string> files;
  std::string only;
  bool json = false;
};

std::string visible(std::string_view text) {
  std::string out;
  append_visible(out, text);
  return out;
}

std::string place(const Position& at) {
  return fmt::format("{}:{}", at.file, at.line);
}

class TestRun {
 public:
  TestRun(const TestOptions& options, Shell& shell) : options_(options), shell_(shell), catalog_(open_catalog(shell)) {}

  void operator()() {
    for (const std::string& name : options_.files) file(name);
    if (passed_ + failed_ == 0 && !options_.only.empty()) nothing_of_that_name();
    if (!options_.json) std::printf("%zu passed, %zu failed\n", passed_, failed_);
    if (failed_ != 0 || passed_ == 0) shell_.exit_code = kNotSo;
  }

 private:
  void file(const std::string& name) {
    const std::optional<Plan> plan = load_plan(name, catalog_, shell_);
    if (!plan) {
      ++failed_;
      Difference faults;
      faults.at.file = name;
      faults.expected = "a pipeline without faults";
      faults.instead = {"its faults stand on standard error"};
      if (options_.json)
        json(name, {}, {std::move(faults)});
      else
        std::printf("%s  %s has faults\n", paint("FAIL", Style::red, shell_.colour).c_str(), visible(name).c_str());
      return;
    }
    if (plan->tests.empty()) std::fprintf(stderr, "earshot test: %s has no `tests:` section\n", visible(name).c_str());
    for (const TestPlan& test : plan->tests) {
      names_.push_back(test.name);
      if (options_.only.empty() || options_.only == test.name) tell(name, test, outcome(*plan, test));
    }
  }

  CaseResult outcome(const Plan& plan, const TestPlan& test) {
    try {
      return run_case(plan, test, catalog_);
    } catch (const InstanceFault& fault) {
      const Diagnostic said = fault.diagnostic();
      return {{{said.at, said.path + " to be taken", {said.message}}}, false};
    }
  }

  void tell(const std::string& file, const TestPlan& test, const CaseResult& result) {
    ++(result.ok() ? passed_ : failed_);
    if (options_.json)
      json(file, test, result.differences);
    else
      text(file, test, result.differences);
    if (!result.stuck) return;
    std::fputs("earshot test: a call into a component does not come back, so no other case is run\n", stderr);
    std::fflush(nullptr);
    std::_Exit(kHung);
  }

  void text(const std::string& file, const TestPlan& test, const std::vector<Difference>& differences) const {
    const std::string word = differences.empty() ? paint("ok", Style::green, shell_.colour) + "  "
                                                 : paint("FAIL", Style::red, shell_.colour);
    std::printf("%s  %s%s\n", word.c_str(), options_.files.size() > 1 ? (visible(file) + ": ").c_str() : "",
                visible(test.name).c_str());
    for (const Difference& difference : differences) {
      std::printf("  %s: expected %s\n", visible(place(difference.at)).c_str(), difference.expected.c_str());
      for (const std::string& line : difference.instead) std::printf("    instead: %s\n", visible(line).c_str());
    }
  }

  static void json(const std::string& file, const TestPlan& test, const std::vector<Difference>& differences) {
    std::string out;
    JsonText json(out);
    json.open('{')
        .field("file", file)
        .field("name", test.name)
        .field("line", test.at.line)
        .field("ok", differences.empty());
    json.key("differences").open('[');
    for (const Difference& difference : differences) {
      json.open('{')
          .field("file", difference.at.file)
          .field("line", difference.at.line)
          .field("expected", difference.expected);
      json.key("instead").open('[');
      for (const std::string& line : difference.instead) json.value(line);
      json.close(']').close('}');
    }
    json.close(']').close('}');
    std::puts(out.c_str());
  }

  void nothing_of_that_name() const {
    const std::string near = nearest(options_.only, names_);
    std::fprintf(stderr, "earshot test: there is no test '%s'%s\n", visible(options_.only).c_str(),
                 near.empty() ? "" : ("; did you mean '" + visible(near) + "'?").c_str());
  }

  const TestOptions& options_;
  Shell& shell_;
  Catalog catalog_;
  std::vector<std::string> names_;
  std::size_t passed_ = 0, failed_ = 0;
};

}  // namespace

void add_test(CLI::App& app, Shell& shell) {
  auto options = std::make_shared<TestOptions>();
  CLI::App* verb = app.add_subcommand("test", "Runs the cases of a pipeline's `tests:` section");
  verb->add_option("pipelines", options->files, "YAML files of pipelines")->required();
  verb->add_option("--only", options->only, "The one case of this name");
  verb->add_flag("--json", options->json, "One JSON object a case");
  verb->footer(
      "Detectors and services are the real ones; sources and sinks are replaced and touch nothing.\n"
      "Exits with 0 where all cases pass, with 1 where one fails or there is none.\n\n"
      "Examples:\n  earshot test configs/acme.yaml\n  earshot test configs/*.yaml --json\n"
      "  earshot test configs/acme.yaml --only 'an angry post is found'");
  verb->callback([options, &shell] { TestRun(*options, shell)(); });
}

}  // namespace earshot::host
