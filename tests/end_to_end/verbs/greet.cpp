// A command for tests: says how it understood its options, and ends with the code that it is asked for.
#include <string>

#include "earshot/command.hpp"

enum class Tone { plain, warm };
template <>
inline constexpr const char* earshot::choices<Tone>[] = {"plain", "warm", nullptr};

namespace {

struct Options {
  std::string name;
  std::int64_t times = 1;
  bool loud = false;
  Tone tone = Tone::plain;
  earshot::Duration wait{0};
  std::vector<std::string> with;
  std::int64_t code = 0;
  std::string last_word;

  static constexpr auto schema() {
    using O = Options;
    return earshot::schema(earshot::option<&O::name>("name", "Whom to greet"),
                           earshot::option<&O::times>("times", "How often", {.fallback = "1", .min = 1, .max = 5}),
                           earshot::option<&O::loud>("loud", "In capitals", {.fallback = "false"}),
                           earshot::option<&O::tone>("tone", "How", {.fallback = "plain"}),
                           earshot::option<&O::wait>("wait", "How long before", {.fallback = "2s"}),
                           earshot::option<&O::with>("with", "Who else", {.fallback = "[]"}),
                           earshot::option<&O::code>("code", "The exit code", {.fallback = "0"}),
                           earshot::option<&O::last_word>("last_word", "What to end with", {.fallback = "''"}));
  }
};

class Greet : public earshot::Command<Options> {
 public:
  static constexpr earshot::Info info{"greet", "Greets somebody", 0};
  static constexpr const char* usage = "WORD…";
  static constexpr const char* examples = "earshot greet --name Ada hello";

  int run(std::span<const std::string_view> words, earshot::CommandIo& io) {
    std::string text;
    for (const std::string_view word : words) text += std::string(word) + ",";
    text += (words.empty() ? "" : " ") + options().name + " x" + std::to_string(options().times);
    if (options().loud) text += " loud";
    if (options().tone == Tone::warm) text += " warm";
    text += " after " + std::to_string(options().wait / std::chrono::milliseconds{1}) + " ms";
    for (const std::string& other : options().with) text += " +" + other;
    text += options().last_word;
    if (host().config()) text += " in " + std::string(host().pipeline());
    io.out(text + "\n");
    if (options().code < 0) throw earshot::io_failure("the door is shut");
    if (options().code > 0) io.error("as asked\n");
    return static_cast<int>(options().code);
  }
};

class GreetAll : public earshot::Command<> {
 public:
  static constexpr earshot::Info info{"greet_all", "Greets everybody", 0};
  static constexpr const char* usage = "";
  static constexpr const char* examples = "earshot greet-all";

  int run(std::span<const std::string_view>, earshot::CommandIo& io) {
    io.out("all\n");
    return 0;
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.test.greet", "1.0.0", "Earshot", "Apache-2.0", "A command for tests", Greet, GreetAll)
