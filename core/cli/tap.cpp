#include <cstdio>
#include <fstream>
#include <memory>

#include "base/error.hpp"
#include "cli/verb.hpp"
#include "observe/door_client.hpp"

namespace earshot::host {
namespace {

struct Tap {
  std::string component, where, address;
  std::filesystem::path state;
  std::uint64_t limit = 0;
};

std::string address_in(const std::filesystem::path& state) {
  std::string address;
  std::getline(std::ifstream(state / "door"), address);
  if (address.empty())
    throw Failure("No pipeline runs with the state folder " + state.string() + ": it has no file 'door'.");
  return address;
}

void print(const Tap& tap) {
  std::string target = "/tap?component=" + percent_encoded(tap.component);
  if (tap.limit > 0) target += "&limit=" + std::to_string(tap.limit);
  if (!tap.where.empty()) target += "&where=" + tap.where;
  const std::string address = tap.address.empty() ? address_in(tap.state) : tap.address;
  const bool whole = follow(address, target, [](std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    return std::fflush(stdout) == 0;
  });
  if (!whole) std::fprintf(stderr, "earshot: the run has ended\n");
}

}  // namespace

void add_tap(CLI::App& app, Shell&) {
  auto tap = std::make_shared<Tap>();
  CLI::App* verb = app.add_subcommand("tap", "Watch what passes a component of a running pipeline");
  verb->add_option("component", tap->component, "The component's id in the pipeline")->required();
  CLI::Option* address = verb->add_option("--address", tap->address, "Where the pipeline's door is, as host:port");
  CLI::Option* state = verb->add_option("--state", tap->state, "The pipeline's state folder, which tells the address");
  address->excludes(state);
  verb->add_option("--limit", tap->limit, "Stop after so many posts")->check(CLI::PositiveNumber);
  verb->add_option("--where", tap->where, "What goes 'in' or what comes 'out' (as set unless there is only one)")
      ->check(CLI::IsMember({"in", "out"}));
  verb->footer(
      "Examples:\n  earshot tap mentions --state var/acme-watch --limit 5\n  earshot tap store --address "
      "127.0.0.1:9100\n"
      "One post a line, as JSON. Ctrl-C ends it; the pipeline runs on.");
  verb->callback([tap] {
    if (tap->address.empty() && tap->state.empty()) throw CLI::RequiredError("--address or --state");
    print(*tap);
  });
}

}  // namespace earshot::host
