// places.hpp: where the values of a config stand in its files, to the byte, so that a fault that a component tells
// later points into the file. Values; constant once filled.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.hpp"
#include "config/node.hpp"
#include "config/report.hpp"

namespace earshot::host {

class Places {
 public:
  // Notes the node at `path`, and of a map what is in it, as "context.for".
  void add(const std::string& path, const YamlNode& node, const FaultReport& report);
  // Only where it begins: for a secret, which is not to be kept.
  void add_begin(const std::string& path, const YamlNode& node, const FaultReport& report);

  // Puts the fault at byte `offset` of the value at `path`, or at the nearest thing around it that is known. Where the
  // byte does not stand in the file, as behind ${…}, the message tells its line and column in the value. False: nothing
  // is known.
  bool point(Diagnostic& fault, std::string_view path, std::size_t offset) const;

 private:
  // From byte `offset` on the text stands in the file as it is, up to the next run or the end of the line.
  struct Run {
    std::size_t offset;
    int line, column;  // the column in characters
  };
  struct Written {
    Position begin;
    std::string text;  // of a leaf
    std::vector<Run> runs;
  };
  static void add_text(Written& written, const YamlNode& node, const FaultReport& report);
  static void point(Diagnostic& fault, const Written& written, std::size_t offset);

  std::map<std::string, Written, std::less<>> values_;
};

}  // namespace earshot::host
