// ndjson: posts with their findings, alerts and gaps as lines of JSON, into a file or standard output. Its place in the
// file is part of the checkpoint, and what stands behind that is cut off when the run goes on: each line stands once.
#include <charconv>
#include <cstdio>
#include <optional>
#include <string>

#include <earshot/sink.hpp>

#include "compress.hpp"
#include "output.hpp"
#include "post/writer.hpp"
#include "sealed/frames.hpp"

using earshot::ndjson::Compression;
enum class WhenExists { replace, append };

template <>
inline constexpr const char* earshot::choices<Compression>[] = {"auto", "none", "gzip", "zstd", nullptr};
template <>
inline constexpr const char* earshot::choices<WhenExists>[] = {"replace", "append", nullptr};

namespace {

using earshot::ndjson::Output;

struct NdjsonOptions {
  std::filesystem::path path;
  earshot::Bytes rotate_size;
  earshot::Duration rotate_every;
  Compression compress;
  std::int64_t level;
  bool sync;
  WhenExists when_exists;
  std::optional<std::filesystem::path> key_file;

  static constexpr auto schema() {
    using earshot::option;
    using O = NdjsonOptions;
    return earshot::schema(
        option<&O::path>("path", "The file to write, or - for standard output", {.example = "var/posts.ndjson"}),
        option<&O::rotate_size>("rotate_size", "Begin the next file once this one has so many bytes; 0: never",
                                {.fallback = "0", .example = "1GiB"}),
        option<&O::rotate_every>("rotate_every", "Begin the next file after this time; 0: never",
                                 {.fallback = "0s", .max = 3.2e7, .example = "24h"}),
        option<&O::compress>("compress", "auto goes by the name: .gz, .zst", {.fallback = "auto"}),
        option<&O::level>("level", "How hard to compress, 1 to 19 (gzip: to 9)",
                          {.fallback = "3", .min = 1, .max = 19}),
        option<&O::sync>("sync", "Make what was written durable at each checkpoint, so that it outlives a power cut",
                         {.fallback = "true"}),
        option<&O::when_exists>("when_exists", "What to do with a file of that name that no checkpoint knows of",
                                {.fallback = "replace"}),
        option<&O::key_file>("key_file", "A key that the file is sealed with; `earshot unseal` opens it",
                             {.example = "secrets/acme.key"}));
  }
};

class Ndjson : public earshot::Sink<NdjsonOptions> {
 public:
  static constexpr earshot::Info info{"ndjson", "Posts, alerts and gaps as lines of JSON"};

  void prepare() {
    if (options().path.empty()) throw earshot::invalid("there is no path").at_option("path");
    const std::string extension = options().path.extension();
    Compression how = options().compress;
    if (how == Compression::automatic)
      how = extension == ".gz" ? Compression::gzip : extension == ".zst" ? Compression::zstd : Compression::none;
    compressor_ = make_compressor(how, static_cast<int>(options().level));
    rotates_ = options().rotate_size.count > 0 || options().rotate_every.count() > 0;
    if (to_stdout() && options().key_file)
      throw earshot::invalid("standard output is not sealed").at_option("key_file");
    if (to_stdout() && rotates_) throw earshot::invalid("standard output cannot be rotated").at_option("path");
  }

  void load(std::uint32_t, std::string_view key, std::string_view value) {
    if (key != "place") return;
    const char* end = value.data() + value.size();
    const auto first = std::from_chars(value.data(), end, sequence_);
    if (first.ec != std::errc{} || first.ptr == end || std::from_chars(first.ptr + 1, end, saved_).ec != std::errc{})
      throw earshot::invalid("the saved place in the file cannot be read");
    loaded_ = true;
  }

  void start() {
    if (to_stdout()) return output_.open_stdout();
    if (options().key_file) key_.emplace(earshot::sealed::key_from(*options().key_file, earshot::sealed::Use::files));
    const bool append = !loaded_ && options().when_exists == WhenExists::append;
    if (append)
      while (rotates_ && std::filesystem::exists(name(sequence_ + 1))) ++sequence_;
    output_.open(name(sequence_));
    if (loaded_ && output_.size() < saved_)
      host().warn(std::string("'")
                      .append(name(sequence_))
                      .append("' is shorter than it was at the last checkpoint: somebody changed it"));
    if (!append && output_.size() > (loaded_ ? saved_ : 0)) output_.truncate(loaded_ ? saved_ : 0);
    if (rotates_ && !append) remove_from(sequence_ + 1);
    begin_seal();
    began_ = host().now();
  }
  void stop() {
    if (output_.is_open()) flush();
    output_.close();
  }

  std::uint32_t write(const earshot::Deliveries& deliveries) {
    write_ready();
    if (rotates_ && is_full()) rotate();
    writer_.clear();
    std::uint32_t taken = 0;
    for (; taken < deliveries.size() && writer_.size() < kMost; ++taken) {
      const earshot::Delivery delivery = deliveries[taken];
      if (delivery.is_post()) writer_.post(*delivery.raw().post);
      if (delivery.is_alert()) writer_.alert(delivery.alert());
      if (delivery.is_gap()) writer_.gap(delivery.gap());
    }
    if (!compressor_ && !seal_) {
      output_.append(writer_.text());
      return taken;
    }
    pending_ += writer_.text();
    if (pending_.size() >= kFrame) compress();
    try {
      write_ready();
    } catch (const earshot::Error&) {
      // It is taken all the same: the frame stays in memory, and the next call begins with it and fails if it must.
    }
    return taken;
  }

  void flush() {
    compress();
    write_ready();
    if (options().sync) output_.sync();
  }

  void save(earshot::StateOut& out) {
    if (to_stdout()) return;
    compress();
    write_ready();
    out.put("place", std::to_string(sequence_).append(" ").append(std::to_string(output_.size())));
  }

 private:
  static constexpr std::size_t kMost = 4 << 20;   // of text in one call
  static constexpr std::size_t kFrame = 1 << 20;  // of text in one frame, at least

  bool to_stdout() const { return options().path == "-"; }

  // With rotation, out.ndjson.gz is out.000001.ndjson.gz and so on: a file never changes its name.
  std::filesystem::path name(std::uint64_t sequence) const {
    if (!rotates_) return options().path;
    const std::string file = options().path.filename();
    const std::size_t dot = std::min(file.find('.', 1), file.size());
    char number[24];
    std::snprintf(number, sizeof number, ".%06llu", static_cast<unsigned long long>(sequence));
    return options().path.parent_path() / std::string(file).insert(dot, number);
  }

  void remove_from(std::uint64_t sequence) const {
    while (std::filesystem::remove(name(sequence))) ++sequence;
  }

  bool is_full() const {
    const auto size = options().rotate_size.count;
    if (size > 0 && output_.size() + pending_.size() >= static_cast<std::uint64_t>(size)) return true;
    return options().rotate_every.count() > 0 && host().now() - began_ >= options().rotate_every;
  }

  void rotate() {
    flush();
    if (output_.size() == (seal_ ? earshot::sealed::Frames::kHeader : 0)) return;
    output_.open(name(sequence_ + 1));
    ++sequence_;
    output_.truncate(0);
    begin_seal();
    began_ = host().now();
  }

  // Goes on behind the frames that the file has.
  void begin_seal() {
    if (!key_) return;
    if (output_.size() > 0) return void(seal_.emplace(*key_, name(sequence_), output_.size()));
    seal_.emplace(*key_);
    output_.append(seal_->header());
  }

  void compress() {
    if (pending_.empty()) return;
    if (!seal_) {
      compressor_->frame(pending_, ready_);
    } else if (!compressor_) {
      seal_->frame(pending_, ready_);
    } else {
      packed_.clear();
      compressor_->frame(pending_, packed_);
      seal_->frame(packed_, ready_);
    }
    pending_.clear();
  }
  void write_ready() {
    if (!ready_.empty()) output_.append(ready_);
    ready_.clear();
  }

  earshot::post::Writer writer_;
  Output output_;
  std::unique_ptr<earshot::ndjson::Compressor> compressor_;
  std::string pending_;  // text that is not compressed yet
  std::string ready_;    // frames that are not written yet
  std::string packed_;   // compressed, to be sealed
  std::optional<earshot::sealed::Key> key_;
  std::optional<earshot::sealed::Frames> seal_;
  bool rotates_ = false;
  std::uint64_t sequence_ = 1;
  std::uint64_t saved_ = 0;  // place at the last checkpoint
  bool loaded_ = false;
  earshot::Time began_{};
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.ndjson", "1.0.0", "Earshot", "Apache-2.0", "Lines of JSON into a file or standard output",
               Ndjson)
