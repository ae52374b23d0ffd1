#include "csv_records.hpp"

#include <simdjson.h>

#include <cstdio>
#include <cstring>

#include "earshot/error.hpp"

namespace earshot::file {
namespace {

constexpr std::size_t kHeader = 65536;  // bytes that a header may have
constexpr std::string_view kBom = "\xEF\xBB\xBF";

// An id for a row that has none: of its file and place, so that it is the same each time.
std::string id_of(std::string_view place) {
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a
  for (const char c : place) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  char text[20];
  const int size = std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return {text, static_cast<std::size_t>(size)};
}

bool is_blank(std::string_view row) {
  return row.find_first_not_of(" \t\r") == row.npos;
}

}  // namespace

CsvRecords::CsvRecords(const CsvOptions& options, std::size_t max_row, std::string_view path)
    : options_(options), rows_(max_row) {
  if (options.delimiter != "auto") {
    rows_.delimiter(options.delimiter == "tab" ? '\t' : options.delimiter[0]);
  } else if (path.ends_with(".tsv") || path.find(".tsv.") != path.npos) {
    rows_.delimiter('\t');
  }
}

void CsvRecords::find_delimiter(std::string_view text) {
  if (!knows_delimiter_ && options_.delimiter == "auto" && rows_.delimiter() != '\t')
    rows_.delimiter(guess_delimiter(text));
  knows_delimiter_ = true;
}

void CsvRecords::read_header(Input& input) {
  std::string text(kHeader, '\0');
  std::size_t size = 0;
  while (size < kHeader && text.find('\n') >= size) {
    const std::size_t came = input.read(text.data() + size, kHeader - size);
    if (came == 0) break;
    size += came;
  }
  std::string_view rows(text.data(), size);
  std::uint64_t lines = 0;
  if (rows.starts_with(kBom)) rows.remove_prefix(kBom.size());
  find_delimiter(rows);
  fields_.clear();
  if (options_.header) split_row(take_row(rows, rows_.delimiter(), lines), rows_.delimiter(), fields_);
  columns_.emplace(options_, fields_);
}

Progress CsvRecords::read(Input& input, std::size_t size, Position& position, bool last, SourceOut& out) {
  const std::string_view before = rows_.pending();
  char* data = out.buffer(before.size() + size);
  before.copy(data, before.size());
  const std::size_t came = input.read(data + before.size(), size);
  Progress progress{came, 0, came == 0};
  std::string_view all(data, before.size() + came);
  if (position.line == 0 && before.empty() && all.starts_with(kBom)) all.remove_prefix(kBom.size());
  if (!knows_delimiter_ && !all.empty()) find_delimiter(all);
  pieces_.clear();
  rows_.cut(all, progress.ended && last, pieces_);
  for (const CsvRows::Piece& piece : pieces_) {
    if (piece.fault.empty()) {
      progress.posts += take(piece.text, position, out);
      continue;
    }
    if (!is_bad_) out.reject(piece.text, next_place(position), piece.fault);
    ++position.line;
  }
  return progress;
}

std::uint64_t CsvRecords::take(std::string_view rows, Position& position, SourceOut& out) {
  std::uint64_t posts = 0;
  while (!rows.empty()) {
    const std::string place = next_place(position);
    std::uint64_t lines = 0;
    const std::string_view row = take_row(rows, rows_.delimiter(), lines);
    position.line += lines;
    if (!is_bad_ && !is_blank(row)) posts += take_row_of(row, place, out);
  }
  return posts;
}

bool CsvRecords::take_row_of(std::string_view row, const std::string& place, SourceOut& out) {
  const bool has_quotes = row.find('"') != row.npos;
  const std::string original(has_quotes ? row : std::string_view{});  // without quotes nothing is changed
  try {
    push(row, place, out);
    return columns_.has_value();
  } catch (const Error& error) {
    if (error.status != EAR_INVALID) throw;
    out.reject(has_quotes ? std::string_view(original) : row, place, error.what());
    return false;
  }
}

// Throws `invalid` where the row is none.
void CsvRecords::push(std::string_view row, const std::string& place, SourceOut& out) {
  if (std::memchr(row.data(), 0, row.size()) != nullptr) throw invalid("binary: the row holds a NUL");
  if (!simdjson::validate_utf8(row.data(), row.size())) throw invalid("not UTF-8: the row holds other bytes");
  split_row(row, rows_.delimiter(), fields_);
  if (!columns_ && options_.header) return begin(place);
  if (!columns_) columns_.emplace(options_, std::vector<std::string_view>{});
  const std::string id = id_of(place);
  const ear_post* post = columns_->read(fields_, id);
  if (post == nullptr) throw invalid(columns_->fault());
  out.post(*post);
}

// The first row is the header.
void CsvRecords::begin(const std::string& place) {
  try {
    columns_.emplace(options_, fields_);
  } catch (const Error& error) {
    is_bad_ = true;
    throw invalid("header: " + std::string(error.what()) + "; nothing of " + place.substr(0, place.rfind(':')) +
                  " is read");
  }
}

void CsvRecords::reread(std::string_view raw, std::string_view place, SourceOut& out) {
  char* row = out.buffer(raw.size() + 1);
  raw.copy(row, raw.size());
  push({row, raw.size()}, std::string(place), out);
}

}  // namespace earshot::file
