#include "data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <earshot/error.hpp>
#include <set>

#include "model/target.hpp"

namespace earshot::train {
namespace {

constexpr std::string_view kOpen = "\u27E6", kClose = "\u27E7";  // ⟦ ⟧

std::vector<std::string> split(std::string_view text, std::string_view by) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = by.empty() ? text.npos : text.find(by);
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) out.emplace_back(part);
    text = end == text.npos ? std::string_view{} : text.substr(end + by.size());
  }
  return out;
}

std::map<std::string, std::string> renames(const std::vector<std::string>& given) {
  std::map<std::string, std::string> out;
  for (const std::string& rule : given) {
    const std::size_t sign = rule.find('=');
    if (sign == std::string::npos) throw invalid("a new name is given as OLD=NEW").at_option("rename");
    out[rule.substr(0, sign)] = rule.substr(sign + 1);
  }
  return out;
}

// Takes the marks out of the text.
std::pair<std::uint32_t, std::uint32_t> take_target(std::string& text) {
  const std::size_t begin = text.find(kOpen);
  const std::size_t end = begin == text.npos ? begin : text.find(kClose, begin);
  if (end == text.npos) return {0, 0};
  text.erase(end, kClose.size()).erase(begin, kOpen.size());
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - kOpen.size())};
}

std::vector<std::string> classes_of(const std::vector<std::vector<std::string>>& labels) {
  std::set<std::string> all;
  for (const auto& row : labels) all.insert(row.begin(), row.end());
  return {all.begin(), all.end()};
}

}  // namespace

model::Examples Data::examples(const model::FeatureOptions& options) const {
  const model::Extractor extractor(options);
  model::Features features;
  model::Examples out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    features.clear();
    std::uint32_t begin = 0;
    for (const std::uint32_t end : ends[i]) {
      extractor.read(std::string_view(texts[i]).substr(begin, end - begin), features);
      begin = end;
    }
    if (target) model::add_target(features, 0, targets[i].first, targets[i].second);
    out.add(features, labels[i], groups[i]);
  }
  return out;
}

Data read_data(const table::Table& table, const Columns& columns, bool any) {
  std::vector<std::size_t> text_columns;
  for (const std::string& name : columns.text) text_columns.push_back(table.column(name));
  const std::size_t label = table.column(columns.label);
  constexpr std::size_t no_column = static_cast<std::size_t>(-1);  // every cell of it is empty
  const std::size_t group = columns.group ? table.column(*columns.group) : no_column;
  const std::size_t by = columns.by ? table.column(*columns.by) : no_column;
  const std::map<std::string, std::string> names = renames(columns.rename);

  Data data;
  data.target = columns.target;
  std::vector<std::vector<std::string>> labels;
  for (std::size_t row = 0; row < table.size(); ++row) {
    std::vector<std::string> mine =
        any ? split(table.at(row, label), columns.separator) : std::vector{std::string(table.at(row, label))};
    for (std::string& name : mine)
      if (const auto found = names.find(name); found != names.end()) name = found->second;
    std::erase_if(mine, [&](const std::string& name) {
      return name.empty() || (!columns.classes.empty() &&
                              std::find(columns.classes.begin(), columns.classes.end(), name) == columns.classes.end());
    });
    std::string text;
    std::vector<std::uint32_t> ends;
    for (const std::size_t c : text_columns)
      if (const std::string_view part = table.at(row, c); !part.empty())
        text += part, ends.push_back(static_cast<std::uint32_t>(text.size()));
    if ((mine.empty() && !any) || text.empty()) {
      ++data.left_out;
      continue;
    }
    data.targets.emplace_back(0, 0);
    if (columns.target) {
      data.targets.back() = take_target(text);
      if (data.targets.back().second == 0)
        throw invalid(fmt::format("{}: no target: mark it with {} and {}", table.where(row), kOpen, kClose));
      ends = {static_cast<std::uint32_t>(text.size())};
    }
    data.texts.push_back(std::move(text));
    data.ends.push_back(std::move(ends));
    labels.push_back(std::move(mine));
    // A row without a group, as one from a file without that column, is one by itself.
    const std::string_view name = table.at(row, group);
    data.groups.push_back(name.empty() ? row : model::hash(name));
    data.by.emplace_back(table.at(row, by));
  }
  data.classes = columns.classes.empty() ? classes_of(labels) : columns.classes;
  for (const auto& mine : labels) {
    data.labels.emplace_back();
    for (const std::string& name : mine)
      data.labels.back().push_back(
          static_cast<std::uint16_t>(std::find(data.classes.begin(), data.classes.end(), name) - data.classes.begin()));
  }
  return data;
}

}  // namespace earshot::train
