// csv_rows.hpp: a CSV file cut into rows (RFC 4180: a quoted field may hold line ends, and "" for a quote), and a row
// into fields. A quote that is never closed costs the line that it stands in, and no more. One instance for one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::file {

class CsvRows {
 public:
  // Rows with their line ends; or, with a fault, one line (its beginning, where it is too long) that is none.
  struct Piece {
    std::string_view text;
    std::string_view fault = {};
  };
  explicit CsvRows(std::size_t max_row) : max_row_(max_row) {}

  char delimiter() const { return delimiter_; }
  void delimiter(char delimiter) { delimiter_ = delimiter; }

  // `all` is what was pending and what came behind it; `finished`: nothing more will.
  void cut(std::string_view all, bool finished, std::vector<Piece>& to);
  std::string_view pending() const { return rest_; }
  bool skipping() const { return skipping_; }
  void skip_line() { rest_.clear(), skipping_ = true; }
  void clear() { rest_.clear(), skipping_ = false; }

 private:
  std::size_t max_row_;
  char delimiter_ = ',';
  std::string rest_;
  bool skipping_ = false;
};

// Takes the first row off `rows`, without its line end; `lines` is how many it had.
std::string_view take_row(std::string_view& rows, char delimiter, std::uint64_t& lines);

// The fields of a row without their quotes. Where there are quotes, the bytes of the row are changed: it lies in memory
// that is the caller's to change.
void split_row(std::string_view row, char delimiter, std::vector<std::string_view>& fields);

// The delimiter of a header: whichever of , ; tab | stands most often outside of quotes.
char guess_delimiter(std::string_view header);

}  // namespace earshot::file
