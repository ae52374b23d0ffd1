// `earshot validate`: everything about a pipeline that can be known without running it.
#include <cstdio>

#include "cli/shared/pipeline.hpp"
#include "cli/shared/refusals.hpp"
#include "observe/table.hpp"

namespace earshot::host {
namespace {

struct Validate {
  std::vector<std::filesystem::path> files;
  bool json = false, strict = false;
};

std::string summary(const Plan& plan) {
  std::string out = counted(plan.sources.size(), "source") + ", ";
  if (!plan.detectors.empty()) out += counted(plan.detectors.size(), "detector") + ", ";
  out += counted(plan.sinks.size(), "sink");
  if (!plan.watchlist.items.empty()) out += ", " + counted(plan.watchlist.items.size(), "watch item");
  if (!plan.tests.empty()) out += ", " + counted(plan.tests.size(), "test");
  return out;
}

void validate(const Validate& verb, Shell& shell) {
  Catalog catalog = open_catalog(shell);
  Diagnostics everything;
  for (const std::filesystem::path& file : verb.files) {
    ConfigResult result = read_config(file, catalog);
    Diagnostics& said = result.diagnostics;
    if (result.plan)
      for (Diagnostic& refusal : refusals(*result.plan, catalog)) said.all.push_back(std::move(refusal));
    if (!said.ok() || (verb.strict && !said.all.empty())) shell.exit_code = kNotSo;
    if (verb.json) {
      everything.all.insert(everything.all.end(), said.all.begin(), said.all.end());
      continue;
    }
    std::fputs(said.text(shell.colour).c_str(), stdout);
    const std::string name = verb.files.size() > 1 ? file.string() + ": " : "";
    if (said.ok() && (!verb.strict || said.all.empty()))
      std::printf("%sOK: %s\n", name.c_str(), summary(*result.plan).c_str());
    else
      std::printf("%s%s\n", name.c_str(), counted(said.all.size(), "fault").c_str());
  }
  if (verb.json) std::printf("%s\n", everything.json().c_str());
}

}  // namespace

void add_validate(CLI::App& app, Shell& shell) {
  auto verb = std::make_shared<Validate>();
  CLI::App* sub = app.add_subcommand("validate", "Check pipelines without running them");
  sub->add_option("file", verb->files, "The pipelines")->required();
  sub->add_flag("--json", verb->json, "Print the faults as a JSON array of objects");
  sub->add_flag("--strict", verb->strict, "Take warnings as faults");
  sub->footer(
      "Examples:\n  earshot validate configs/demo.yaml\n  earshot validate --strict --json configs/*.yaml\n"
      "Exit codes: 0 all are sound, 1 one has faults, 2 the command line cannot be understood.\n"
      "Variables that a pipeline names as ${NAME} have to be set; what secrets hold is never shown.");
  sub->callback([verb, &shell] { validate(*verb, shell); });
}

}  // namespace earshot::host
