#include "compress.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <new>
#include <stdexcept>

namespace earshot::ndjson {
namespace {

class Gzip final : public Compressor {
 public:
  explicit Gzip(int level) {
    if (deflateInit2(&stream_, std::min(level, 9), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc();
  }
  ~Gzip() override { deflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  void frame(std::string_view text, std::string& to) override {
    const std::size_t used = to.size();
    const std::size_t room = deflateBound(&stream_, text.size());
    to.resize(used + room);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    stream_.next_out = reinterpret_cast<Bytef*>(to.data() + used);
    stream_.avail_out = static_cast<uInt>(room);
    const int result = deflate(&stream_, Z_FINISH);
    to.resize(used + room - stream_.avail_out);
    deflateReset(&stream_);
    if (result != Z_STREAM_END) throw std::runtime_error("gzip cannot compress");
  }

 private:
  z_stream stream_{};
};

class Zstd final : public Compressor {
 public:
  explicit Zstd(int level) : context_(ZSTD_createCCtx(), ZSTD_freeCCtx) {
    if (!context_) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }
  void frame(std::string_view text, std::string& to) override {
    const std::size_t used = to.size();
    const std::size_t room = ZSTD_compressBound(text.size());
    to.resize(used + room);
    const std::size_t size = ZSTD_compress2(context_.get(), to.data() + used, room, text.data(), text.size());
    if (ZSTD_isError(size) != 0) throw std::runtime_error(std::string("zstd: ") + ZSTD_getErrorName(size));
    to.resize(used + size);
  }

 private:
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context_;
};

}  // namespace

std::unique_ptr<Compressor> make_compressor(Compression compression, int level) {
  if (compression == Compression::gzip) return std::make_unique<Gzip>(level);
  if (compression == Compression::zstd) return std::make_unique<Zstd>(level);
  return nullptr;
}

}  // namespace earshot::ndjson
