#include "config/places.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/alignment.hpp"
#include "config/typed.hpp"

namespace earshot::host {
namespace {

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

int characters(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), begins_character));
}

// What stands before the byte `at` in its line.
std::string_view line_before(std::string_view text, std::size_t at) {
  text = text.substr(0, at);
  return text.substr(text.rfind('\n') + 1);  // npos + 1 is 0
}

}  // namespace

void Places::add(const std::string& path, const YamlNode& node, const FaultReport& report) {
  add_begin(path, node, report);
  if (node.kind == YamlNode::Kind::text) add_text(values_[path], node, report);
  if (node.kind == YamlNode::Kind::map)
    for (const YamlNode& item : node.items)
      if (!item.duplicate) add(joined(path, item.key), item, report);
}

void Places::add_begin(const std::string& path, const YamlNode& node, const FaultReport& report) {
  values_[path].begin = report.position(node.at);
}

void Places::add_text(Written& written, const YamlNode& node, const FaultReport& report) {
  written.text = node.text;
  if (!node.written.empty() && node.written != node.text) return;  // ${…}
  const std::string_view source = report.text_from(node.at);
  int line = written.begin.line, column = written.begin.column;
  std::size_t at = 0;
  for (const Aligned& each : align(source, node.text)) {
    for (; at < each.source; ++at) {
      if (source[at] == '\n')
        ++line, column = 1;
      else
        column += begins_character(source[at]) ? 1 : 0;
    }
    written.runs.push_back({each.text, line, column});
  }
}

void Places::point(Diagnostic& fault, const Written& written, std::size_t offset) {
  fault.at = written.begin;
  if (offset > written.text.size()) return;
  const auto behind =
      std::find_if(written.runs.begin(), written.runs.end(), [&](const Run& run) { return run.offset > offset; });
  if (behind != written.runs.begin()) {
    const Run& run = *std::prev(behind);
    const std::string_view text = std::string_view(written.text).substr(run.offset, offset - run.offset);
    fault.at.line = run.line, fault.at.column = run.column + characters(text.substr(0, text.find('\n')));
  } else if (written.runs.empty() && !written.text.empty()) {
    const std::string_view text = std::string_view(written.text).substr(0, offset);
    fault.message = fmt::format("line {}, column {} of it: {}", std::count(text.begin(), text.end(), '\n') + 1,
                                characters(line_before(written.text, offset)) + 1, fault.message);
  }
}

bool Places::point(Diagnostic& fault, std::string_view path, std::size_t offset) const {
  if (const auto found = values_.find(path); found != values_.end()) {
    point(fault, found->second, offset);
    return true;
  }
  for (std::size_t dot; (dot = path.rfind('.')) != std::string_view::npos;) {
    path = path.substr(0, dot);
    if (const auto around = values_.find(path); around != values_.end()) {
      fault.at = around->second.begin;
      return true;
    }
  }
  return false;
}

}  // namespace earshot::host
