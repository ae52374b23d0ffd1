// av.hpp: what FFmpeg's libraries hand out, owned; their errors and their log. The files of this folder that include
// this one are the seam around these libraries.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
#include <libavutil/display.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <earshot/error.hpp>
#include <earshot/host.hpp>

#include <cstdint>
#include <memory>
#include <new>
#include <string>

namespace earshot::video {

template <auto Free>
struct FreedByAddress {
  template <class T>
  void operator()(T* thing) const {
    Free(&thing);
  }
};
using Packet = std::unique_ptr<AVPacket, FreedByAddress<av_packet_free>>;
using Frame = std::unique_ptr<AVFrame, FreedByAddress<av_frame_free>>;
using CodecContext = std::unique_ptr<AVCodecContext, FreedByAddress<avcodec_free_context>>;
using Resampler = std::unique_ptr<SwrContext, FreedByAddress<swr_free>>;
struct FreeScaler {
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
using Scaler = std::unique_ptr<SwsContext, FreeScaler>;

// Throws std::bad_alloc where there is none.
template <class Owned>
Owned owned(typename Owned::pointer thing) {
  if (thing == nullptr) throw std::bad_alloc();
  return Owned(thing);
}
inline Packet make_packet() {
  return owned<Packet>(av_packet_alloc());
}
inline Frame make_frame() {
  return owned<Frame>(av_frame_alloc());
}

// What a negative answer means: "Invalid data found when processing input".
std::string meaning(int error);

// "0:12.5", "1:02:03.0"
std::string clock_text(std::int64_t nanoseconds);

// Sets what holds for the whole process: the log goes through this file, and no single piece of memory that a file
// asks for is larger than 256 MiB. Any thread.
void prepare_libraries();

// While it lives, what the libraries have to say in this thread goes to this host's log, at the level debug; else
// nowhere.
class LogTo {
 public:
  explicit LogTo(const Host& host);
  ~LogTo();
  LogTo(const LogTo&) = delete;
  LogTo& operator=(const LogTo&) = delete;

 private:
  const Host* before_;
  int lines_before_;
};

}  // namespace earshot::video
