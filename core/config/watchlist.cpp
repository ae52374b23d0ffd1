#include "config/watchlist.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "config/typed.hpp"

namespace earshot::host {
namespace {

using Kind = YamlNode::Kind;
constexpr std::string_view kForm = "Write each item as {id: acme, names: [Acme, Acme Corp]}, or with a `query:`.";

class WatchlistReader {
 public:
  WatchlistReader(FaultReport& report, Places& places) : report_(report), places_(places) {}

  Value read(const YamlNode& node) {
    Value all;
    all.type = EAR_LIST;
    if (node.kind != Kind::list && node.kind != Kind::map) {
      report_.error(node.at, "watchlist", fmt::format("is {}; expected a list of watch items", kind_of(node)),
                    std::string(kForm));
      return all;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const YamlNode& item = node.items[i];
      if (item.duplicate) continue;
      const bool by_id = node.kind == Kind::map;
      const std::string path = by_id ? joined("watchlist", item.key) : fmt::format("watchlist[{}]", i);
      if (!expect(item, Kind::map, path, report_, kForm)) continue;
      all.items.push_back(read_item(item, by_id, path));
    }
    return all;
  }

 private:
  Value read_item(const YamlNode& node, bool by_id, const std::string& path) {
    Value item;
    item.type = EAR_MAP;
    item.items.push_back(read_id(node, by_id, path));
    item.items.push_back(read_names(node, path));
    for (const YamlNode& more : node.items) {
      if (more.duplicate || more.key == "id" || more.key == "names") continue;
      item.items.push_back(more.key == "query" ? read_query(more, path) : free_value(more));
    }
    places_.add(joined("watchlist", item.items[0].text), node, report_);
    return item;
  }

  Value read_id(const YamlNode& node, bool by_id, const std::string& path) {
    Value id;
    id.key = "id";
    const YamlNode* given = node.find("id");
    TextPlace at = node.key_at;
    if (by_id && given != nullptr) {
      report_.error(given->key_at, joined(path, "id"), "has its id before the colon already", "Take this line out.");
      return id;
    }
    if (!by_id) {
      if (given == nullptr) {
        report_.error(node.at, path, "has no id", std::string(kForm));
        return id;
      }
      if (!expect(*given, Kind::text, joined(path, "id"), report_)) return id;
      at = given->at;
    }
    id.type = EAR_TEXT;
    id.text = by_id ? node.key : given->text;
    const std::string shown = in_quotes(by_id ? node.key : given->shown());
    if (!is_id(id.text))
      report_.error(at, by_id ? path : joined(path, "id"),
                    fmt::format("{} cannot be an id; it takes lower case letters, digits, '_' and '-', at most 64, and "
                                "begins with a letter or digit",
                                shown));
    const auto [first, fresh] = ids_.emplace(id.text, report_.position(at).line);
    if (!fresh)
      report_.error(at, by_id ? path : joined(path, "id"),
                    fmt::format("the id {} is taken: the item in line {} has it too", shown, first->second));
    return id;
  }

  Value read_names(const YamlNode& node, const std::string& path) {
    Value names;
    names.type = EAR_LIST;
    names.key = "names";
    const YamlNode* given = node.find("names");
    if (given == nullptr) {
      if (node.find("query") == nullptr) tell_nothing_to_find(node, path);
      return names;
    }
    const std::string names_path = joined(path, "names");
    const auto take = [&](const YamlNode& name) {
      if (!expect(name, Kind::text, names_path, report_)) return;
      if (name.text.find_first_not_of(" \t\n") == std::string::npos)
        return report_.error(name.at, names_path, "this name is empty");
      Value text;
      text.type = EAR_TEXT;
      text.text = name.text;
      names.items.push_back(std::move(text));
    };
    if (given->kind == Kind::text) {
      take(*given);
    } else if (given->kind == Kind::map) {
      report_.error(given->at, names_path, "is a map; expected a list of names", "Write it as [Acme, Acme Corp].");
    } else if (given->items.empty() && node.find("query") == nullptr) {
      report_.error(given->at, names_path, "is empty: there is nothing to watch for",
                    "Give at least one name, or a `query:`.");
    } else {
      for (const YamlNode& name : given->items) take(name);
    }
    return names;
  }

  void tell_nothing_to_find(const YamlNode& node, const std::string& path) {
    std::string help(kForm);
    for (const char* key : {"query", "names"})
      if (!report_.suggestion(key, keys(node)).empty()) help = fmt::format("The key is called `{}`.", key);
    report_.error(node.key_at.line > 0 ? node.key_at : node.at, path, "has neither names nor a query", help);
  }

  Value read_query(const YamlNode& node, const std::string& item) {
    const std::string path = joined(item, "query");
    Value query;
    query.key = "query";
    if (!expect(node, Kind::text, path, report_, "Write it as query: acme NEAR/5 (phone OR battery)")) return query;
    if (node.text.find_first_not_of(" \t\n") == std::string::npos)
      report_.error(node.at, path, "this query is empty", "Write a query, or take the key out.");
    query = query_value(node, report_);
    query.key = "query";
    return query;
  }

  static std::vector<std::string> keys(const YamlNode& node) {
    std::vector<std::string> all;
    for (const YamlNode& item : node.items) all.push_back(item.key);
    return all;
  }

  FaultReport& report_;
  Places& places_;
  std::map<std::string, int> ids_;  // to their lines
};

}  // namespace

Value read_watchlist(const YamlNode& node, FaultReport& report, Places& places) {
  return WatchlistReader(report, places).read(node);
}

}  // namespace earshot::host
