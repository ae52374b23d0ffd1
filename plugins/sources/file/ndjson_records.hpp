// ndjson_records.hpp: a file of Earshot's post form, a JSON object a line. One instance for one thread.
#pragma once

#include <string_view>

#include "post/lines.hpp"
#include "post/reader.hpp"
#include "records.hpp"

namespace earshot::file {

class NdjsonRecords final : public Records {
 public:
  // `reader` is shared by the files of a source.
  NdjsonRecords(post::Reader& reader, std::size_t max_line) : reader_(reader), lines_(max_line), max_line_(max_line) {}

  Progress read(Input& input, std::size_t size, Position& position, bool last, SourceOut& out) override;
  std::size_t pending() const override { return lines_.pending(); }
  bool skipping() const override { return lines_.skipping(); }
  void skip_line() override { lines_.skip_line(); }
  void clear() override { lines_.clear(); }

 private:
  std::uint64_t take(std::string_view lines, Position& position, SourceOut& out);

  post::Reader& reader_;
  post::Lines lines_;
  std::size_t max_line_;
};

}  // namespace earshot::file
