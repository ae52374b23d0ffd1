// compress.hpp: text in, a whole gzip member or zstd frame out. A file is a row of these, so it can be cut behind any
// of them and still be read. One instance for one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace earshot::ndjson {

enum class Compression { automatic, none, gzip, zstd };

class Compressor {
 public:
  virtual ~Compressor() = default;
  // Appends a member or frame that holds `text` to `to`.
  virtual void frame(std::string_view text, std::string& to) = 0;
};

// NULL for none. `level` is 1 to 19; gzip knows 9 at most.
std::unique_ptr<Compressor> make_compressor(Compression compression, int level);

}  // namespace earshot::ndjson
