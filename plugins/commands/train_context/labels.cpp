#include "train_context/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <earshot/error.hpp>
#include <optional>

#include "model/hash.hpp"
#include "text/cells.hpp"
#include "text/words.hpp"
#include "watchlist_file/watchlist_file.hpp"

namespace earshot::train_context {
namespace {

// "yes", "true", "1": it is meant.
std::optional<bool> meant(std::string_view label) {
  static constexpr auto yes = std::to_array<std::string_view>({"1", "TRUE", "True", "YES", "Yes", "true", "y", "yes"});
  static constexpr auto no = std::to_array<std::string_view>({"0", "FALSE", "False", "NO", "No", "false", "n", "no"});
  if (std::find(yes.begin(), yes.end(), label) != yes.end()) return true;
  if (std::find(no.begin(), no.end(), label) != no.end()) return false;
  return std::nullopt;
}

}  // namespace

std::map<std::string, std::vector<std::string>> read_names(const std::filesystem::path& watchlist) {
  std::map<std::string, std::vector<std::string>> names;
  watchlist_file::each_item(watchlist, "names", [&](const YAML::Node& id, const YAML::Node& item) {
    if (item["names"] || item["query"]) names[id.as<std::string>()] = watchlist_file::texts_of(item["names"]);
  });
  if (names.empty())
    throw invalid(
        fmt::format("'{}' has no watch items: write a list of {{id: acme, names: [Acme]}}", watchlist.string()));
  return names;
}

text::Range find_name(std::string_view text, const std::vector<std::string>& names) {
  const text::Folder folder;
  text::FoldedTexts folded;
  folder.append(folded, text);
  std::optional<text::Range> best;
  for (const std::string& name : names) {
    const std::string literal = folder.fold(name);
    if (literal.empty()) continue;
    for (std::size_t at = folded.bytes().find(literal); at != std::string_view::npos;
         at = folded.bytes().find(literal, at + 1)) {
      const auto range =
          folded.original(0, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + literal.size()));
      if (!range || !text::begins_word(text, range->begin) || !text::ends_word(text, range->end)) continue;
      if (!best || range->begin < best->begin || (range->begin == best->begin && range->end > best->end)) best = range;
      break;
    }
  }
  return best.value_or(text::Range{});
}

std::map<std::string, ItemLabels> read_labels(const table::Table& table, const Columns& columns,
                                              const std::map<std::string, std::vector<std::string>>& names) {
  const std::size_t text = table.column(columns.text), item = table.column(columns.item),
                    label = table.column(columns.label);
  const std::size_t group = table.column(columns.group.empty() ? columns.text : columns.group);
  std::map<std::string, ItemLabels> all;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const std::string id(table.at(row, item));
    const auto named = names.find(id);
    if (named == names.end())
      throw invalid(fmt::format("{}: the watchlist has no item '{}'", table.where(row), text::cells(id)));
    if (named->second.empty())
      throw invalid(fmt::format("{}: '{}' has no names of which a sense could be learned, only a query",
                                table.where(row), text::cells(id)));
    const std::optional<bool> is = meant(table.at(row, label));
    if (!is)
      throw invalid(fmt::format("{}: '{}' is neither yes nor no", table.where(row), text::cells(table.at(row, label))));
    context::Labelled one{std::string(table.at(row, text)), 0, 0, *is, 0};
    one.group = model::hash(table.at(row, group));
    const text::Range place = find_name(one.text, named->second);
    one.begin = place.begin, one.end = place.end;
    all[id].without_name += place.end == 0 ? 1 : 0;
    all[id].labelled.push_back(std::move(one));
  }
  return all;
}

}  // namespace earshot::train_context
