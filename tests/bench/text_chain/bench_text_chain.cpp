// What the detectors of text cost one by one and all in a row, beside what was aimed at: a table on standard output.
//
//   bench_text_chain [POSTS]
//
// A detector whose plugin is not there is left out, and that is told. CPU time is the least of several runs.
#include <fmt/format.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "posts.hpp"
#include "process.hpp"

namespace {

namespace fs = std::filesystem;
using namespace earshot::bench;

constexpr int kRounds = 3;

// The chain, in its order: a further detector is a further line here.
struct Link {
  std::string plugin;
  std::string options = {};  // further ones, each behind a comma
  double aim = 0;            // posts a second, by itself
};
const std::vector<Link> kChain = {
    {"language", "", 150'000}, {"brand_text"}, {"duplicates"}, {"spam"}, {"sentiment", "", 150'000}, {"keyphrases"},
};
constexpr double kAimOfAll = 40'000, kAimWithStore = 20'000;

void row(const std::string& what, const std::string& aim, const std::string& measured, const std::string& note = "") {
  fmt::print("{:<44} | {:>12} | {:>16} | {}\n", what, aim, measured, note);
  std::fflush(stdout);
}

std::string at_least(double aim) {
  return aim > 0 ? fmt::format(">= {:.0f}", aim) : "";
}

bool is_there(const std::string& plugin) {
  return fs::exists(fs::path(EARSHOT_PLUGIN_DIR) / (plugin + ".so"));
}

class Bench {
 public:
  explicit Bench(std::uint64_t posts) : posts_(posts) {
    std::string name = fs::temp_directory_path() / "earshot-chain-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    watchlist();
    const std::string sample = folder_ / "sample.ndjson";
    write("unpack.yaml",
          "pipeline: unpack\nlisten: \"off\"\nsources:\n  posts: {plugin: file, path: " EARSHOT_SOURCE_DIR
          "/configs/sample/posts.ndjson.zst}\nsinks:\n  out: {plugin: ndjson, from: posts, path: " +
              sample + "}\n");
    run({{EARSHOT_BINARY, "run", "--quiet", "--log-level", "warning", folder_ / "unpack.yaml"}});
    make_text_posts(sample, folder_ / "posts.ndjson", posts);
  }
  ~Bench() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  void operator()() {
    std::vector<Link> there;
    std::string missing;
    for (const Link& link : kChain) {
      if (is_there(link.plugin))
        there.push_back(link);
      else
        missing += (missing.empty() ? "" : ", ") + link.plugin;
    }
    std::vector<Command> commands{pipeline("none", {}, false)};
    for (const Link& link : there) commands.push_back(pipeline(link.plugin, with_mentions(link), false));
    commands.push_back(pipeline("brand_text_alone", {{"brand_text"}}, false));
    commands.push_back(pipeline("all", there, false));
    commands.push_back(pipeline("all_store", there, true));
    const std::vector<Used> used = least(commands, kRounds);
    const double none = used[0].cpu, mentions = used[commands.size() - 3].cpu;
    row("read only, posts a CPU second", "", rate(none));
    for (std::size_t i = 0; i < there.size(); ++i) {
      const double cost = used[i + 1].cpu - (needs_mentions(there[i]) ? mentions : none);
      row(there[i].plugin + " alone, posts a CPU second", at_least(there[i].aim), rate(cost),
          fmt::format("{:.0f} ns a post beside reading it", cost / static_cast<double>(posts_) * 1e9));
    }
    const std::string note = missing.empty() ? "" : "without " + missing + ", which is not there";
    row(fmt::format("the text chain, {} detectors", there.size()), at_least(kAimOfAll),
        rate(used[commands.size() - 2].cpu), note);
    row("the same into sqlite", at_least(kAimWithStore), rate(used.back().cpu), note);
  }

 private:
  std::string rate(double cpu) const {
    return cpu > 0 ? fmt::format("{:.0f}", static_cast<double>(posts_) / cpu) : "not measurable";
  }

  static bool needs_mentions(const Link& link) { return link.plugin == "sentiment" || link.plugin == "keyphrases"; }
  static std::vector<Link> with_mentions(const Link& link) {
    if (needs_mentions(link)) return {{"brand_text"}, link};
    return {link};
  }

  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  // The three brands of the sample, and a thousand watch items with queries of ten terms, few of which are ever there.
  void watchlist() const {
    std::string out =
        "- {id: tavorelle, names: [Tavorelle], query: 'Tavorelle OR \"oat latte\" NEAR/5 (can OR bottle)'}\n"
        "- {id: thicket, names: [Thicket Coffee], query: 'thicket (coffee OR brew OR latte) -woods -forest -fox'}\n"
        "- {id: mareval, names: [Mareval]}\n";
    for (int i = 0; i < 1000; ++i)
      out += fmt::format(
          "- {{id: item{0}, names: [brand{0}], query: '(brand{0} OR \"brand {0}\" OR #brand{0} OR @brand{0}) (coffee "
          "OR price OR service)"
          " -job -hiring -win{0}'}}\n",
          i);
    write("watchlist.yaml", out);
  }

  Command pipeline(const std::string& name, const std::vector<Link>& links, bool store) const {
    const fs::path config = folder_ / (name + ".yaml"), db = folder_ / (name + ".db");
    std::string out = "pipeline: " + name + "\nlisten: \"off\"\nwatchlist: !include watchlist.yaml\nsources:\n" +
                      "  posts: {plugin: file, path: " + std::string(folder_ / "posts.ndjson") + "}\n";
    std::string last = "posts";
    if (!links.empty()) out += "detectors:\n";
    for (const Link& link : links) {
      out += fmt::format("  d_{0}: {{plugin: {0}, from: {1}{2}}}\n", link.plugin, last, link.options);
      last = "d_" + link.plugin;
    }
    out += store ? fmt::format("sinks:\n  store: {{plugin: sqlite, from: {}, path: {}}}\n", last, db.string())
                 : fmt::format("sinks:\n  out: {{plugin: ndjson, from: {}, takes: alerts, path: {}}}\n", last,
                               (folder_ / (name + ".ndjson")).string());
    write(name + ".yaml", out);
    return {{EARSHOT_BINARY, "run", "--quiet", "--log-level", "warning", config},
            {db, db.string() + "-wal", db.string() + "-shm"}};
  }

  std::uint64_t posts_;
  fs::path folder_;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    row("what", "aim", "measured", "note");
    Bench(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200'000)();
  } catch (const std::exception& fault) {
    fmt::print(stderr, "bench_text_chain: {}\n", fault.what());
    return 1;
  }
  return 0;
}
