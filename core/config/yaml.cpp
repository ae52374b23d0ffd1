#include "config/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>

#include "base/utf8.hpp"
#include "config/yaml_tree.hpp"

namespace earshot::host {
namespace {

constexpr std::string_view kSpecial = "{},[]:#", kShield = "\x01\x02\x03\x05\x06\x07\x0e";

// What yaml-cpp says, said for people.
struct Said {
  std::string_view theirs, ours, help;
};
constexpr Said kSaid[] = {
    {"illegal map value", "a ':' stands where no value can begin", "Put a text that has ': ' in it into quotes."},
    {"end of map not found", "this does not fit into the map above it",
     "All keys of a map begin in the same column, each followed by ': '."},
    {"end of map flow not found", "a '{' is not closed", "Close it with '}', and put ',' between its entries."},
    {"illegal flow end", "this closes nothing that is open",
     "A '[' is closed by ']', a '{' by '}', the last opened first."},
    {"end of sequence not found", "this does not fit into the list above it",
     "All items of a list begin in the same column, each with '- '."},
    {"end of sequence flow not found", "a '[' is not closed", "Close it with ']', and put ',' between its items."},
    {"illegal block entry", "a '- ' stands where no list can begin", "Begin the list on a line of its own."},
    {"illegal map key", "a '?' stands where no key can begin", "Put a text that begins with '?' into quotes."},
    {"illegal EOF in scalar", "the file ends inside a quoted text", "Close it with the quote that it begins with."},
    {"unknown token", "this cannot begin a value", "Put a text that begins with '@', '`' or '%' into quotes."},
    {"unknown escape character", "a backslash in a text in double quotes begins no escape that YAML knows",
     "Use single quotes, or write the backslash twice."},
    {"illegal document indicator", "a line '---' or '...' stands inside a quoted text", ""},
    {"invalid map key", "this cannot be a key", ""},
};

void tell(FaultReport& report, TextPlace at, const std::string& message) {
  for (const Said& said : kSaid)
    if (message.starts_with(said.theirs)) {
      report.error(at, {}, std::string(said.ours), std::string(said.help));
      return;
    }
  if (message.find("alias") != std::string::npos || message.find("anchor") != std::string::npos)
    report.error(at, {}, "this alias has no anchor before it", "An alias *name repeats what an anchor &name marked.");
  else
    report.error(at, {}, "this is not YAML: " + message);
}

// From the place on.
std::string_view from_place(std::string_view text, TextPlace at) {
  for (; at.line > 1; --at.line) text.remove_prefix(std::min(text.size(), text.find('\n') + 1));
  text.remove_prefix(std::min(text.size(), static_cast<std::size_t>(std::max(at.column, 1) - 1)));
  return text;
}

// The column of a tab in the indentation of the line; 0: there is none.
int tab_in(std::string_view text, TextPlace at) {
  at.column = 1;
  const std::string_view line = from_place(text, at);
  const std::size_t tab = line.substr(0, line.find_first_not_of(" \t")).find('\t');
  return tab == std::string_view::npos ? 0 : static_cast<int>(tab) + 1;
}

// yaml-cpp takes the end of the file for the end of a quoted text. Does the last one end by itself?
bool quote_closed(std::string_view text, TextPlace at) {
  text = from_place(text, at);
  if (at.line == 0 || text.empty() || (text[0] != '"' && text[0] != '\'')) return true;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\' && text[0] == '"')
      ++i;
    else if (text[i] == text[0])
      return true;
  }
  return false;
}

}  // namespace

std::string shield_references(std::string text) {
  for (std::size_t at = 0; (at = text.find("${", at)) != std::string::npos;) {
    const std::size_t end = text.find_first_of("}\n", at);
    if (end == std::string::npos) break;
    if (text[end] == '}') {
      for (std::size_t i = at + 1; i <= end; ++i)
        if (const std::size_t which = kSpecial.find(text[i]); which != std::string_view::npos) text[i] = kShield[which];
    }
    at = end;
  }
  return text;
}

void unshield_references(std::string& text) {
  for (char& c : text)
    if (const std::size_t which = kShield.find(c); c < 0x0f && which != std::string_view::npos) c = kSpecial[which];
}

bool YamlReader::readable(std::uint32_t file, std::string_view text) {
  TextPlace at{file, 1, 1};
  for (; !text.empty(); ++at.column) {
    const auto byte = static_cast<unsigned char>(text[0]);
    if (byte == '\n') ++at.line, at.column = 0;
    if (byte >= 0x20 && byte < 0x7f) {
      text.remove_prefix(1);
      continue;
    }
    const CodePoint point = decode(text);
    if (!point.valid) {
      report_.error(at, {}, fmt::format("the byte 0x{:02x} is not UTF-8", byte), "Save the file as UTF-8.");
      return false;
    }
    if (byte != '\n' && byte != '\r' && byte != '\t' && (point.value < 0x20 || point.value == 0x7f)) {
      report_.error(at, {}, fmt::format("the control character 0x{:02x} cannot stand in a config", byte));
      return false;
    }
    text.remove_prefix(point.size);
    at.column += static_cast<int>(point.size) - 1;
  }
  return true;
}

bool YamlReader::spend(std::size_t nodes, std::size_t bytes, TextPlace at) {
  nodes_ += nodes;
  bytes_ += bytes;
  if (nodes_ <= limits_.nodes && bytes_ <= limits_.text) return true;
  if (!spent_)
    report_.error(at, {},
                  fmt::format("the config is too large: at most {} values and {} bytes of text, aliases and includes "
                              "counted as often as they are used",
                              limits_.nodes, limits_.text));
  spent_ = true;
  return false;
}

std::optional<YamlNode> YamlReader::parse(std::uint32_t file, const std::string& text, std::size_t depth) {
  if (!readable(file, text)) return {};
  YamlTree tree(*this, file, depth);
  try {
    std::istringstream in(shield_references(text));
    YAML::Parser parser(in);
    if (!parser.HandleNextDocument(tree)) {
      YamlNode nothing;
      nothing.at.file = file;
      return nothing;
    }
    if (parser && parser.HandleNextDocument(tree)) return {};
  } catch (const YamlTree::GaveUp&) {
    return {};
  } catch (const YAML::Exception& fault) {
    TextPlace at{file, std::max(fault.mark.line + 1, 0), std::max(fault.mark.column + 1, 0)};
    if (const int tab = tab_in(text, at); tab > 0) {
      at.column = tab;
      report_.error(at, {}, "a tab stands here, and YAML indents by spaces only", "Replace the tab by spaces.");
    } else {
      tell(report_, at, fault.msg);
    }
    return {};
  }
  if (!quote_closed(text, tree.last_text())) {
    report_.error(tree.last_text(), {}, "the text that begins here is not closed",
                  "Close it with the quote that it begins with.");
    return {};
  }
  return tree.take();
}

std::optional<YamlNode> YamlReader::read(const std::filesystem::path& file) {
  std::string why;
  std::optional<std::string> text = source_.file(file, limits_.file, why);
  const std::uint32_t number = report_.add_file(file.string(), text.value_or(""));
  if (!text) {
    report_.error({number, 0, 0}, {}, "cannot be read: " + why);
    return {};
  }
  if (text->starts_with("\xef\xbb\xbf")) text->replace(0, 3, "   ");
  read_ += text->size();
  chain_.push_back(file.lexically_normal());
  std::optional<YamlNode> tree = parse(number, *text, 0);
  chain_.pop_back();
  return tree;
}

std::optional<YamlNode> YamlReader::read_text(std::string name, std::string text) {
  const std::uint32_t number = report_.add_file(std::move(name), text);
  return parse(number, text, 0);
}

std::optional<YamlNode> YamlReader::include(const std::string& path, TextPlace at, std::size_t depth) {
  const std::filesystem::path here = report_.file_name(at.file);
  const std::filesystem::path file = (here.parent_path() / path).lexically_normal();
  const auto fail = [&](std::string message, std::string help = {}) {
    report_.error(at, {}, std::move(message), std::move(help));
    return std::nullopt;
  };
  if (path.empty()) return fail("!include names no file", "Write the file after it: !include watchlists/acme.yaml");
  if (path.find("${") != std::string::npos) return fail("!include takes a path as it is, without ${…}");
  if (const auto open = std::find(chain_.begin(), chain_.end(), file); open != chain_.end()) {
    std::string loop;
    for (auto each = open; each != chain_.end(); ++each) loop += each->string() + " -> ";
    return fail("the files include each other in a loop: " + loop + file.string());
  }
  if (chain_.size() > limits_.include_depth)
    return fail(fmt::format("files include each other more than {} deep", limits_.include_depth));
  if (++includes_ > limits_.includes) return fail(fmt::format("more than {} files are included", limits_.includes));
  std::string why;
  const std::optional<std::string> text = source_.file(file, limits_.file, why);
  if (!text)
    return fail(fmt::format("{} cannot be included: {}", in_quotes(file.string()), why),
                "The path counts from the folder of the file that it stands in.");
  if ((read_ += text->size()) > limits_.text) return fail(fmt::format("more than {} bytes to read", limits_.text));
  const std::uint32_t number = report_.add_file(file.string(), *text);
  chain_.push_back(file);
  std::optional<YamlNode> tree = parse(number, *text, depth);
  chain_.pop_back();
  return tree;
}

}  // namespace earshot::host
