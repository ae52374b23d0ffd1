#include "ndjson_records.hpp"

#include <cstring>

namespace earshot::file {
Progress NdjsonRecords::read(Input& input, std::size_t size, Position& position, bool last, SourceOut& out) {
  const post::Chunk chunk = lines_.next([&](char* to, std::size_t room) { return input.read(to, room); }, size,
                                        out.raw().buffer, out.raw().ctx, last);
  Progress progress{chunk.read, 0, chunk.ended};
  if (chunk.any) progress.posts = take(chunk.lines, position, out);
  if (!chunk.too_long.empty()) {
    out.reject(chunk.too_long, next_place(position), post::kTooLong);
    ++position.line;
  }
  return progress;
}

std::uint64_t NdjsonRecords::take(std::string_view lines, Position& position, SourceOut& out) {
  if (position.line == 0 && lines.starts_with("\xEF\xBB\xBF")) lines.remove_prefix(3);
  post::Memory memory(out.raw());
  reader_.block(lines);
  std::uint64_t posts = 0;
  const char* end = lines.data() + lines.size();
  for (const char* at = lines.data(); at <= end; ++position.line) {
    const auto left = static_cast<std::size_t>(end - at);
    const auto* stop = static_cast<const char*>(std::memchr(at, '\n', left));
    std::string_view line(at, stop == nullptr ? left : static_cast<std::size_t>(stop - at));
    at += line.size() + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == line.npos) continue;
    if (line.size() > max_line_) {
      out.reject(line.substr(0, post::kShown), next_place(position), post::kTooLong);
    } else if (const ear_post* read = reader_.read(line, memory); read != nullptr) {
      out.post(*read);
      ++posts;
    } else {
      out.reject(line, next_place(position), reader_.fault().text());
    }
  }
  return posts;
}

}  // namespace earshot::file
