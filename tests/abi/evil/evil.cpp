// The conformance check against plugins that each break one rule: that rule is named.
#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "../../sdk/command.hpp"

namespace {

struct Checked {
  int status = 0;
  std::set<std::string> failed;
  std::string text;
};

Checked check(const std::string& plugin, const std::string& more = {}) {
  const Ended ended =
      run(std::string("'") + EARSHOT_BINARY + "' check '" + EARSHOT_EVIL_DIR "/" + plugin + ".so' " + more);
  Checked checked{ended.status, {}, ended.output};
  std::istringstream lines(ended.output);
  for (std::string line; std::getline(lines, line);)
    if (line.rfind("FAIL  ", 0) == 0) checked.failed.insert(line.substr(6, line.find(' ', 6) - 6));
  return checked;
}

// A crash may show in other rules too; this one is among them, with its reason.
void is_among(const std::string& plugin, const std::string& rule, const std::string& words) {
  const Checked checked = check(plugin);
  INFO(checked.text);
  CHECK(checked.status == 1);
  CHECK(checked.failed.count(rule) == 1);
  CHECK(checked.text.find(words) != std::string::npos);
}

void is_caught(const std::string& plugin, const std::string& rule, const std::string& words) {
  const Checked checked = check(plugin);
  INFO(checked.text);
  CHECK(checked.status == 1);
#if defined \
    __SANITIZE_ADDRESS__  // ends the process at the first wrong byte, so that a fault may show in other rules too
  CHECK(checked.failed.count(rule) == 1);
#else
  CHECK(checked.failed == std::set<std::string>{rule});
#endif
  CHECK(checked.text.find(words) != std::string::npos);
  CHECK(checked.text.find("abi.h:") != std::string::npos);
}

}  // namespace

TEST_CASE("check: a plugin that keeps the contract breaks no rule") {
  const Checked checked = check("none");
  INFO(checked.text);
  CHECK(checked.status == 0);
  CHECK(checked.failed.empty());
}

TEST_CASE("check: the wrong version of the contract") {
  is_caught("wrong_abi", "abi-version", "version 2");
}
TEST_CASE("check: a version newer than the host") {
  is_caught("newer_abi", "abi-version", "1.9");
}
TEST_CASE("check: no earshot_module") {
  is_caught("no_symbol", "exports-one-symbol", "does not export earshot_module");
}
TEST_CASE("check: one symbol too many") {
  is_caught("extra_symbol", "exports-one-symbol", "helper");
}
TEST_CASE("check: a table without create") {
  is_caught("no_create", "tables-complete", "create");
}
TEST_CASE("check: errors without text") {
  is_caught("errors_without_text", "errors-have-text", "no message");
}
TEST_CASE("check: an exception comes out") {
  is_caught("throws", "exceptions-contained", "this post has no segment");
}
#if !defined __SANITIZE_THREAD__  // its allocator does not say what it was given
TEST_CASE("check: the host's memory is freed") {
  is_among("frees_host_memory", "host-memory-not-freed", "belongs to the host");
}
#endif
TEST_CASE("check: a pointer is kept after the batch is gone") {
  is_among("keeps_views", "views-not-retained", "earlier batch");
}
TEST_CASE("check: a pointer is kept after create") {
  is_caught("keeps_values", "values-not-retained", "earlier call");
}
TEST_CASE("check: stateless is a lie") {
  is_caught("lies_stateless", "stateless-is-true", "two instances");
}
TEST_CASE("check: state is lost on save and load") {
  is_caught("loses_state", "save-load-anywhere", "save and a load");
}
TEST_CASE("check: answers depend on the batches") {
  is_caught("rechunk_dependent", "rechunk-invariant", "batches of");
}
TEST_CASE("check: it speaks after the call") {
  is_caught("speaks_later", "outputs-inside-the-call", "wake_at");
}
TEST_CASE("check: garbage as state crashes it") {
  is_among("crashes_on_garbage", "garbage-loaded", "state");
}
TEST_CASE("check: the process is changed") {
  is_caught("changes_process", "leaves-process-alone", "belongs to the whole process");
}
TEST_CASE("check: create writes a file") {
  is_caught("create_writes", "create-touches-nothing", "create writes a file");
}
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__  // their allocators do not count
TEST_CASE("check: instances leave memory behind") {
  is_caught("leaks", "created-100-times", "bytes behind");
}
#endif
TEST_CASE("check: strides are ignored") {
#if defined __SANITIZE_ADDRESS__ || \
    defined __SANITIZE_THREAD__  // end the process at the first byte that is not its own
  is_caught("ignores_strides", "newer-host", "where structs have grown");
#else
  is_caught("ignores_strides", "newer-host", "grown by 64 bytes");
#endif
}
TEST_CASE("check: a finding points outside of its text") {
  is_caught("points_outside", "answers-in-bounds", "bytes");
}
TEST_CASE("check: loading changes the environment") {
  is_caught("loud_load", "loading-is-quiet", "the environment");
}
TEST_CASE("check: cancellation is ignored") {
  const Checked checked = check("ignores_cancellation", "--only cancel-within-1s");
  INFO(checked.text);
  CHECK(checked.failed == std::set<std::string>{"cancel-within-1s"});
}
TEST_CASE("check: posts are lost at a restart") {
  is_caught("loses_posts", "resume-from-cursor", "does not bring");
}
TEST_CASE("check: no cursor covers the posts") {
  is_caught("no_cursor", "cursor-covers-posts", "no cursor");
}
TEST_CASE("check: flush does not write") {
  is_caught("buffers_forever", "flush-means-durable", "killed right after flush");
}
TEST_CASE("check: a restart writes posts twice") {
  is_caught("writes_twice", "redelivered", "evil.txt");
}
TEST_CASE("check: more is taken than was given") {
  is_caught("takes_too_much", "partial-accept", "more than it was given");
}

TEST_CASE("check: a call that does not come back is given up in time") {
  const Checked checked = check("hangs", "--only empty-batch --timeout 0.5");
  INFO(checked.text);
  CHECK(checked.failed == std::set<std::string>{"empty-batch"});
  CHECK(checked.text.find("does not come back") != std::string::npos);
}

TEST_CASE("check: results can be read by a script") {
  const Checked checked = check("wrong_abi", "--json --seed 7");
  CHECK(checked.status == 1);
  CHECK(checked.text.find(R"("seed":7)") != std::string::npos);
  CHECK(checked.text.find(R"("rule":"abi-version","component":"","outcome":"fail")") != std::string::npos);
}

TEST_CASE("check: what cannot be understood is told and is another exit code") {
  CHECK(check("none", "--only no-such-rule").status == 2);
  CHECK(check("not_there").status == 2);
  CHECK(check("none", "--option nothing=1").status == 2);
}
