// Decodes the pictures of a file and shows those that stand for it.
#include <algorithm>

#include "video/canvas.hpp"
#include "video/decoder.hpp"
#include "video/sampler.hpp"
#include "video/taking.hpp"
#include "video/thumb.hpp"

namespace earshot::video {
namespace {

constexpr double kSkipsFrom = 15;  // frames a second
constexpr std::int64_t kMinute = 60 * kSecond;

class Shower {
 public:
  Shower(File& file, const Wish& wish, const ShowPicture& show)
      : file_(file),
        wish_(wish),
        show_(show),
        stream_(*file.pictures()),
        decoder_(file, stream_),
        canvas_(wish.most_pixels),
        sampler_(wish.spacing) {}

  // One picture: a still, or the cover of sound.
  void still() {
    bool shown = false;
    const auto each = [&](const AVFrame& frame) { return shown = true, draw(frame, 0, 0), false; };
    if (file_.is_cover(stream_)) {
      decoder_.decode(&stream_.attached_pic, each) && decoder_.decode(nullptr, each);
    } else {
      file_.want({&stream_});
      const Packet packet = make_packet();
      while (!shown && file_.next(*packet)) decoder_.decode(packet.get(), each);
      if (!shown) decoder_.decode(nullptr, each);
    }
    if (!shown) throw invalid("its picture cannot be decoded: it is broken, or larger than is allowed");
  }

  void video() {
    file_.want({&stream_});
    // Frames that no other one needs are left out where enough remain.
    if (av_q2d(stream_.avg_frame_rate) >= kSkipsFrom) decoder_.context().skip_frame = AVDISCARD_NONREF;
    bool more = true;
    try {
      more = decode();
    } catch (const Error& error) {
      if (error.status != EAR_CANCELLED) end(last_end_);  // what came before holds
      throw;
    }
    if (!more && !ended_) return;  // nobody wants to see more
    const bool whole = more && !file_.why_broken();
    // Where sound goes on, the container's duration is not that of the pictures.
    const bool is_alone = file_.sound() == nullptr;
    end(whole && is_alone ? std::max(last_end_, std::min(file_.duration(), last_ + kMinute)) : last_end_);
    if (ended_) return;
    if (decoder_.frames() == 0) throw invalid("none of its pictures can be decoded: " + why());
    if (!whole || decoder_.is_damaged()) throw invalid("its pictures broke off at " + clock_text(last_) + ": " + why());
  }

 private:
  std::string why() const { return file_.why_broken().value_or("its data are damaged"); }

  // Was all of it wanted?
  bool decode() {
    const Packet packet = make_packet();
    const auto each = [&](const AVFrame& frame) { return take(frame); };
    while (file_.next(*packet))
      if (!decoder_.decode(packet.get(), each)) return false;
    return decoder_.decode(nullptr, each);
  }

  bool take(const AVFrame& frame) {
    const std::int64_t t = time_of(frame);
    if (t >= wish_.at_most) return ended_ = true, last_end_ = std::max(last_, wish_.at_most), false;
    if (any_ && t - last_ > wish_.spacing / 2) decoder_.context().skip_frame = AVDISCARD_DEFAULT;  // it skips too much
    any_ = true, last_ = t, last_end_ = t + length_of(frame);
    file_.watch().check();
    file_.watch().progress(t, std::min(file_.duration(), wish_.at_most));
    const auto hold = [&] {
      Frame held = make_frame();
      if (av_frame_ref(held.get(), &frame) < 0) throw std::bad_alloc();
      return held;
    };
    return sampler_.see(t, thumb_.look(frame), hold,
                        [&](const Frame& f, std::int64_t start, std::int64_t stop) { return draw(*f, start, stop); });
  }
  void end(std::int64_t t) {
    sampler_.end(std::min(t, wish_.at_most), [&](const Frame& f, std::int64_t start, std::int64_t stop) {
      return draw(*f, start, std::max(stop, start + 1));
    });
  }

  // Always after the last one: where the clock of a file jumps back, it goes on from there.
  std::int64_t time_of(const AVFrame& frame) {
    const std::int64_t expected = any_ ? last_end_ : 0;
    std::int64_t t = file_.time(frame.best_effort_timestamp, stream_.time_base).value_or(expected - shift_) + shift_;
    if (any_ && t < last_ - kSecond / 2) shift_ += expected - t, t = expected;
    if (t > kMostTime) throw unsupported("its pictures last longer than 24 hours");
    return std::max({t, any_ ? last_ + 1 : 0, std::int64_t{0}});
  }
  std::int64_t length_of(const AVFrame& frame) const {
    if (frame.pkt_duration > 0)
      return std::min(av_rescale_q(frame.pkt_duration, stream_.time_base, {1, 1'000'000'000}), kMinute);
    const double rate = av_q2d(stream_.avg_frame_rate);
    return rate > 1 && rate < 1000 ? static_cast<std::int64_t>(1e9 / rate) : kSecond / 25;
  }

  bool draw(const AVFrame& frame, std::int64_t start, std::int64_t stop) {
    AVRational aspect = frame.sample_aspect_ratio;
    if (aspect.num <= 0) aspect = stream_.sample_aspect_ratio;
    ear_picture picture = canvas_.draw(frame, aspect, turn_of(stream_, &frame));
    picture.start = start, picture.stop = stop;
    return file_.watch().shown([&] { return show_(picture); });
  }

  File& file_;
  const Wish& wish_;
  const ShowPicture& show_;
  const AVStream& stream_;
  Decoder decoder_;
  Thumb thumb_;
  Canvas canvas_;
  Sampler<Frame> sampler_;
  bool any_ = false, ended_ = false;  // was a frame seen; is at_most reached
  std::int64_t last_ = 0, last_end_ = 0, shift_ = 0;
};

}  // namespace

void pictures(File& file, const Wish& wish, const ShowPicture& show) {
  if (file.pictures() == nullptr) throw unsupported("it has no pictures that are decoded here");
  Shower shower(file, wish, show);
  if (file.is_picture() || file.is_cover(*file.pictures()))
    shower.still();
  else
    shower.video();
  file.watch().done();
}

}  // namespace earshot::video
