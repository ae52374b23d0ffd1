// at_work.hpp: the real `earshot` in a folder of the test's own, with the plugins of this tree and its own cache.
// One thread.
#pragma once

#include "../../sdk/command.hpp"

class AtWork {
 public:
  // What it printed to both, in the order it came.
  Ended earshot(const std::string& words) const { return run(in_folder() + words); }
  // What it printed to standard output alone.
  Ended output_of(const std::string& words) const { return run(in_folder() + words + " 2>errors.txt"); }

  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_.path / name) << text; }
  std::string read(const std::string& name) const { return read_file(folder_.path / name); }
  const std::filesystem::path& path() const { return folder_.path; }

 private:
  std::string in_folder() const {
    return "cd '" + folder_.path.string() +
           "' && XDG_CACHE_HOME=\"$PWD/cache\" EARSHOT_PLUGIN_PATH='" EARSHOT_PLUGIN_DIR "' '" EARSHOT_BINARY "' ";
  }
  Folder folder_;
};

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}
