#include "scene.hpp"

#include <stdlib.h>

#include <fstream>
#include <stdexcept>
#include <string_view>

namespace earshot::bench {
namespace {

constexpr const char* kPrograms = EARSHOT_BENCH_PROGRAMS;

}  // namespace

Scene::Scene() {
  std::string name = std::filesystem::temp_directory_path() / "earshot-bench-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
}

Scene::~Scene() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Scene::make_posts(std::uint64_t count) const {
  run({{std::string(kPrograms) + "/make_posts", std::to_string(count), folder_}});
}

Command Scene::pipeline(const std::string& name, const Extra& extra, const std::string& file,
                        const std::string& detectors, const std::string& last) const {
  const std::string config = *this / (name + ".yaml"), out = *this / (name + ".ndjson");
  std::ofstream text(config);
  text << "pipeline: " << name << "\n" << extra.head;
  if (!extra.state.empty()) text << "state: " << extra.state << "\n";
  text << "sources:\n  posts: {plugin: file, path: " << file << extra.source << "}\n" << detectors;
  text << "sinks:\n  out: {plugin: ndjson, from: " << last << ", path: " << out << "}\n";
  Command command{{EARSHOT_BINARY, "--plugin-path", plugins(), "run", "--quiet", "--log-level", "warning", config},
                  {out}};
  if (!extra.state.empty()) command.makes.push_back(extra.state);
  return command;
}

Command Scene::brands(const std::string& name, int names, const std::string& file, const Extra& extra) const {
  const std::string watchlist = "watchlist: !include watchlist-" + std::to_string(names) + ".yaml\n";
  return pipeline(name, extra, file,
                  watchlist +
                      "detectors:\n  mentions: {plugin: brand_text, from: posts, misspellings: no, lookalikes: no, " +
                      "elongations: no, inflections: no, joined: no}\n",
                  "mentions");
}

Command Scene::chain(const std::string& name, int length, const std::string& file, const Extra& extra) const {
  std::string last = "posts", detectors = "workers: 1\n";
  if (length != 0) detectors += "detectors:\n";
  for (int i = 1; i <= length; ++i) {
    const std::string id = "pass" + std::to_string(i);
    detectors += "  " + id + ": {plugin: pass, from: " + last + "}\n";
    last = id;
  }
  return pipeline(name, extra, file, detectors, last);
}

Command Scene::floor(int names) const {
  const std::string out = *this / "floor.ndjson";
  return {{std::string(kPrograms) + "/floor", posts(), *this / ("names-" + std::to_string(names) + ".txt"), out},
          {out}};
}

std::string Scene::plugins() {
  return std::string(kPrograms) + "/throughput_plugins";
}

std::uint64_t count_in(const std::string& file, const std::string& word) {
  std::ifstream in(file, std::ios::binary);
  std::uint64_t count = 0;
  std::string line;
  while (std::getline(in, line))
    for (std::size_t at = 0; (at = line.find(word, at)) != std::string::npos; at += word.size()) ++count;
  return count;
}

}  // namespace earshot::bench
