// The verbs plugins, describe and completion, as the built command has them.
#include <sys/wait.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <string>

#include "loaded.hpp"

namespace fs = std::filesystem;
using earshot::testing::Folder;

namespace {

struct Said {
  std::string text;
  int code = -1;
};

// What a line of bash prints, both outputs in one.
Said bash(const Folder& folder, const std::string& line) {
  const std::string script = folder.write("script", "export XDG_CACHE_HOME=" + (folder / "cache") +
                                                        "\nunset EARSHOT_PLUGIN_PATH\nexec 2>&1\n" + line + "\n");
  Said said;
  FILE* pipe = ::popen(("bash --norc " + script).c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> part;
  while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) said.text.append(part.data(), n);
  said.code = WEXITSTATUS(::pclose(pipe));
  return said;
}

const std::string kEarshot = EARSHOT_BINARY;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// What Tab offers behind `words`, the last of which is being typed.
std::string completed(const Folder& folder, const std::string& words) {
  return bash(folder, "source <(" + kEarshot + " completion bash)\nCOMP_WORDS=(" + kEarshot + " " + words +
                          ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_earshot\necho \"${COMPREPLY[@]}\"")
      .text;
}

}  // namespace

TEST_CASE("plugins lists what is found where, and what cannot be used with its reason") {
  const Folder folder;
  fs::create_directory(folder / "mine");
  for (const std::string name : {"good", "wrong_major"})
    fs::copy_file(fs::path(EARSHOT_TEST_MODULES) / (name + ".so"), folder / ("mine/" + name + ".so"));
  const Said text = bash(folder, kEarshot + " --plugin-path " + (folder / "mine") + " plugins");
  CHECK(text.code == 0);
  CHECK(has(text.text, folder / "mine" + "\n"));
  CHECK(has(text.text, "good       detector  1.0.0    good.so  Does nothing"));
  CHECK(has(text.text, folder / "mine/wrong_major.so" + "\n  the plugin needs binary contract 2.0"));
  CHECK(has(text.text, "generator.so"));  // of the folder beside the binary
  const Said json = bash(folder, kEarshot + " --plugin-path " + (folder / "mine") + " plugins --json");
  CHECK(has(json.text, R"("id":"org.example.good","version":"1.0.0")"));
  CHECK(has(json.text, R"("fault":"the plugin needs binary contract 2.0)"));
  const Said names = bash(folder, kEarshot + " --plugin-path " + (folder / "mine") + " plugins --names");
  CHECK(has("\n" + names.text, "\ngood\n"));
  CHECK_FALSE(has(names.text, "wrong_major"));
}

TEST_CASE("A component that an earlier folder offers too is shown as hidden") {
  const Folder folder;
  for (const std::string name : {"a", "b"}) {
    fs::create_directory(folder / name);
    fs::copy_file(fs::path(EARSHOT_TEST_MODULES) / "good.so", folder / (name + "/good.so"));
  }
  const Said said = bash(folder, kEarshot + " --plugin-path " + (folder / "a") + " " + (folder / "b") + " plugins");
  CHECK(has(said.text, "hidden by " + (folder / "a/good.so")));
  CHECK_FALSE(has(said.text, "hidden by " + (folder / "b/good.so")));
}

TEST_CASE("describe shows every option with type, default, bounds and doc, and an example") {
  const Folder folder;
  const Said said = bash(folder, kEarshot + " --plugin-path " EARSHOT_TEST_MODULES " describe options");
  CHECK(said.code == 0);
  CHECK(said.text == R"(options  detector
Has options of many types

plugin   org.example.options 1.0.0 by Example, Apache-2.0
file     )" EARSHOT_TEST_MODULES R"(/options.so
flags    stateless, needs_watchlist

Options
  model  path, required
      Where the model is
      example: acme.model
  token  secret, required
      To log in
  words  list of text, at most 9 items
      What | to skip
      default: []
  window  duration, 1s to 1d
      How long
      default: 5m
      a reload may change it
  buffer  size, 1KiB to 256MiB
      How much
      default: 1MiB
  mode  choice: fast, exact
      How
      default: fast
  share  real, -0.5 to 1, not set unless given
      Of what
      deprecated: leave it out

In a pipeline
  detectors:
    my_options:
      plugin: options
      from: my_source
      model: acme.model
      token: ${TOKEN}
)");
}

TEST_CASE("describe prints the table for a README") {
  const Folder folder;
  CHECK(bash(folder, kEarshot + " --plugin-path " EARSHOT_TEST_MODULES " describe options --markdown").text ==
        R"(| option | type | default | what it does |
|---|---|---|---|
| `model` | path | required | Where the model is |
| `token` | secret | required | To log in |
| `words` | list of text, at most 9 items | `[]` | What \| to skip |
| `window` | duration, 1s to 1d | `5m` | How long |
| `buffer` | size, 1KiB to 256MiB | `1MiB` | How much |
| `mode` | choice: fast, exact | `fast` | How |
| `share` | real, -0.5 to 1 | none | Of what |
)");
}

TEST_CASE("describe prints JSON for scripts") {
  const Folder folder;
  const Said json = bash(folder, kEarshot + " --plugin-path " EARSHOT_TEST_MODULES " describe options --json");
  CHECK(has(json.text, R"([{"name":"options","kind":"detector",)"));
  CHECK(has(json.text,
            R"({"name":"mode","type":"choice","required":false,"default":"fast","choices":["fast","exact"],)"));
}

TEST_CASE("describe suggests the nearest name, and says why a plugin cannot be used") {
  const Folder folder;
  const Said typo = bash(folder, kEarshot + " describe ndjosn");
  CHECK(typo.code == 1);
  CHECK(typo.text ==
        "earshot describe: No plugin offers 'ndjosn'. Did you mean 'ndjson'? `earshot plugins` lists what there is.\n");
  const Said faulty = bash(folder, kEarshot + " --plugin-path " EARSHOT_TEST_MODULES " describe null_call");
  CHECK(faulty.code == 1);
  CHECK(has(faulty.text,
            "The plugin 'null_call' cannot be used: org.example.null_call: detector 'null_call': the call "));
}

TEST_CASE("Tab completes verbs, flags, values and the names of plugins") {
  const Folder folder;
  CHECK(completed(folder, "descr") == "describe\n");
  CHECK(completed(folder, "describe --mark") == "--markdown\n");
  CHECK(completed(folder, "describe ndj") == "ndjson\n");
  CHECK(completed(folder, "--plugin-path x plug") == "plugins\n");
  CHECK(completed(folder, "tap --where ''") == "in out\n");
  CHECK(completed(folder, "completion fi") == "fish\n");
  CHECK(completed(folder, "expl") == "explain\n");  // a plugin's verb
  CHECK(completed(folder, "explain --sto") == "--store\n");
  CHECK(completed(folder, "new --into ''") == "\n");  // left to the shell, which completes files
  CHECK_FALSE(has(completed(folder, "''"), "__probe"));
}

TEST_CASE("Every verb of the help text is completed") {
  const Folder folder;
  std::string offered = " ";
  offered += completed(folder, "''");
  const std::string help =
      bash(folder, kEarshot + " --help | sed -n '/^Subcommands:/,/^$/s/^  \\([a-z]*\\) .*/\\1/p'").text;
  std::size_t verbs = 0;
  for (std::size_t at = 0, end; (end = help.find('\n', at)) != std::string::npos; at = end + 1, ++verbs) {
    const std::string verb = help.substr(at, end - at);
    INFO(verb);
    CHECK((has(offered, " " + verb + " ") || has(offered, " " + verb + "\n")));
  }
  CHECK(verbs >= 3);
}
