#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <earshot/error.hpp>

#include "labelled.hpp"
#include "table/table.hpp"
#include "text/cells.hpp"

namespace earshot::eval {
namespace {

namespace json = boost::json;
using Renames = std::map<std::string, std::string>;

Renames renames(const std::vector<std::string>& given, const char* option) {
  Renames out;
  for (const std::string& rule : given) {
    const std::size_t sign = rule.find('=');
    if (sign == std::string::npos || sign == 0)
      throw invalid(fmt::format("'{}': a new name is given as OLD=NEW", text::cells(rule, 60))).at_option(option);
    out[rule.substr(0, sign)] = rule.substr(sign + 1);
  }
  return out;
}

bool holds(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<std::string> split(std::string_view text, std::string_view by) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t end = by.empty() ? text.npos : text.find(by);
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) out.emplace_back(part);
    if (end == text.npos) return out;
    text.remove_prefix(end + by.size());
  }
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 18 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class TableReader {
 public:
  TableReader(const std::vector<std::filesystem::path>& files, const Columns& columns)
      : columns_(columns),
        names_(renames(columns.rename, "rename")),
        subjects_(renames(columns.rename_subject, "rename_subject")) {
    for (const std::filesystem::path& file : files) table_.read(file, columns.header);
    if (columns.labels_file) labels_.read(*columns.labels_file, columns.header);
    if (columns.labels_file && labels_.size() != table_.size())
      throw invalid(fmt::format("{} lines of labels, but {} of texts", labels_.size(), table_.size()))
          .at_option("labels");
    for (const std::string& name : columns.text) text_.push_back(table_.column(name));
    label_ = number(columns.label), subject_ = number(columns.subject);
    id_ = number(columns.id), group_ = number(columns.group);
    for (const auto& [field, column] : columns.fields) fields_[field] = table_.column(column);
  }

  Labelled read() {
    for (std::size_t row = 0; row < table_.size(); ++row) add(row);
    finish();
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);  // every cell of it is empty

  std::size_t number(const std::optional<std::string>& name) const { return name ? table_.column(*name) : kNone; }

  std::string renamed(const Renames& names, std::string_view name) const {
    const auto found = names.find(std::string(name));
    return found == names.end() ? std::string(name) : found->second;
  }

  // The values that count; "" for "truly nothing".
  std::vector<std::string> values(std::size_t row) const {
    const std::string_view cell = columns_.labels_file ? labels_.at(row, 0) : table_.at(row, label_);
    std::vector<std::string> out = split(cell, columns_.separator);
    if (out.empty() && !columns_.separator.empty()) return {""};
    for (std::string& value : out) {
      const bool nothing = holds(columns_.none, value);
      value = renamed(names_, value);
      if (nothing || holds(columns_.none, value))
        value.clear();
      else if (value.empty() || (!columns_.values.empty() && !holds(columns_.values, value)))
        value = "\n";  // stands in no label
    }
    std::erase(out, "\n");
    return out;
  }

  std::vector<Label> labels(std::size_t row) const {
    std::vector<Label> out;
    const std::string subject = renamed(subjects_, table_.at(row, subject_));
    for (const std::string& kind : columns_.kinds) {
      Label label{kind, subject, {}, {}, false, {}};
      if (kind == "mention" || (label_ == kNone && !columns_.labels_file)) {
        if (!subject.empty()) out.push_back(std::move(label));
        continue;
      }
      for (std::string& value : values(row)) {
        label.none = value.empty(), label.value = std::move(value);
        out.push_back(label);
      }
    }
    return out;
  }

  void add(std::size_t row) {
    std::vector<Label> labels = this->labels(row);
    std::string text;
    for (const std::size_t c : text_)
      if (const std::string_view part = table_.at(row, c); !part.empty())
        text.append(text.empty() ? "" : "\n").append(part);
    if (text.empty() || labels.empty()) {
      ++out_.left_out;
      return;
    }
    std::string id(table_.at(row, id_));
    if (id_ == kNone) id = std::to_string(row + 1);
    if (id.empty()) throw invalid(fmt::format("{}: the row has no id", table_.where(row)));
    const auto [at, added] = out_.by_key.try_emplace("labelled/" + id, out_.cases.size());
    if (added) {
      Case one{at->first, text, std::string(table_.at(row, group_)), {}, {}};
      one.complete.insert(columns_.complete.begin(), columns_.complete.end());
      out_.cases.push_back(std::move(one));
      out_.posts += json::serialize(post(row, id, text)) + '\n';
    }
    Case& one = out_.cases[at->second];
    if (one.text != text)
      throw invalid(
          fmt::format("{}: the id '{}' stands there before with another text", table_.where(row), text::cells(id, 60)));
    for (Label& label : labels) {
      if (label.none && label.subject.empty()) one.complete.insert(label.kind);
      one.labels.push_back(std::move(label));
    }
  }

  json::object post(std::size_t row, const std::string& id, const std::string& text) const {
    json::object out{{"platform", "labelled"}, {"id", id}, {"published", 1'767'225'600 + row}, {"text", text}};
    for (const auto& [field, column] : fields_) {
      const std::string_view cell = table_.at(row, column);
      if (cell.empty()) continue;
      const std::size_t dot = field.find('.');
      const std::string first = field == "author" ? "author" : field.substr(0, dot);
      const std::string second = field == "author" ? "handle" : dot == field.npos ? "" : field.substr(dot + 1);
      json::value& at = out[first];
      if (!second.empty() && !at.is_object()) at = json::object{};
      static constexpr std::string_view counts[] = {"likes",     "reposts",   "replies", "views",
                                                    "followers", "following", "posts"};
      const std::string& name = second.empty() ? first : second;
      const bool counted = std::find(std::begin(counts), std::end(counts), name) != std::end(counts);
      json::value value = json::string(cell);
      if (counted && is_number(cell)) value = std::stoll(std::string(cell));
      (second.empty() ? at : at.get_object()[second]) = std::move(value);
    }
    return out;
  }

  // A kind of which one label may hold among several, or none, is fully labelled wherever a row says so.
  void finish() {
    if (columns_.separator.empty()) return;
    for (Case& one : out_.cases)
      for (const Label& label : one.labels) one.complete.insert(label.kind);
  }

  const Columns& columns_;
  Renames names_, subjects_;
  table::Table table_, labels_;
  std::vector<std::size_t> text_;
  std::size_t label_ = kNone, subject_ = kNone, id_ = kNone, group_ = kNone;
  std::map<std::string, std::size_t> fields_;
  Labelled out_;
};

}  // namespace

Labelled read_table(const std::vector<std::filesystem::path>& files, const Columns& columns) {
  return TableReader(files, columns).read();
}

}  // namespace earshot::eval
