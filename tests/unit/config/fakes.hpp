// fakes.hpp: a fixed set of components, and files and an environment of the test's own. Values.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/plan.hpp"
#include "config/text_source.hpp"

namespace earshot::host::testing {

inline OptionSchema option(std::string name, std::uint32_t type, std::optional<std::string> fallback = {},
                           std::uint32_t flags = 0) {
  OptionSchema out;
  out.name = std::move(name);
  out.doc = "What " + out.name + " is for";
  out.type = type;
  out.fallback = std::move(fallback);
  out.flags = flags;
  return out;
}

inline OptionSchema bounded(OptionSchema out, double min, double max) {
  out.min = min;
  out.max = max;
  return out;
}

inline OptionSchema of(OptionSchema out, std::uint32_t element, std::vector<std::string> choices = {}) {
  out.element = element;
  out.choices = std::move(choices);
  return out;
}

class FakeComponents final : public Components {
 public:
  FakeComponents() {
    const std::uint32_t required = EAR_OPTION_REQUIRED;
    OptionSchema urls = of(option("urls", EAR_LIST, {}, required), EAR_URL);
    urls.example = "[https://news.example/feed.xml]";
    add(EAR_SOURCE, "rss", 0, {bounded(urls, 1, 3), bounded(option("every", EAR_DURATION, "5m"), 1, 86400)});
    add(EAR_SOURCE, "mastodon", 0,
        {option("instance", EAR_URL, {}, required), option("token", EAR_SECRET),
         of(option("tokens", EAR_LIST), EAR_SECRET), option("since", EAR_TIME),
         bounded(option("limit", EAR_INTEGER, "40"), 1, 80), of(option("headers", EAR_MAP, "{}"), EAR_TEXT)});
    add(EAR_SOURCE, "file", 0,
        {option("path", EAR_PATH, {}, required), of(option("format", EAR_CHOICE, "ndjson"), 0, {"ndjson", "csv"}),
         option("follow", EAR_BOOLEAN, "false"), option("block", EAR_SIZE, "64KiB")});
    add(EAR_DETECTOR, "brand_text", EAR_NEEDS_WATCHLIST,
        {bounded(option("share", EAR_REAL, "0.5"), 0, 1),
         of(option("kinds", EAR_LIST, "[name, link]"), EAR_CHOICE, {"name", "hashtag", "link"})});
    add(EAR_DETECTOR, "filter", 0, {option("where", EAR_QUERY, {}, required)});
    add(EAR_SINK, "sqlite", 0,
        {option("path", EAR_PATH, {}, required), option("pragma", EAR_TEXT, {}, EAR_OPTION_DEPRECATED)});
    add(EAR_SINK, "webhook", EAR_REMOTE, {option("url", EAR_URL, {}, required), option("secret", EAR_SECRET)});
    add(EAR_SERVICE, "http", 0, {option("rate", EAR_INTEGER, "10")});
    add(EAR_COMMAND, "explain", 0, {});
  }

  Found find(std::uint32_t kind, std::string_view name) override {
    for (const auto& entry : entries_)
      for (const ComponentSchema& each : entry->module.components)
        if ((kind == 0 || each.kind == kind) && each.name == name) return {entry.get(), &each};
    return {};
  }
  Found find_service(std::string_view) override { return {}; }
  std::vector<std::string> names(std::uint32_t kind) override {
    std::vector<std::string> all;
    for (const auto& entry : entries_)
      for (const ComponentSchema& each : entry->module.components)
        if (each.kind == kind) all.push_back(each.name);
    return all;
  }
  std::string fault(std::string_view name) override {
    return name == "broken" ? "it was built for version 2 of the binary contract, and this host speaks 1" : "";
  }

 private:
  void add(std::uint32_t kind, std::string name, std::uint32_t flags, std::vector<OptionSchema> options) {
    auto entry = std::make_unique<PluginEntry>();
    ComponentSchema component;
    component.kind = kind;
    component.flags = flags;
    component.name = std::move(name);
    component.summary = "The " + component.name + " of a test";
    component.options = std::move(options);
    if (kind == EAR_SERVICE) component.offers = {"earshot.http/1"};
    entry->module.components.push_back(std::move(component));
    entries_.push_back(std::move(entry));
  }

  std::vector<std::unique_ptr<PluginEntry>> entries_;
};

// Files by their paths, in memory alone.
class FakeText final : public TextSource {
 public:
  std::map<std::string, std::string> files, variables;

  std::optional<std::string> file(const std::filesystem::path& path, std::size_t longest, std::string& why) override {
    const auto found = files.find(path.string());
    if (found == files.end()) return why = "there is no such file", std::nullopt;
    if (found->second.size() > longest) return why = "it is too long", std::nullopt;
    return found->second;
  }
  std::optional<std::string> variable(const std::string& name) override {
    const auto found = variables.find(name);
    return found != variables.end() ? std::optional(found->second) : std::nullopt;
  }
};

inline ConfigResult read(const std::string& text, FakeText source = {}) {
  FakeComponents components;
  source.files["p.yaml"] = text;
  return read_config("p.yaml", components, source);
}

}  // namespace earshot::host::testing
