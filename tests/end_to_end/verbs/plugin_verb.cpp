// Verbs that plugins bring: found, their command line typed by their own schema, and dispatched.
#include <catch2/catch.hpp>

#include "at_work.hpp"

namespace {

Ended greet(const std::string& words) {
  return AtWork().earshot("--plugin-path '" EARSHOT_GREET "' " + words);
}

}  // namespace

TEST_CASE("a plugin's verb runs with its defaults and its arguments in their order") {
  const Ended ended = greet("greet --name Ada hello you");
  CHECK(ended.status == 0);
  CHECK(ended.output == "hello,you, Ada x1 after 2000 ms\n");
}

TEST_CASE("options are typed by the plugin's schema") {
  const Ended ended = greet("greet hello --name=Ada --times 3 --loud --tone warm --wait 1m30s --with Bo --with Cy");
  CHECK(ended.status == 0);
  CHECK(ended.output == "hello, Ada x3 loud warm after 90000 ms +Bo +Cy\n");
}

TEST_CASE("a value that the schema does not allow is told with the option") {
  const std::pair<const char*, const char*> faults[] = {{"--times many", "--times: 'many' "},
                                                        {"--times 9", "--times: '9' "},
                                                        {"--tone cold", "--tone: 'cold' "},
                                                        {"--wait 5", "--wait: '5' "},
                                                        {"--wait \"$(printf '\\033[2J')\"", "--wait: '\\x1b[2J' "}};
  for (const auto& [words, said] : faults) {
    const Ended ended = greet(std::string("greet --name Ada ") + words);
    INFO(ended.output);
    CHECK(ended.status == 2);
    CHECK(has(ended.output, std::string("earshot greet: ") + said));
  }
}

TEST_CASE("an option that is required is asked for by its doc") {
  const Ended ended = greet("greet hello");
  CHECK(ended.status == 2);
  CHECK(ended.output == "earshot greet: --name is needed: Whom to greet\n");
}

TEST_CASE("an unknown option is refused") {
  const Ended ended = greet("greet --name Ada --quickly");
  CHECK(ended.status == 2);
  CHECK(has(ended.output, "--quickly"));
}

TEST_CASE("help names options, defaults and examples") {
  const Ended ended = greet("greet --help");
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(has(ended.output, "Greets somebody"));
  CHECK(has(ended.output, "earshot greet"));
  CHECK(has(ended.output, "Whom to greet"));
  CHECK(has(ended.output, "How long before [2s]"));
  CHECK(has(ended.output, "WORD"));
  CHECK(has(ended.output, "Examples:\n  earshot greet --name Ada hello"));
}

TEST_CASE("the help of the command lists the verbs of plugins") {
  const Ended ended = greet("--help");
  CHECK(ended.status == 0);
  CHECK(has(ended.output, "Verbs of plugins:"));
  CHECK(has(ended.output, "  greet "));
  CHECK(has(ended.output, "Greets somebody"));
}

TEST_CASE("the command line spells verbs and options with hyphens, and understands underscores") {
  CHECK(greet("greet-all").output == "all\n");
  CHECK(greet("greet_all").output == "all\n");
  for (const char* option : {"--last-word bye", "--last_word bye", "--last-word=bye", "--last_word=bye"}) {
    INFO(option);
    CHECK(greet(std::string("greet --name Ada ") + option).output == "Ada x1 after 2000 msbye\n");
  }
  CHECK(greet("greet last_word --name Ada").output == "last_word, Ada x1 after 2000 ms\n");
  CHECK(has(greet("--help").output, "  greet-all "));
  CHECK(has(greet("gret-all").output, "did you mean 'greet-all'?"));
  CHECK(has(greet("greet --help").output, "--last-word "));
  CHECK(!has(greet("greet --help").output, "last_word"));
  CHECK(has(greet("greet-all --help").output, "earshot greet-all"));
  CHECK(has(greet("describe greet_all").output, "earshot greet-all"));
  CHECK(has(greet("describe greet --markdown").output, "| `last-word` |"));
  for (const char* shell : {"bash", "fish"}) {
    const std::string completion = greet(std::string("completion ") + shell).output;
    CHECK(has(completion, "greet-all"));
    CHECK(has(completion, "last-word"));
    CHECK(!has(completion, "greet_all"));
    CHECK(!has(completion, "last_word"));
  }
}

TEST_CASE("an unknown verb is answered with the nearest, of the host or of a plugin") {
  const Ended ended = greet("gret --name Ada");
  CHECK(ended.status == 2);
  CHECK(has(ended.output, "earshot: there is no verb 'gret'; did you mean 'greet'?\n"));
  CHECK(has(greet("vaildate x.yaml").output, "there is no verb 'vaildate'; did you mean 'validate'?\n"));
  const Ended far = greet("xyzzyxyzzy");
  CHECK(far.status == 2);
  CHECK(!has(far.output, "did you mean"));
}

TEST_CASE("the plugin's exit code is the command's") {
  const AtWork work;
  const Ended ended = work.output_of("--plugin-path '" EARSHOT_GREET "' greet --name Ada --code 7");
  CHECK(ended.status == 7);
  CHECK(ended.output == "Ada x1 after 2000 ms\n");
  CHECK(work.read("errors.txt") == "as asked\n");
}

TEST_CASE("an error that the plugin throws is told, behind what it printed") {
  const Ended ended = greet("greet --name Ada --code=-1");
  CHECK(ended.status == 1);
  CHECK(has(ended.output, "Ada x1 after 2000 ms\nearshot greet: "));
  CHECK(has(ended.output, "the door is shut"));
}

TEST_CASE("the flag --pipeline hands a command the pipeline, if that has no faults") {
  const AtWork work;
  const std::string greet = "--plugin-path '" EARSHOT_GREET "' greet --name Ada --pipeline ";
  work.write("p.yaml",
             "pipeline: acme\nsources: {feed: {plugin: file, path: x}}\nsinks: {out: {plugin: ndjson, from: feed, "
             "path: y}}\n");
  const Ended good = work.earshot(greet + "p.yaml");
  CHECK(good.status == 0);
  CHECK(good.output == "Ada x1 after 2000 ms in acme\n");
  work.write("bad.yaml", "pipeline: acme\n");
  const Ended bad = work.earshot(greet + "bad.yaml");
  CHECK(bad.status == 1);
  CHECK(has(bad.output, "bad.yaml"));
}
