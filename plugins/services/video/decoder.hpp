// decoder.hpp: one stream's packets into frames. What is broken is counted and passed over. One thread.
#pragma once

#include "video/file.hpp"

namespace earshot::video {

class Decoder {
 public:
  // Throws EAR_UNSUPPORTED, EAR_INVALID where it cannot be set up.
  Decoder(const File& file, const AVStream& stream);

  const AVStream& stream() const { return stream_; }
  AVCodecContext& context() { return *context_; }

  // Decodes `packet` (nullptr: the end) and calls `each(frame)` for what comes of it until that answers false; answers
  // whether each did not. Throws EAR_INVALID where nothing has come of very many packets.
  template <class Each>
  bool decode(const AVPacket* packet, Each&& each) {
    if (!send(packet)) return true;
    while (receive())
      if (!each(*frame_)) return false;
    return true;
  }

  // Was so much broken that not all of it can have been seen?
  bool is_damaged() const { return bad_ > 0 && bad_ * 10 >= sent_; }
  std::int64_t frames() const { return frames_; }

 private:
  bool send(const AVPacket* packet);
  bool receive();

  const AVStream& stream_;
  CodecContext context_;
  Frame frame_ = make_frame();
  std::int64_t sent_ = 0, bad_ = 0, frames_ = 0;
  int fruitless_ = 0;  // packets in a row
};

}  // namespace earshot::video
