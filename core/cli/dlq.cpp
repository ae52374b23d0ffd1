#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "base/error.hpp"
#include "base/json_text.hpp"
#include "base/seal.hpp"
#include "base/utf8.hpp"
#include "cli/shared/pipeline.hpp"
#include "cli/verb.hpp"
#include "observe/table.hpp"
#include "runtime/post_line.hpp"
#include "runtime/record.hpp"
#include "state/dead_letters.hpp"

namespace earshot::host {
namespace {

struct DlqOptions {
  std::string pipeline;
  DeadLetters::Which which;
  std::size_t limit = 50;
  bool json = false, all = false;
};

DeadLetters open(const DlqOptions& options, Shell& shell) {
  if (std::filesystem::is_directory(options.pipeline)) return DeadLetters(options.pipeline);
  Catalog catalog = open_catalog(shell);
  const std::optional<Plan> plan = load_plan(options.pipeline, catalog, shell);
  if (!plan) throw Failure("the pipeline has faults; give its state folder instead");
  if (plan->state.empty())
    throw Failure("this pipeline keeps no state, and so no dead letters: give it a `state` folder");
  return DeadLetters(plan->state, plan->key_file.empty() ? nullptr : Seal::from_file(plan->key_file));
}

std::string visible(std::string_view text) {
  std::string out;
  append_visible(out, text);
  return out;
}

// What a person can read of what was set aside.
std::string content(const DeadLetter& letter) {
  if (letter.sealed) return "(sealed: give the pipeline's file, with the key_file that it was sealed with)";
  if (letter.raw) return letter.payload;
  Arena arena;
  Record record;
  if (!decode(letter.payload, arena, record)) return "(cannot be read)";
  if (record.kind == EAR_DELIVERY_ALERT) return alert_line(record.alert);
  return record.kind == EAR_DELIVERY_POST ? post_line(record.post) : "gap";
}

std::string json_of(const DeadLetter& letter, bool with_content) {
  std::string out;
  JsonText json(out);
  json.open('{')
      .field("number", letter.number)
      .field("time", time_text(letter.time))
      .field("component", letter.component);
  json.field("source", letter.source)
      .field("place", letter.place)
      .field("reason", letter.reason)
      .field("raw", letter.raw);
  if (letter.sealed) json.field("sealed", true);
  if (with_content && letter.raw && !letter.sealed) json.field("content", letter.payload);
  if (with_content && !letter.raw && !letter.sealed) json.key("content").raw(content(letter));
  json.close('}');
  return out + "\n";
}

void list(const DlqOptions& options, Shell& shell) {
  DeadLetters letters = open(options, shell);
  const std::vector<DeadLetter> found = letters.list(options.which, options.limit);
  if (options.json) {
    for (const DeadLetter& letter : found) std::fputs(json_of(letter, false).c_str(), stdout);
    return;
  }
  if (found.empty()) return void(std::puts("There are no dead letters."));
  Table table({{"number", Column::Align::right}, {"when"}, {"component"}, {"place"}, {"reason"}});
  for (const DeadLetter& letter : found)
    table.row({std::to_string(letter.number), Cell(time_text(letter.time), Style::dim),
               Cell(letter.component, Style::bold), letter.place,
               letters.wanted(letter.number) ? letter.reason + " (on its way back)" : letter.reason});
  std::fputs(table.text(shell.colour, terminal_width(STDOUT_FILENO)).c_str(), stdout);
  const std::int64_t count = letters.count(options.which);
  if (count > static_cast<std::int64_t>(found.size()))
    std::printf("%s in all; --limit shows more.\n", grouped(static_cast<std::uint64_t>(count)).c_str());
}

void show(const DlqOptions& options, Shell& shell) {
  DeadLetters letters = open(options, shell);
  const std::vector<DeadLetter> found = letters.list(options.which, 1000);
  for (const std::int64_t number : options.which.numbers) {
    if (std::any_of(found.begin(), found.end(), [&](const DeadLetter& letter) { return letter.number == number; }))
      continue;
    std::fprintf(
        stderr, "earshot dlq: there is no dead letter %lld%s\n", static_cast<long long>(number),
        options.which.component.empty() && options.which.reason.empty() ? "" : " of that component and reason");
    shell.exit_code = kNotSo;
  }
  for (const DeadLetter& letter : found) {
    if (options.json) {
      std::fputs(json_of(letter, true).c_str(), stdout);
      continue;
    }
    std::printf("dead letter %lld, %s\ncomponent  %s\nplace      %s\nreason     %s\n\n%s\n\n",
                static_cast<long long>(letter.number), time_text(letter.time).c_str(), letter.component.c_str(),
                visible(letter.place).c_str(), visible(letter.reason).c_str(), visible(content(letter)).c_str());
  }
}

void replay(const DlqOptions& options, Shell& shell) {
  const DeadLetters::Which& which = options.which;
  if (which.numbers.empty() && which.component.empty() && which.reason.empty() && !options.all)
    throw CLI::ValidationError("dlq replay", "say which: numbers, --component, --reason or --all");
  const std::int64_t count = open(options, shell).replay(which);
  if (options.json)
    std::printf("{\"wanted\":%lld}\n", static_cast<long long>(count));
  else if (count == 0)
    std::puts("There are no such dead letters.");
  else
    std::printf("%lld dead letter%s will come back: at once where the pipeline runs, else with its next run.\n",
                static_cast<long long>(count), count == 1 ? "" : "s");
  if (count == 0) shell.exit_code = kNotSo;
}

void drop(const DlqOptions& options, Shell& shell) {
  const DeadLetters::Which& which = options.which;
  if (which.numbers.empty() && which.component.empty() && which.reason.empty() && !options.all)
    throw CLI::ValidationError("dlq drop", "say which: numbers, --component, --reason or --all");
  const std::int64_t count = open(options, shell).drop(which);
  if (options.json)
    std::printf("{\"dropped\":%lld}\n", static_cast<long long>(count));
  else
    std::printf("%lld dead letter%s dropped.\n", static_cast<long long>(count), count == 1 ? " is" : "s are");
  if (count == 0) shell.exit_code = kNotSo;
}

using Act = void (*)(const DlqOptions&, Shell&);

CLI::App* add(CLI::App& dlq, const char* name, const char* help, Act act, const std::shared_ptr<DlqOptions>& options,
              Shell& shell) {
  CLI::App* verb = dlq.add_subcommand(name, help);
  verb->add_option("pipeline", options->pipeline, "The pipeline's YAML file, or its state folder")->required();
  verb->add_option("--component", options->which.component, "Only those of this component");
  verb->add_option("--reason", options->which.reason, "Only those with this text in their reason");
  verb->add_flag("--json", options->json, "One JSON object a line");
  verb->callback([act, options, &shell] {
    try {
      act(*options, shell);
    } catch (const Failure& failure) {
      std::fprintf(stderr, "earshot dlq: %s\n", failure.what());
      shell.exit_code = kNotSo;
    }
  });
  return verb;
}

}  // namespace

void add_dlq(CLI::App& app, Shell& shell) {
  auto options = std::make_shared<DlqOptions>();
  CLI::App* dlq = app.add_subcommand("dlq", "Dead letters: what could not be taken, why, and how to bring it back");
  dlq->require_subcommand(1);
  add(*dlq, "list", "The newest dead letters", list, options, shell)
      ->add_option("--limit", options->limit, "How many at most [50]");
  add(*dlq, "show", "One or more, whole", show, options, shell)
      ->add_option("numbers", options->which.numbers, "Their numbers; none: all that match");
  CLI::App* back = add(*dlq, "replay", "Brings them back to the component that refused them", replay, options, shell);
  back->add_option("numbers", options->which.numbers, "Their numbers");
  back->add_flag("--all", options->all, "All of them");
  CLI::App* gone = add(*dlq, "drop", "Removes them for good", drop, options, shell);
  gone->add_option("numbers", options->which.numbers, "Their numbers");
  gone->add_flag("--all", options->all, "All of them");
  dlq->footer(
      "Examples:\n  earshot dlq list configs/acme.yaml\n  earshot dlq show configs/acme.yaml 17\n"
      "  earshot dlq replay configs/acme.yaml --component store");
}

}  // namespace earshot::host
