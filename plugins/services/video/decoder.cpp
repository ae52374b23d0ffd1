#include "video/decoder.hpp"

#include "video/allowed.hpp"

namespace earshot::video {

constexpr int kMostFruitless = 2000;  // packets of which nothing comes

Decoder::Decoder(const File& file, const AVStream& stream) : stream_(stream) {
  const AVCodec* codec = decoder_for(stream);
  if (codec == nullptr) throw unsupported("its coding is not decoded here");
  context_ = owned<CodecContext>(avcodec_alloc_context3(codec));
  if (const int copied = avcodec_parameters_to_context(context_.get(), stream.codecpar); copied < 0)
    throw invalid("its parameters are broken: " + meaning(copied));
  context_->pkt_timebase = stream.time_base;
  context_->thread_count = file.limits().threads;
  context_->max_pixels = file.limits().most_pixels;
  context_->max_samples = 1 << 22;  // of one frame
  if (av_opt_set(context_.get(), "codec_whitelist", kCodings, 0) < 0) throw std::bad_alloc();
  if (const int opened = avcodec_open2(context_.get(), codec, nullptr); opened < 0)
    throw invalid("its decoder refuses it: " + meaning(opened));
}

bool Decoder::send(const AVPacket* packet) {
  const int sent = avcodec_send_packet(context_.get(), packet);
  if (packet == nullptr) return sent >= 0;
  ++sent_;
  if (++fruitless_ > kMostFruitless) throw invalid("nothing can be decoded of it any more");
  if (sent == AVERROR(ENOMEM)) throw std::bad_alloc();
  if (sent < 0) ++bad_;
  return sent >= 0;
}

bool Decoder::receive() {
  const int received = avcodec_receive_frame(context_.get(), frame_.get());
  if (received >= 0) return ++frames_, fruitless_ = 0, true;
  if (received == AVERROR(ENOMEM)) throw std::bad_alloc();
  if (received != AVERROR(EAGAIN) && received != AVERROR_EOF) ++bad_;
  return false;
}

}  // namespace earshot::video
