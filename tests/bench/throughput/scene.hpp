// scene.hpp: the folder that the measurements run in: posts, names, pipelines, and the commands that run them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "process.hpp"

namespace earshot::bench {

class Scene {
 public:
  Scene();  // makes a folder of its own, gone with it
  ~Scene();
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  std::string operator/(const std::string& name) const { return folder_ / name; }

  // Posts and names, in place of those that were there.
  void make_posts(std::uint64_t count) const;
  std::string posts() const { return *this / "posts.ndjson"; }

  // The commands that run a pipeline from a file to NAME.ndjson. `head` holds further keys of the pipeline, `source`
  // further options of the file, `state` is a folder.
  struct Extra {
    std::string head = "listen: \"off\"\n", source, state;
  };
  Command brands(const std::string& name, int names, const std::string& file, const Extra& extra) const;
  // So many detectors in a row that only look, or none; on one worker.
  Command chain(const std::string& name, int length, const std::string& file, const Extra& extra) const;
  Command floor(int names) const;

  static std::string plugins();  // the folder with pass.so

 private:
  Command pipeline(const std::string& name, const Extra& extra, const std::string& file, const std::string& detectors,
                   const std::string& last) const;

  std::filesystem::path folder_;
};

// How often `word` stands in a file.
std::uint64_t count_in(const std::string& file, const std::string& word);

}  // namespace earshot::bench
