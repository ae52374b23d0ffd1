#include "config/interpolate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "config/typed.hpp"

namespace earshot::host {
namespace {

constexpr std::size_t kLongestSecret = 64u << 10, kLongestInAll = 16u << 20;
constexpr std::string_view kForms = "Write ${NAME}, ${NAME:-default} or ${file:PATH}; $$ is a dollar.";

bool is_name(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
  return !text.empty() && letter(text[0]) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

class Interpolation {
 public:
  Interpolation(TextSource& source, FaultReport& report) : source_(source), report_(report) {}

  void visit(YamlNode& tree) { visit(tree, Step{nullptr, nullptr, 0}); }

 private:
  // The way down to a node: made into a path only where something has to be told.
  struct Step {
    const Step* up;
    const YamlNode* node;
    std::size_t index;  // in a list

    std::string path() const {
      if (up == nullptr) return {};
      return node->key_at.line > 0 ? joined(up->path(), node->key) : fmt::format("{}[{}]", up->path(), index);
    }
  };

  void visit(YamlNode& node, const Step& step) {
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      YamlNode& item = node.items[i];
      if (item.key.find("${") != std::string::npos)
        report_.error(item.key_at, step.path(), "a key takes no ${…}: only values do", "Write the key out.");
      visit(item, Step{&step, &item, i});
    }
    if (node.kind == YamlNode::Kind::text && node.text.find('$') != std::string::npos) expand(node, step);
  }

  void expand(YamlNode& node, const Step& step) {
    std::string out;
    const std::string_view text = node.text;
    for (std::size_t at = 0; at < text.size();) {
      if (text.substr(at, 2) == "$$") {
        out += '$', at += 2;
      } else if (text.substr(at, 2) == "${") {
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos)
          return report_.error(node.at, step.path(), "'${' is not closed", std::string(kForms));
        const std::optional<std::string> value = look_up(node, text.substr(at + 2, end - at - 2), step);
        if (!value) return;
        out += *value;
        at = end + 1;
      } else {
        out += text[at++];
      }
    }
    if ((used_ += out.size()) > kLongestInAll)
      return report_.error(node.at, step.path(),
                           fmt::format("all that ${{…}} puts in is longer than {} bytes", kLongestInAll));
    node.written = std::move(node.text);
    node.text = std::move(out);
  }

  std::optional<std::string> look_up(YamlNode& node, std::string_view reference, const Step& step) {
    if (reference.starts_with("file:")) return read(node, reference.substr(5), step);
    const std::size_t dash = reference.find(":-");
    const std::string name(reference.substr(0, dash));
    if (!is_name(name) || reference.find("${") != std::string_view::npos) {
      report_.error(node.at, step.path(), fmt::format("${{{}}} cannot be read", escaped(reference)),
                    std::string(kForms));
      return {};
    }
    if (node.from == YamlNode::From::literal) node.from = YamlNode::From::environment;
    if (std::optional<std::string> value = source_.variable(name);
        value && !(value->empty() && dash != std::string_view::npos))
      return value;
    if (dash != std::string_view::npos) return std::string(reference.substr(dash + 2));
    report_.error(node.at, step.path(), fmt::format("the environment variable {} is not set", name),
                  fmt::format("Set it, or give a default: ${{{}:-default}}", name));
    return {};
  }

  std::optional<std::string> read(YamlNode& node, std::string_view path_text, const Step& step) {
    node.from = YamlNode::From::file;
    node.secret = true;
    if (path_text.empty() || path_text.find('\0') != std::string_view::npos) {
      report_.error(node.at, step.path(), "${file:} names no file", std::string(kForms));
      return {};
    }
    const std::filesystem::path folder = std::filesystem::path(report_.file_name(node.at.file)).parent_path();
    const std::filesystem::path file = folder / path_text;
    std::string why;
    std::optional<std::string> text = source_.file(file, kLongestSecret, why);
    if (!text) {
      report_.error(node.at, step.path(), fmt::format("the file {} cannot be read: {}", in_quotes(file.string()), why),
                    "The path counts from the folder of the file that it stands in.");
      return {};
    }
    if (text->ends_with('\n')) text->pop_back();
    if (text->ends_with('\r')) text->pop_back();
    return text;
  }

  static std::string escaped(std::string_view text) {
    const std::string shown = in_quotes(text);
    return shown.substr(1, shown.size() - 2);
  }

  TextSource& source_;
  FaultReport& report_;
  std::size_t used_ = 0;
};

}  // namespace

void interpolate(YamlNode& tree, TextSource& source, FaultReport& report) {
  Interpolation(source, report).visit(tree);
}

}  // namespace earshot::host
