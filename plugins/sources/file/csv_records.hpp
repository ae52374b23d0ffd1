// csv_records.hpp: a CSV file, each row a post. One instance for one file and one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "csv_post.hpp"
#include "csv_rows.hpp"
#include "records.hpp"

namespace earshot::file {

class CsvRecords final : public Records {
 public:
  // `options` outlives it.
  CsvRecords(const CsvOptions& options, std::size_t max_row, std::string_view path);

  // The header of a file of which not the beginning is read: `input` stands there.
  void read_header(Input& input);
  Progress read(Input& input, std::size_t size, Position& position, bool last, SourceOut& out) override;
  // One row that was set aside, read once more; `place` as "posts.csv:17". Throws `invalid` where it is still wrong.
  void reread(std::string_view raw, std::string_view place, SourceOut& out);

  std::size_t pending() const override { return rows_.pending().size(); }
  bool skipping() const override { return rows_.skipping(); }
  void skip_line() override { rows_.skip_line(); }
  void clear() override { rows_.clear(), columns_.reset(), is_bad_ = knows_delimiter_ = false; }

 private:
  void find_delimiter(std::string_view text);
  std::uint64_t take(std::string_view rows, Position& position, SourceOut& out);
  bool take_row_of(std::string_view row, const std::string& place, SourceOut& out);
  void push(std::string_view row, const std::string& place, SourceOut& out);
  void begin(const std::string& place);

  const CsvOptions& options_;
  CsvRows rows_;
  std::vector<CsvRows::Piece> pieces_;
  std::vector<std::string_view> fields_;
  std::optional<CsvPost> columns_;
  bool knows_delimiter_ = false, is_bad_ = false;  // the header does not fit: no row is read
};

}  // namespace earshot::file
