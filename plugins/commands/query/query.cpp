// query: tries a query on a text or a post, and tells which of its parts held and where.
#include "query/query.hpp"

#include <fmt/format.h>

#include <earshot/command.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "query/explain.hpp"
#include "sample/post_copy.hpp"

namespace {

using earshot::sample::PostCopy;

struct QueryOptions {
  std::optional<std::string> text;
  std::optional<std::filesystem::path> post;
  bool json;
  std::optional<std::filesystem::path> lists;

  static constexpr auto schema() {
    using earshot::option;
    using O = QueryOptions;
    return earshot::schema(
        option<&O::text>("text", "The text to try the query on", {.example = "Acme is down"}),
        option<&O::post>("post", "A file with a post to try it on, in the form of docs/posts.md with its findings",
                         {.example = "post.json"}),
        option<&O::json>("json", "One object of JSON instead of text", {.fallback = "false"}),
        option<&O::lists>("lists",
                          "The folder of the files that @list:FILE in the query names; without it, the one in which "
                          "earshot runs",
                          {.example = "configs/lists"}));
  }
};

class QueryCommand : public earshot::Command<QueryOptions> {
 public:
  static constexpr earshot::Info info{"query", "Tries a query on a text or a post: which parts held, and where"};
  static constexpr const char* usage = "explain QUERY";
  static constexpr const char* examples =
      "earshot query explain 'acme NEAR/5 battery -job' --text 'Acme has a new battery'\n"
      "earshot query explain 'sentiment:negative followers:>1000' --post post.json";

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (arguments.size() != 2 || arguments[0] != "explain")
      throw earshot::invalid("say what to do and with which query: earshot query explain 'QUERY' --text 'TEXT'");
    const std::string_view text = arguments[1];
    try {
      const earshot::query::Query query(text, {options().lists.value_or("")});
      PostCopy copy = sample();
      const earshot::Post post = copy.post();
      earshot::query::Evaluator evaluator = query.evaluator();
      evaluator.set(post);
      const earshot::query::Explained answer = explain(query, evaluator);
      io.out(options().json ? as_json(answer, post) + "\n" : as_text(answer, post, io.terminal()));
      return answer.held ? 0 : 1;
    } catch (const earshot::query::Fault& fault) {
      io.error(pointed(text, fault));
      return 2;
    }
  }

 private:
  PostCopy sample() const {
    if (options().text.has_value() == options().post.has_value())
      throw earshot::invalid("say what to try it on: --text 'TEXT', or --post FILE");
    if (options().text) return earshot::sample::from_text(*options().text);
    std::ifstream in(*options().post, std::ios::binary);
    if (!in) throw earshot::invalid(fmt::format("the file '{}' cannot be read", options().post->string()));
    std::string json(kLargest + 1, '\0');
    in.read(json.data(), static_cast<std::streamsize>(json.size()));
    json.resize(static_cast<std::size_t>(in.gcount()));
    if (json.size() > kLargest)
      throw earshot::invalid(
          fmt::format("'{}' is larger than 16 MiB: it should hold one post", options().post->string()));
    return earshot::sample::read_json(json);
  }

  static constexpr std::size_t kLargest = 16 << 20;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.query", "0.1.0", "Earshot", "Apache-2.0", "Tries a query on a text or a post", QueryCommand)
