#include "brand_text/watch_items.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <earshot/error.hpp>
#include <fstream>
#include <set>

namespace earshot::brand_text {
namespace {

constexpr std::size_t longest_name = 200;

void check(const std::string& word, const std::string& item, const char* key) {
  const auto control = [](char c) {
    return static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r';
  };
  const std::string place = fmt::format("watchlist.{}.{}", item, key);
  if (word.empty())
    throw invalid(fmt::format("an entry of {} of '{}' is empty: give it text or remove it", key, item))
        .at_option(place);
  if (word.size() > longest_name)
    throw invalid(fmt::format("an entry of {} of '{}' is {} bytes long, more than {}: shorten it", key, item,
                              word.size(), longest_name))
        .at_option(place);
  if (std::any_of(word.begin(), word.end(), control))
    throw invalid(fmt::format("an entry of {} of '{}' holds a control character: remove it", key, item))
        .at_option(place);
}

// A list of text, or one text alone.
std::vector<std::string> words(Value item, const std::string& id, const char* key) {
  std::vector<std::string> all;
  const std::string_view name = key;
  const Value list = item[name.substr(name.find('.') + 1)];
  if (list.type() == EAR_TEXT) all.emplace_back(list.text());
  for (const Value word : list.items()) all.emplace_back(word.text());
  for (const std::string& word : all) check(word, id, key);
  return all;
}

void strip_sign(std::vector<std::string>& all, char sign) {
  for (std::string& word : all)
    if (word.size() > 1 && word[0] == sign) word.erase(0, 1);
}

// The host of a link: "https://www.acme.example/shop" is acme.example.
std::string host_of(std::string link) {
  if (const std::size_t scheme = link.find("://"); scheme != std::string::npos) link.erase(0, scheme + 3);
  link.erase(std::min(link.size(), link.find_first_of("/?#:")));
  std::transform(link.begin(), link.end(), link.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  if (link.starts_with("www.")) link.erase(0, 4);
  return link;
}

// "no" of the item turns off what the component has on, and "yes" on what it has off.
void choose(Value item, const std::string& id, const char* key, bool& chosen) {
  const Value given = item[key];
  if (!given) return;
  const std::string_view word = given.text();
  const bool yes = word == "yes" || word == "on", no = word == "no" || word == "off";
  if (given.type() != EAR_BOOLEAN && !yes && !no)
    throw invalid(fmt::format("{} of '{}' is neither yes nor no: write one of them", key, id))
        .at_option(fmt::format("watchlist.{}.{}", id, key));
  chosen = given.type() == EAR_BOOLEAN ? given.integer() != 0 : yes;
}

Writings read_writings(Value item, const std::string& id, Writings writings) {
  choose(item, id, "misspellings", writings.misspellings);
  choose(item, id, "lookalikes", writings.lookalikes);
  choose(item, id, "elongations", writings.elongations);
  choose(item, id, "inflections", writings.inflections);
  choose(item, id, "joined", writings.joined);
  choose(item, id, "misread", writings.misread);
  return writings;
}

ContextSpec read_context(Value item, const std::string& id) {
  ContextSpec spec;
  spec.speaks_for = words(item["context"], id, "context.for");
  spec.against = words(item["context"], id, "context.against");
  spec.model = item["context_model"].text();
  return spec;
}

}  // namespace

std::vector<WatchItem> read_watchlist(Value watchlist, const std::vector<std::string>& only, const Writings& writings) {
  std::vector<WatchItem> all;
  std::set<std::string> missing(only.begin(), only.end());
  for (const Value node : watchlist.items()) {
    WatchItem item;
    item.id = node["id"].text();
    if (item.id.empty()) throw invalid("a watch item has no id: give it one").at_option("watchlist");
    if (!only.empty() && missing.erase(item.id) == 0) continue;
    item.names = words(node, item.id, "names");
    item.hashtags = words(node, item.id, "hashtags");
    item.handles = words(node, item.id, "handles");
    item.links = words(node, item.id, "links");
    item.variants = words(node, item.id, "variants");
    item.exclude = words(node, item.id, "exclude");
    item.writings = read_writings(node, item.id, writings);
    item.context = read_context(node, item.id);
    item.query = {std::string(node["query"].text()), node["query"]["folder"].text()};
    strip_sign(item.hashtags, '#');
    strip_sign(item.handles, '@');
    for (std::string& link : item.links) {
      const std::string host = host_of(link);
      if (host.find('.') == std::string::npos)
        throw invalid(fmt::format("'{}' in the links of '{}' is no host name: write it as acme.example", link, item.id))
            .at_option(fmt::format("watchlist.{}.links", item.id));
      link = host;
    }
    if (item.names.empty() && item.hashtags.empty() && item.handles.empty() && item.links.empty() &&
        item.query.text.empty())
      throw invalid(
          fmt::format("'{}' has nothing to look for: give it names, handles, hashtags, links or a query", item.id))
          .at_option(fmt::format("watchlist.{}.names", item.id));
    all.push_back(std::move(item));
  }
  if (!missing.empty())
    throw invalid(fmt::format("the watchlist has no item '{}': name one of its ids", *missing.begin()))
        .at_option("items");
  return all;
}

std::vector<std::string> read_words(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<std::string> all;
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) all.push_back(line);
  }
  if (!in.eof()) throw invalid(fmt::format("cannot read '{}'", path.string())).at_option("words");
  return all;
}

}  // namespace earshot::brand_text
