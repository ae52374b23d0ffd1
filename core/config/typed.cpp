#include "config/typed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "config/option_value.hpp"
#include "config/units.hpp"
#include "config/url_secrets.hpp"
#include "config/yaml.hpp"

namespace earshot::host {
namespace {

using Kind = YamlNode::Kind;

TextPlace last_place(const YamlNode& node) {
  TextPlace last = node.at;
  for (char c : node.text) last.line += c == '\n' ? 1 : 0;
  return last;
}

// The URL itself is the plugin's to have; what it holds is hidden in messages, dumps and the log.
void hide_in_url(YamlNode& node, const std::string& path, Typing& typing) {
  std::vector<std::string> parts = secrets_of_url(node.text);
  if (node.from == YamlNode::From::file) parts.push_back(node.text);
  if (parts.empty()) return;
  node.secret = true;
  if (node.from == YamlNode::From::literal) typing.report.hide(node.at, last_place(node));
  for (std::size_t i = 0; i < parts.size(); ++i)
    typing.secrets[fmt::format("{} (part {})", path, i + 1)] = std::move(parts[i]);
}

std::optional<Value> leaf(const OptionSchema& option, YamlNode& node, const std::string& path, Typing& typing) {
  if (option.type == EAR_SECRET) {
    node.secret = true;
    if (node.from == YamlNode::From::literal) typing.report.hide(node.at, last_place(node));
  }
  if (option.type == EAR_URL) hide_in_url(node, path, typing);
  std::string complaint;
  std::optional<Value> value = option_value(option, node.text, complaint);
  if (!value) {
    const bool given = node.from != YamlNode::From::literal;
    std::string subject = option.type == EAR_SECRET ? "the secret"
                          : node.secret && !given   ? "the URL, which holds a secret,"
                                                    : in_quotes(node.shown());
    if (given) subject = "what " + in_quotes(node.shown()) + " stands for";
    typing.report.error(
        node.at, path, subject + " " + complaint,
        given || option.type != EAR_CHOICE ? std::string() : typing.report.suggestion(node.text, option.choices));
    return {};
  }
  if (option.type == EAR_QUERY) return query_value(node, typing.report);
  if (option.type == EAR_SECRET) {
    typing.secrets[path] = std::move(value->text);
    value->text = path;
  }
  return value;
}

std::string_view example_of(const OptionSchema& option) {
  return option.type == EAR_LIST ? "Write it as a list: [one, two]" : "Write it as a map: {key: value}";
}

std::optional<Value> nest(const OptionSchema& option, YamlNode& node, const std::string& path, Typing& typing) {
  const Kind kind = option.type == EAR_LIST ? Kind::list : Kind::map;
  if (!expect(node, kind, path, typing.report, example_of(option))) return {};
  const OptionSchema element = element_of(option);
  Value all;
  all.type = option.type;
  bool good = true;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    YamlNode& item = node.items[i];
    if (item.key.size() > 128) {  // the name of a secret has to be told from any other
      typing.report.error(item.key_at, path, "a key here has at most 128 bytes");
      good = false;
      continue;
    }
    const std::string inner = kind == Kind::list ? fmt::format("{}[{}]", path, i) : joined(path, item.key);
    std::optional<Value> value = typed(element, item, inner, typing);
    good = good && value.has_value();
    if (!value) continue;
    if (kind == Kind::map) value->key = item.key;
    all.items.push_back(std::move(*value));
  }
  if (!good) return {};
  std::string complaint;
  if (count_fits(option, all.items.size(), complaint)) return all;
  typing.report.error(node.at, path, complaint);
  return {};
}

// Not all at once: `[` begins a list, `"` a text with escapes, and so on.
bool needs_yaml(const OptionSchema& option, std::string_view text) {
  return option.type == EAR_LIST || option.type == EAR_MAP || text.find_first_of("\"'\n#&*!|>%@`{[") != text.npos ||
         text.starts_with(' ') || text.ends_with(' ') || text.find(": ") != text.npos;
}

struct NoFiles final : TextSource {
  std::optional<std::string> file(const std::filesystem::path&, std::size_t, std::string& why) override {
    why = "a default includes nothing";
    return {};
  }
  std::optional<std::string> variable(const std::string&) override { return {}; }
};

}  // namespace

std::optional<Value> typed(const OptionSchema& option, YamlNode& node, const std::string& path, Typing& typing) {
  if (node.kind == Kind::null) {
    typing.report.error(node.at, path, fmt::format("has no value; expected {}", a_type(option.type)));
    return {};
  }
  if (option.type == EAR_LIST || option.type == EAR_MAP) return nest(option, node, path, typing);
  if (node.kind != Kind::text) {
    typing.report.error(
        node.at, path, fmt::format("is {}; expected a single value of type {}", kind_of(node), type_name(option.type)));
    return {};
  }
  return leaf(option, node, path, typing);
}

std::optional<Value> option_default(const OptionSchema& option, std::string& complaint) {
  if (!option.fallback) return Value{};
  if (!needs_yaml(option, *option.fallback)) return option_value(option, *option.fallback, complaint);
  NoFiles nothing;
  FaultReport report;
  YamlReader reader(nothing, report);
  std::optional<YamlNode> node = reader.read_text("the default", *option.fallback);
  std::map<std::string, std::string> secrets;
  Typing typing{report, secrets};
  if (node)
    if (std::optional<Value> value = typed(option, *node, option.name, typing)) return value;
  const Diagnostics said = report.finish();
  complaint = said.all.empty() ? "cannot be read" : said.all[0].message;
  return {};
}

Value query_value(const YamlNode& node, const FaultReport& report) {
  Value folder;
  folder.type = EAR_PATH;
  folder.key = "folder";
  folder.text = std::filesystem::path(report.file_name(node.at.file)).parent_path().string();
  Value query;
  query.type = EAR_QUERY;
  query.text = node.text;
  if (!folder.text.empty()) query.items.push_back(std::move(folder));
  return query;
}

Value free_value(const YamlNode& node) {
  Value value;
  value.key = node.key;
  switch (node.kind) {
    case Kind::null:
      return value;
    case Kind::list:
    case Kind::map:
      value.type = node.kind == Kind::list ? EAR_LIST : EAR_MAP;
      for (const YamlNode& item : node.items)
        if (!item.duplicate) value.items.push_back(free_value(item));
      return value;
    case Kind::text:
      break;
  }
  if (node.secret) return value;  // left out
  if (node.plain) {
    if (const auto number = read_integer(node.text)) return value.type = EAR_INTEGER, value.integer = *number, value;
    if (const auto number = read_real(node.text)) return value.type = EAR_REAL, value.real = *number, value;
    if (node.text == "true" || node.text == "false")
      return value.type = EAR_BOOLEAN, value.integer = node.text == "true", value;
  }
  value.type = EAR_TEXT;
  value.text = node.text;
  return value;
}

bool expect(const YamlNode& node, YamlNode::Kind kind, const std::string& path, FaultReport& report,
            std::string_view help) {
  if (node.kind == kind) return true;
  YamlNode wanted;
  wanted.kind = kind;
  report.error(node.at, path,
               node.kind == Kind::null ? fmt::format("has no value; expected {}", kind_of(wanted))
                                       : fmt::format("is {}; expected {}", kind_of(node), kind_of(wanted)),
               std::string(help));
  return false;
}

void check_keys(const YamlNode& map, const std::vector<std::string>& known, const std::string& path,
                std::string_view owner, FaultReport& report) {
  for (const YamlNode& item : map.items) {
    if (item.duplicate || std::find(known.begin(), known.end(), item.key) != known.end()) continue;
    if (report.full()) {
      report.error(item.key_at, {}, {});
      continue;
    }
    std::string help = item.key == "<<" ? "Merge keys are not known here; write the keys out, or use !include."
                                        : report.suggestion(item.key, known);
    if (!help.empty()) help += ' ';
    report.error(item.key_at, joined(path, item.key), fmt::format("is not a key of {}", owner),
                 help + fmt::format("Known here: {}.", listed(known)));
  }
}

bool is_id(std::string_view text) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= 64 && plain(text[0]) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return plain(c) || c == '_' || c == '-'; });
}

std::string a_type(std::uint32_t type) {
  const std::string_view name = type_name(type);
  return fmt::format("{} {}", name.starts_with('i') ? "an" : "a", name);
}

std::string joined(const std::string& path, std::string_view key) {
  constexpr std::size_t kLongest = 200;
  if (key.size() > kLongest) return joined(path, fmt::format("{}…", key.substr(0, kLongest - 10)));
  return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

}  // namespace earshot::host
