// The subtitles of a file, or of a file that is nothing else, as plain text.
#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "video/cue_text.hpp"
#include "video/decoder.hpp"
#include "video/taking.hpp"

namespace earshot::video {
namespace {

constexpr std::size_t kMostCues = 50'000;
constexpr std::size_t kMostText = 8u << 20;     // bytes in all
constexpr std::size_t kMostCueText = 4096;      // bytes of one
constexpr int kMostPacket = 256 << 10;          // bytes
constexpr std::int64_t kUsually = 4 * kSecond;  // that one stands where nothing says how long
constexpr std::int64_t kMostStanding = 600 * kSecond;

struct Cue {
  std::int64_t start = 0, stop = 0;
  std::string text, language;
};

class Reader {
 public:
  explicit Reader(File& file) : file_(file) {
    for (const AVStream* stream : file.captions()) {
      const AVDictionaryEntry* language = av_dict_get(stream->metadata, "language", nullptr, 0);
      streams_.emplace(stream->index,
                       Stream{Decoder(file, *stream), language_tag(language == nullptr ? "" : language->value)});
    }
  }

  std::vector<Cue> read() {
    file_.want(file_.captions(), false);
    const Packet packet = make_packet();
    while (!full_ && file_.next(*packet)) {
      const auto stream = streams_.find(packet->stream_index);
      if (stream != streams_.end()) decode(stream->second, *packet);
    }
    std::stable_sort(cues_.begin(), cues_.end(), [](const Cue& a, const Cue& b) { return a.start < b.start; });
    return std::move(cues_);
  }
  bool is_full() const { return full_; }

 private:
  struct Stream {
    Decoder decoder;
    std::string language;
  };

  void decode(Stream& stream, AVPacket& packet) {
    const AVStream& is = stream.decoder.stream();
    const auto at = file_.time(packet.pts, is.time_base);
    if (!at || packet.size <= 0 || packet.size > kMostPacket) return;
    repair(packet, is);
    AVSubtitle subtitle{};
    int got = 0;
    const int decoded = avcodec_decode_subtitle2(&stream.decoder.context(), &subtitle, &got, &packet);
    if (decoded >= 0 && got != 0) {
      const std::int64_t start = *at + std::int64_t{subtitle.start_display_time} * 1'000'000;
      std::int64_t length = av_rescale_q(packet.duration, is.time_base, {1, 1'000'000'000});
      if (length <= 0 && subtitle.end_display_time != UINT32_MAX)
        length = std::int64_t{subtitle.end_display_time} * 1'000'000;
      if (length <= 0) length = kUsually;
      for (unsigned i = 0; i < subtitle.num_rects; ++i)
        if (const char* event = subtitle.rects[i]->ass; event != nullptr)
          keep(std::max<std::int64_t>(start, 0), std::min(length, kMostStanding), cue_text(event), stream.language);
    }
    if (got != 0) avsubtitle_free(&subtitle);
  }

  // Text of a side file that is no UTF-8; the one of containers always is, and has a form of its own.
  static void repair(AVPacket& packet, const AVStream& is) {
    if (is.codecpar->codec_id == AV_CODEC_ID_MOV_TEXT) return;
    const std::string_view bytes(reinterpret_cast<const char*>(packet.data), static_cast<std::size_t>(packet.size));
    const std::string text = as_utf8(bytes);
    if (text == bytes || text.size() > kMostPacket) return;
    const Packet repaired = make_packet();
    if (av_new_packet(repaired.get(), static_cast<int>(text.size())) < 0) throw std::bad_alloc();
    std::copy(text.begin(), text.end(), repaired->data);
    if (av_packet_copy_props(repaired.get(), &packet) < 0) throw std::bad_alloc();
    av_packet_unref(&packet);
    av_packet_move_ref(&packet, repaired.get());
  }

  void keep(std::int64_t start, std::int64_t length, std::string text, const std::string& language) {
    if (text.size() > kMostCueText) {
      std::size_t end = kMostCueText;
      while (end > 0 && (text[end] & 0xC0) == 0x80) --end;  // no half character
      text.resize(end);
    }
    if (text.empty() || full_) return;
    if (cues_.size() >= kMostCues || bytes_ + text.size() > kMostText) return full_ = true, void();
    bytes_ += text.size();
    cues_.push_back({start, start + length, std::move(text), language});
  }

  File& file_;
  std::map<int, Stream> streams_;
  std::vector<Cue> cues_;
  std::size_t bytes_ = 0;
  bool full_ = false;
};

}  // namespace

void captions(File& file, const ShowCaption& show) {
  if (file.captions().empty()) return;
  Reader reader(file);
  for (const Cue& cue : reader.read()) {
    ear_caption caption{};
    caption.size = sizeof caption, caption.text = str(cue.text), caption.language = str(cue.language);
    caption.start = cue.start, caption.stop = cue.stop;
    if (!file.watch().shown([&] { return show(caption); })) return;
  }
  if (reader.is_full()) throw unsupported("it has more captions than are read");
}

}  // namespace earshot::video
