#include <cstdio>
#include <fstream>
#include <memory>

#include "base/error.hpp"
#include "cli/shared/pipeline.hpp"
#include "cli/verb.hpp"
#include "observe/door_client.hpp"

namespace earshot::host {
namespace {

struct Tap {
  std::string run, component, where;
  std::uint64_t limit = 0;
};

std::string address_in(const std::filesystem::path& state) {
  std::string address;
  std::ifstream in(state / "door");
  std::getline(in, address);
  if (address.empty())
    throw Failure("No pipeline runs with the state folder " + state.string() + ": it has no file 'door'.");
  return address;
}

// Of the run that is meant by a pipeline's file, its state folder, or the address itself.
std::string address_of(const std::string& run, Shell& shell) {
  if (std::filesystem::is_directory(run)) return address_in(run);
  if (!std::filesystem::exists(run) && run.find(':') != std::string::npos) return run;
  Catalog catalog = open_catalog(shell);
  const std::optional<Plan> plan = load_plan(run, catalog, shell);
  if (!plan) throw Failure("The pipeline has faults; give its state folder or its address instead.");
  if (plan->state.empty()) throw Failure("This pipeline has no `state` folder to tell the address in: give host:port.");
  return address_in(plan->state);
}

void print(const Tap& tap, Shell& shell) {
  std::string target = "/tap?component=" + percent_encoded(tap.component);
  if (tap.limit > 0) target += "&limit=" + std::to_string(tap.limit);
  if (!tap.where.empty()) target += "&where=" + tap.where;
  const std::string address = address_of(tap.run, shell);
  const bool whole = follow(address, target, [](std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    return std::fflush(stdout) == 0;
  });
  if (!whole) std::fprintf(stderr, "earshot: the run has ended\n");
}

}  // namespace

void add_tap(CLI::App& app, Shell& shell) {
  auto tap = std::make_shared<Tap>();
  CLI::App* verb = app.add_subcommand("tap", "Watch what passes a component of a running pipeline");
  verb->add_option("pipeline", tap->run, "The pipeline's YAML file, its state folder, or host:port of its door")
      ->required();
  verb->add_option("component", tap->component, "The component's id in the pipeline")->required();
  verb->add_option("--limit", tap->limit, "Stop after so many posts")->check(CLI::PositiveNumber);
  verb->add_option("--where", tap->where, "What goes 'in' or what comes 'out' (as set unless there is only one)")
      ->check(CLI::IsMember({"in", "out"}));
  verb->footer(
      "Examples:\n  earshot tap configs/acme.yaml mentions --limit 5\n  earshot tap 127.0.0.1:9100 store\n"
      "One post a line, as JSON. Ctrl-C ends it; the pipeline runs on.");
  verb->callback([tap, &shell] { print(*tap, shell); });
}

}  // namespace earshot::host
