// file.hpp: an opened file of sound or video: its streams, its packets, and one clock for all of them, which begins
// with the first sound or picture. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "video/av.hpp"
#include "video/input.hpp"
#include "video/watch.hpp"

namespace earshot::video {

inline constexpr std::int64_t kSecond = 1'000'000'000;
inline constexpr std::int64_t kMostTime = 24 * 3600 * kSecond;  // of one file

struct Limits {
  std::int64_t most_pixels = 0;  // of a picture, before it is made smaller
  int threads = 1;               // of a decoder
};

class File {
 public:
  // Throws EAR_UNSUPPORTED where the container is none that may be opened, EAR_INVALID where it is broken.
  File(const std::string& path, const Limits& limits, Watch& watch);

  const Limits& limits() const { return limits_; }
  Watch& watch() const { return watch_; }
  // The demuxer's name as FFmpeg has it: "matroska,webm".
  std::string container() const { return context_->iformat->name; }
  bool is_picture() const;  // one picture, no video
  const AVFormatContext& context() const { return *context_; }

  const AVStream* pictures() const { return pictures_; }  // the video, or a cover; none: nullptr
  const AVStream* sound() const { return sound_; }
  const std::vector<const AVStream*>& captions() const { return captions_; }
  bool is_cover(const AVStream& stream) const { return (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0; }

  // Nanoseconds from the beginning; nothing where `timestamp` is none. Throws EAR_UNSUPPORTED beyond kMostTime.
  std::optional<std::int64_t> time(std::int64_t timestamp, AVRational base) const;
  std::int64_t duration() const;  // nanoseconds, as the container says; 0: it does not

  // From here on only packets of these streams are read. Where they are to be seen `to_the_end`, why_broken() can tell.
  void want(const std::vector<const AVStream*>& streams, bool to_the_end = true);
  // The next packet; false: there is none. Then why_broken() tells whether the file should have gone on.
  bool next(AVPacket& packet);
  // Nothing, or why the file ends too early.
  std::optional<std::string> why_broken() const;

 private:
  struct Close {
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
  };
  void open();
  void find_streams();
  void set_clock();
  bool is_wanted(const AVPacket& packet) const;
  std::int64_t wanted_duration() const;

  Limits limits_;
  Watch& watch_;
  Input input_;  // before context_, which reads from it until it is closed
  std::unique_ptr<AVFormatContext, Close> context_;
  const AVStream* pictures_ = nullptr;
  const AVStream* sound_ = nullptr;
  std::vector<const AVStream*> captions_;
  std::int64_t begin_ = 0;  // nanoseconds of the container's own clock
  std::vector<const AVStream*> wanted_;
  std::int64_t read_until_ = 0;  // the latest end of a packet
  bool cut_packet_ = false;      // the last one
  int read_error_ = 0;
};

// The decoder for a stream; nullptr: it is not decoded here.
const AVCodec* decoder_for(const AVStream& stream);

}  // namespace earshot::video
