#include "table.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <earshot/error.hpp>
#include <fstream>
#include <iterator>

#include "text/cells.hpp"

namespace earshot::table {
namespace {

namespace json = boost::json;

constexpr std::uintmax_t kMostBytes = std::uintmax_t{1} << 30;
constexpr std::size_t kMostColumns = 1000;

std::string read_file(const std::filesystem::path& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) throw invalid(fmt::format("cannot read '{}': {}", path.string(), error.message()));
  if (size > kMostBytes) throw invalid(fmt::format("'{}' is larger than 1 GiB", path.string()));
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

// The next line without its end; `text` goes on behind it.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(text.size(), end + 1));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::vector<std::string> split(std::string_view line, char by) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t end = line.find(by);
    out.emplace_back(line.substr(0, end));
    if (end == line.npos) return out;
    line.remove_prefix(end + 1);
  }
}

// One record of CSV, which may go over several lines.
std::vector<std::string> take_record(std::string_view& text, std::size_t& line, const std::string& name) {
  std::vector<std::string> out(1);
  const std::size_t first = line;
  std::size_t at = 0;
  bool quoted = false;
  for (;; ++at) {
    if (at == text.size()) {
      if (quoted) throw invalid(fmt::format("{}:{}: a quotation mark is not closed", name, first));
      break;
    }
    const char c = text[at];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        out.back() += c;
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        out.back() += '"', ++at;
      } else {
        quoted = false;
      }
    } else if (c == '"' && out.back().empty()) {
      quoted = true;
    } else if (c == ',') {
      out.emplace_back();
      if (out.size() > kMostColumns) throw invalid(fmt::format("{}:{}: more than 1,000 columns", name, first));
    } else if (c == '\n') {
      ++at;
      break;
    } else if (c != '\r' || (at + 1 < text.size() && text[at + 1] != '\n')) {
      out.back() += c;
    }
  }
  text.remove_prefix(at);
  return out;
}

std::string as_text(const json::value& v) {
  if (v.is_string()) return {v.get_string().data(), v.get_string().size()};
  return v.is_null() ? std::string{} : json::serialize(v);
}

}  // namespace

void Table::read(const std::filesystem::path& path, bool header) {
  const std::string text = read_file(path);
  const std::string extension = path.extension().string();
  files_.push_back(path.string());
  if (extension == ".csv") return read_csv(text, header);
  if (extension == ".tsv") return read_tsv(text, header);
  if (extension == ".ndjson" || extension == ".jsonl") return read_ndjson(text);
  if (extension == ".txt") return read_text(text);
  throw invalid(fmt::format("'{}' ends in none of .csv, .tsv, .ndjson, .jsonl, .txt", path.string()));
}

std::string Table::place(std::size_t line) const {
  return fmt::format("{}:{}", files_.back(), line);
}

std::string Table::where(std::size_t row) const {
  return fmt::format("{}:{}", files_[rows_[row].file], rows_[row].line);
}

std::size_t Table::column(std::string_view name) const {
  if (const auto found = numbers_.find(name); found != numbers_.end()) return found->second;
  std::string known;
  for (const std::string& c : columns_) known += (known.empty() ? "" : ", ") + text::cells(c, 40);
  throw invalid(fmt::format("there is no column '{}'; the data has {}", text::cells(name), known));
}

std::size_t Table::column_for(const std::string& name) {
  const auto [at, added] = numbers_.try_emplace(name, columns_.size());
  if (added) columns_.push_back(name);
  if (columns_.size() > kMostColumns) throw invalid("the data has more than 1,000 columns");
  return at->second;
}

void Table::add(const std::vector<std::size_t>& columns, Cells&& cells, std::size_t line) {
  if (cells.size() > columns.size())
    throw invalid(fmt::format("{}: {} cells, but {} columns", place(line), cells.size(), columns.size()));
  Cells row(columns_.size());
  for (std::size_t i = 0; i < cells.size(); ++i) row[columns[i]] = std::move(cells[i]);
  rows_.push_back({std::move(row), files_.size() - 1, line});
}

void Table::head(std::vector<std::size_t>& columns, const Cells& names) {
  for (std::size_t i = 0; i < names.size(); ++i)
    columns.push_back(column_for(names[i].empty() ? std::to_string(i + 1) : names[i]));
}

void Table::read_csv(std::string_view text, bool header) {
  std::size_t line = 1;
  std::vector<std::size_t> columns;
  if (header) head(columns, take_record(text, line, files_.back()));
  while (!text.empty()) {
    const std::size_t first = line;
    Cells cells = take_record(text, line, files_.back());
    if (cells.size() == 1 && cells[0].empty()) continue;
    if (columns.empty()) head(columns, Cells(cells.size()));
    add(columns, std::move(cells), first);
  }
}

void Table::read_tsv(std::string_view text, bool header) {
  std::vector<std::size_t> columns;
  if (header) head(columns, split(take_line(text), '\t'));
  for (std::size_t line = header ? 2 : 1; !text.empty(); ++line) {
    const std::string_view row = take_line(text);
    if (row.empty()) continue;
    Cells cells = split(row, '\t');
    if (columns.empty()) head(columns, Cells(cells.size()));
    add(columns, std::move(cells), line);
  }
}

void Table::read_ndjson(std::string_view text) {
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::string_view row = take_line(text);
    if (row.find_first_not_of(" \t") == row.npos) continue;
    json::error_code error;
    const json::value value = json::parse({row.data(), row.size()}, error);
    if (error || !value.is_object()) throw invalid(fmt::format("{}: this line is no JSON object", place(line)));
    std::vector<std::size_t> columns;
    Cells cells;
    for (const auto& field : value.get_object()) {
      columns.push_back(column_for(std::string(field.key().data(), field.key().size())));
      cells.push_back(as_text(field.value()));
    }
    add(columns, std::move(cells), line);
  }
}

// Every line is a row, an empty one too: a file of labels may stand beside it.
void Table::read_text(std::string_view text) {
  const std::vector<std::size_t> columns{column_for("text")};
  for (std::size_t line = 1; !text.empty(); ++line) add(columns, {std::string(take_line(text))}, line);
}

}  // namespace earshot::table
