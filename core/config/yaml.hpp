// yaml.hpp: reads a YAML file and all that it includes into one tree. Bounded in size, depth, nodes and includes;
// aliases are copies that count like everything else. One thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/node.hpp"
#include "config/report.hpp"
#include "config/text_source.hpp"

namespace earshot::host {

struct YamlLimits {
  std::size_t file = 8u << 20;   // bytes of one file
  std::size_t text = 32u << 20;  // bytes of all files, and of all texts in the tree
  std::size_t nodes = 500'000;   // aliases and includes counted as often as they are used
  std::size_t depth = 64;        // of maps and lists in each other
  std::size_t includes = 1000, include_depth = 16;
};

class YamlReader {
 public:
  YamlReader(TextSource& source, FaultReport& report, YamlLimits limits = {})
      : source_(source), report_(report), limits_(limits) {}

  // The tree; null where the file is empty. Nothing where it cannot be read, which is reported.
  std::optional<YamlNode> read(const std::filesystem::path& file);
  // The same of a text that stands in no file, as a default in a plugin's schema.
  std::optional<YamlNode> read_text(std::string name, std::string text);

  // For the tree that is being built. False: reported, and the limit is reached.
  bool spend(std::size_t nodes, std::size_t bytes, TextPlace at);
  // Follows `!include`. `depth`: how many maps and lists are open around it.
  std::optional<YamlNode> include(const std::string& path, TextPlace at, std::size_t depth);

  FaultReport& report() { return report_; }
  const YamlLimits& limits() const { return limits_; }

 private:
  std::optional<YamlNode> parse(std::uint32_t file, const std::string& text, std::size_t depth);
  bool readable(std::uint32_t file, std::string_view text);

  TextSource& source_;
  FaultReport& report_;
  YamlLimits limits_;
  std::vector<std::filesystem::path> chain_;  // of the files that are open, the outermost first
  std::size_t nodes_ = 0, bytes_ = 0, read_ = 0, includes_ = 0;
  bool spent_ = false;
};

// In {…} and […] YAML takes the braces of ${NAME} for its own. Before it parses, what stands in ${…} on one line is put
// into characters that mean nothing to it, one for one, so that all columns stay; afterwards it is put back.
std::string shield_references(std::string text);
void unshield_references(std::string& text);

}  // namespace earshot::host
