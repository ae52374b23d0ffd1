#include "video/file.hpp"

#include <algorithm>
#include <string_view>

#include "video/allowed.hpp"

namespace earshot::video {
namespace {

constexpr unsigned kMostStreams = 64;
constexpr unsigned kMostProbed = 1u << 20;             // bytes, to tell the container
constexpr std::int64_t kMostAnalysed = 5'000'000;      // bytes, to tell the streams
constexpr std::int64_t kMostAnalysedTime = 5'000'000;  // microseconds of it
constexpr int kMostForeign = 100'000;                  // packets in a row that nobody wants
constexpr AVRational kNanoseconds{1, 1'000'000'000};

int refuse(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);  // nothing else is opened, whatever the file says
}
int interrupted(void* watch) {
  return static_cast<const Watch*>(watch)->over() ? 1 : 0;
}

// Codings whose text is read; the others are pictures.
bool is_text(AVCodecID id) {
  switch (id) {
    case AV_CODEC_ID_MOV_TEXT:
    case AV_CODEC_ID_SUBRIP:
    case AV_CODEC_ID_WEBVTT:
    case AV_CODEC_ID_ASS:
    case AV_CODEC_ID_TEXT:
      return true;
    default:
      return false;
  }
}

std::int64_t pixels(const AVStream& stream) {
  return std::int64_t{stream.codecpar->width} * stream.codecpar->height;
}

}  // namespace

const AVCodec* decoder_for(const AVStream& stream) {
  const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
  return codec != nullptr && av_match_list(codec->name, kCodings, ',') > 0 ? codec : nullptr;
}

File::File(const std::string& path, const Limits& limits, Watch& watch)
    : limits_(limits), watch_(watch), input_(path, watch) {
  open();
  find_streams();
  set_clock();
}

void File::open() {
  const AVInputFormat* format = nullptr;
  const int score = av_probe_input_buffer2(input_.context(), &format, "", nullptr, 0, kMostProbed);
  watch_.check();
  if (score < 0 || format == nullptr) throw invalid("it is neither a picture nor sound nor video");
  if (av_match_list(format->name, kContainers, ',') <= 0)
    throw unsupported(std::string("files of the kind '") + format->name +
                      "' are not opened: only containers that hold all of their sound and pictures are");

  AVFormatContext* context = avformat_alloc_context();
  if (context == nullptr) throw std::bad_alloc();
  context->pb = input_.context();
  context->interrupt_callback = {interrupted, &watch_};
  context->io_open = refuse;
  context->probesize = kMostAnalysed, context->max_analyze_duration = kMostAnalysedTime;
  context->max_streams = kMostStreams;
  const bool set = av_opt_set(context, "format_whitelist", kContainers, 0) >= 0 &&
                   av_opt_set(context, "codec_whitelist", kCodings, 0) >= 0 &&
                   av_opt_set(context, "protocol_whitelist", "file", 0) >= 0;
  if (!set) {
    avformat_free_context(context);
    throw std::bad_alloc();
  }
  const int opened = avformat_open_input(&context, "", format, nullptr);  // frees the context where it fails
  watch_.check();
  if (opened < 0) throw invalid("its container is broken, or cut off before its contents: " + meaning(opened));
  context_.reset(context);
}

void File::find_streams() {
  const unsigned known = context_->nb_streams;
  std::vector<AVDictionary*> options(known, nullptr);
  for (AVDictionary*& o : options) av_dict_set_int(&o, "max_pixels", limits_.most_pixels, 0);
  const int found = avformat_find_stream_info(context_.get(), options.data());
  for (AVDictionary*& o : options) av_dict_free(&o);
  watch_.check();
  if (found < 0) throw invalid("its streams cannot be told: " + meaning(found));

  for (unsigned i = 0; i < context_->nb_streams; ++i) {
    const AVStream& stream = *context_->streams[i];
    if (decoder_for(stream) == nullptr) continue;
    const AVCodecParameters& is = *stream.codecpar;
    if (is.codec_type == AVMEDIA_TYPE_VIDEO && is.width > 0 && is.height > 0) {
      if (pixels(stream) > limits_.most_pixels) continue;
      const bool better = pictures_ == nullptr || (is_cover(*pictures_) && !is_cover(stream)) ||
                          (is_cover(*pictures_) == is_cover(stream) && pixels(stream) > pixels(*pictures_));
      if (better) pictures_ = &stream;
    } else if (is.codec_type == AVMEDIA_TYPE_AUDIO && is.sample_rate > 0 && is.ch_layout.nb_channels > 0) {
      const auto is_default = [](const AVStream& s) { return (s.disposition & AV_DISPOSITION_DEFAULT) != 0; };
      if (sound_ == nullptr || (!is_default(*sound_) && is_default(stream))) sound_ = &stream;
    } else if (is.codec_type == AVMEDIA_TYPE_SUBTITLE && is_text(is.codec_id)) {
      captions_.push_back(&stream);
    }
  }
}

bool File::is_picture() const {
  return container().ends_with("_pipe");
}

void File::set_clock() {
  std::int64_t first = AV_NOPTS_VALUE;
  for (const AVStream* stream : {pictures_, sound_}) {
    if (stream == nullptr || is_cover(*stream) || stream->start_time == AV_NOPTS_VALUE) continue;
    const std::int64_t start = av_rescale_q(stream->start_time, stream->time_base, kNanoseconds);
    first = first == AV_NOPTS_VALUE ? start : std::min(first, start);
  }
  if (first != AV_NOPTS_VALUE) begin_ = first;  // captions alone keep their own clock
}

std::optional<std::int64_t> File::time(std::int64_t timestamp, AVRational base) const {
  if (timestamp == AV_NOPTS_VALUE) return {};
  const std::int64_t at = av_rescale_q(timestamp, base, kNanoseconds);
  std::int64_t since = 0;
  if (at == INT64_MIN || __builtin_sub_overflow(at, begin_, &since) || since > kMostTime || since < -kMostTime)
    throw unsupported("it has a time that is more than 24 hours after its beginning");
  return since;
}

std::int64_t File::duration() const {
  const std::int64_t told = context_->duration;
  const bool guessed = context_->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE;
  if (told == AV_NOPTS_VALUE || told <= 0 || guessed || is_picture()) return 0;
  if (told > kMostTime / 1000) throw unsupported("it says that it lasts longer than 24 hours");
  return told * 1000;
}

std::int64_t File::wanted_duration() const {
  std::int64_t longest = 0;
  for (const AVStream* stream : wanted_)
    if (stream->duration != AV_NOPTS_VALUE && context_->duration_estimation_method == AVFMT_DURATION_FROM_STREAM)
      longest = std::max(longest, std::min(av_rescale_q(stream->duration, stream->time_base, kNanoseconds), kMostTime));
  return longest;
}

void File::want(const std::vector<const AVStream*>& streams, bool to_the_end) {
  wanted_ = streams;
  // Where only the whole has a duration, its end is seen in all streams.
  const bool all = to_the_end && wanted_duration() == 0 && duration() > 0;
  for (unsigned i = 0; i < context_->nb_streams; ++i) {
    AVStream& stream = *context_->streams[i];
    const bool wanted = std::find(streams.begin(), streams.end(), &stream) != streams.end();
    stream.discard = all || wanted ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  }
}

bool File::is_wanted(const AVPacket& packet) const {
  return std::any_of(wanted_.begin(), wanted_.end(),
                     [&](const AVStream* s) { return s->index == packet.stream_index; });
}

bool File::next(AVPacket& packet) {
  for (int foreign = 0; foreign < kMostForeign; ++foreign) {
    watch_.check();
    av_packet_unref(&packet);
    const int got = av_read_frame(context_.get(), &packet);
    watch_.check();
    if (got == AVERROR(EAGAIN)) continue;
    if (got < 0) return read_error_ = got == AVERROR_EOF ? 0 : got, false;
    cut_packet_ = (packet.flags & AV_PKT_FLAG_CORRUPT) != 0;
    const AVStream& stream = *context_->streams[packet.stream_index];
    if (packet.pts != AV_NOPTS_VALUE)
      read_until_ = std::max(read_until_, *time(packet.pts, stream.time_base) +
                                              av_rescale_q(packet.duration, stream.time_base, kNanoseconds));
    if (is_wanted(packet)) return true;
  }
  throw invalid("it has no sound or pictures for a long time after " + clock_text(read_until_));
}

std::optional<std::string> File::why_broken() const {
  if (read_error_ != 0) return meaning(read_error_);
  if (cut_packet_) return "it ends within its data";
  const std::int64_t told = wanted_duration() > 0 ? wanted_duration() : duration();
  if (told > 0 && told - read_until_ > kSecond + told / 50 && !is_picture())
    return "it should last until " + clock_text(told) + ", it seems to be cut off";
  return {};
}

}  // namespace earshot::video
