// What a backtest costs beside the run that filled the store, by configs/unusual.yaml: a table on standard output.
//
//   bench_backtest [POSTS]
#include <fmt/format.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "posts.hpp"
#include "process.hpp"

namespace {

namespace fs = std::filesystem;
using namespace earshot::bench;

constexpr int kRounds = 3;

class Bench {
 public:
  explicit Bench(std::uint64_t posts) : posts_(posts) {
    std::string name = fs::temp_directory_path() / "earshot-backtest-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    const fs::path configs = fs::path(EARSHOT_SOURCE_DIR) / "configs";
    const fs::path sample = folder_ / "sample.ndjson", posts_file = folder_ / "posts.ndjson";
    std::ofstream(folder_ / "unpack.yaml")
        << "pipeline: unpack\nlisten: \"off\"\nsources:\n  posts: {plugin: file, path: "
        << (configs / "sample/posts.ndjson.zst").string()
        << "}\nsinks:\n  out: {plugin: ndjson, from: posts, path: " << sample.string() << "}\n";
    run({{EARSHOT_BINARY, "run", "--quiet", "--log-level", "warning", folder_ / "unpack.yaml"}});
    make_text_posts(sample, posts_file, posts);
    std::string text = read(configs / "unusual.yaml");
    replace(text, "configs/sample/posts.ndjson.zst", posts_file);
    replace(text, "watchlists/demo.yaml", configs / "watchlists/demo.yaml");
    replace(text, "var/unusual/earshot.db", store());
    replace(text, "state: var/unusual/state\n", "");
    std::ofstream(config()) << text;
  }
  ~Bench() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  void operator()() {
    const Used plain = least({{{EARSHOT_BINARY, "run", "--quiet", "--log-level", "warning", config()},
                               {store(), store() + "-wal", store() + "-shm"}}},
                             kRounds)[0];
    const Used again = least({{{EARSHOT_BINARY, "backtest", config()}}}, kRounds)[0];
    const double stored = posts_in(again.output);
    row("what", "posts", "posts/s", "posts/CPU s", "peak MiB");
    row("the run into its store", static_cast<double>(posts_), plain);
    row("the backtest of its store", stored, again);
    fmt::print("\n{:.1f} times as many posts a second, {:.1f} times as many a CPU second\n",
               stored / again.wall / (static_cast<double>(posts_) / plain.wall),
               stored / again.cpu / (static_cast<double>(posts_) / plain.cpu));
  }

 private:
  std::string config() const { return folder_ / "unusual.yaml"; }
  std::string store() const { return folder_ / "store.db"; }

  static std::string read(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static void replace(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
      text.replace(at, what.size(), by);
  }
  // "18,204 posts of …"
  static double posts_in(const std::string& output) {
    std::string number = output.substr(0, output.find(' '));
    std::erase(number, ',');
    return std::stod(number);
  }
  static void row(const char* what, const std::string& posts, const std::string& rate, const std::string& cpu_rate,
                  const std::string& peak) {
    fmt::print("{:<28} {:>10} {:>10} {:>12} {:>9}\n", what, posts, rate, cpu_rate, peak);
    std::fflush(stdout);
  }
  static void row(const char* what, double posts, const Used& used) {
    row(what, fmt::format("{:.0f}", posts), fmt::format("{:.0f}", posts / used.wall),
        fmt::format("{:.0f}", posts / used.cpu), fmt::format("{:.0f}", static_cast<double>(used.peak_kb) / 1024));
  }

  std::uint64_t posts_;
  fs::path folder_;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    Bench(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200'000)();
  } catch (const std::exception& fault) {
    fmt::print(stderr, "bench_backtest: {}\n", fault.what());
    return 1;
  }
  return 0;
}
