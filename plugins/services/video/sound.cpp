// The sound of a file as 16,000 samples a second of one channel, on the clock of its pictures: gaps become silence,
// what overlaps is cut.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "video/decoder.hpp"
#include "video/taking.hpp"

namespace earshot::video {
namespace {

constexpr std::int64_t kRate = 16'000;
constexpr std::int64_t kChunk = kRate;              // samples that are shown at a time
constexpr std::int64_t kJitter = kRate / 20;        // samples that a timestamp may be off without meaning it
constexpr std::int64_t kMostSilence = 600 * kRate;  // of it more than there is sound

// Samples in order, in chunks.
class Line {
 public:
  Line(Watch& watch, const Wish& wish, const ShowSound& show)
      : watch_(watch), show_(show), most_(wish.at_most / 1'000'000 * kRate / 1000) {}

  std::int64_t count() const { return shown_ + static_cast<std::int64_t>(chunk_.size()); }
  bool is_full() const { return full_; }
  // The next `count` samples are left out.
  void drop(std::int64_t count) { drop_ = count; }

  void add(const std::int16_t* samples, std::int64_t count) {
    const std::int64_t dropped = std::min(drop_, count);
    drop_ -= dropped, samples += dropped, count -= dropped;
    while (count > 0 && !full_) {
      const std::int64_t n =
          std::min({count, kChunk - static_cast<std::int64_t>(chunk_.size()), most_ - this->count()});
      chunk_.insert(chunk_.end(), samples, samples + n);
      samples += n, count -= n;
      if (this->count() >= most_) full_ = true;
      if (static_cast<std::int64_t>(chunk_.size()) == kChunk) flush();
    }
  }
  void add_silence(std::int64_t count) {
    static constexpr std::array<std::int16_t, 4000> kSilence{};
    for (drop_ = 0; count > 0 && !full_; count -= std::min<std::int64_t>(count, kSilence.size())) {
      watch_.check();
      add(kSilence.data(), std::min<std::int64_t>(count, kSilence.size()));
    }
  }
  void flush() {
    if (chunk_.empty()) return;
    ear_sound sound{};
    sound.size = sizeof sound, sound.count = static_cast<std::uint32_t>(chunk_.size());
    sound.samples = chunk_.data(), sound.start = shown_ * (kSecond / kRate);
    shown_ += static_cast<std::int64_t>(chunk_.size());
    const bool more = watch_.shown([&] { return show_(sound); });
    chunk_.clear();
    if (!more) full_ = true, unwanted_ = true;
  }
  bool is_unwanted() const { return unwanted_; }

 private:
  Watch& watch_;
  const ShowSound& show_;
  std::int64_t most_;
  std::int64_t shown_ = 0, drop_ = 0;
  bool full_ = false, unwanted_ = false;
  std::vector<std::int16_t> chunk_;
};

// What a frame's samples are like; they are brought to one form by a resampler for that.
struct Form {
  int format = -1, rate = 0, channels = 0;
  std::uint64_t mask = 0;
  bool operator==(const Form&) const = default;
};

class Listener {
 public:
  Listener(File& file, const Wish& wish, const ShowSound& show)
      : file_(file), decoder_(file, *file.sound()), line_(file.watch(), wish, show) {}

  void run() {
    const AVStream& stream = decoder_.stream();
    file_.want({&stream});
    const Packet packet = make_packet();
    const auto each = [&](const AVFrame& frame) { return take(frame); };
    bool more = true;
    while (more && file_.next(*packet)) more = decoder_.decode(packet.get(), each);
    if (more) more = decoder_.decode(nullptr, each);
    if (!line_.is_full()) drain();
    if (!line_.is_unwanted()) line_.flush();
    if (line_.is_full()) return;
    const auto broken = file_.why_broken();
    const std::string why = broken.value_or("its data are damaged");
    if (decoder_.frames() == 0) throw invalid("none of its sound can be decoded: " + why);
    if (broken || decoder_.is_damaged())
      throw invalid("its sound broke off at " + clock_text(line_.count() * (kSecond / kRate)) + ": " + why);
  }

 private:
  bool take(const AVFrame& frame) {
    file_.watch().check();
    if (frame.nb_samples <= 0 || frame.sample_rate <= 0) return true;
    set_form(frame);
    if (const auto t = file_.time(frame.best_effort_timestamp, decoder_.stream().time_base)) place(*t);
    file_.watch().progress(line_.count() * (kSecond / kRate), file_.duration());
    convert(frame.extended_data, frame.nb_samples);
    return !line_.is_full();
  }

  // The next samples begin at `t`.
  void place(std::int64_t t) {
    const std::int64_t at = t / 1000 * kRate / 1'000'000;
    const std::int64_t expected = line_.count() + swr_get_delay(resampler_.get(), kRate);
    if (at - expected > kJitter) {
      drain();
      const std::int64_t silence = at - line_.count();
      silence_ += silence;
      if (silence_ > kMostSilence + line_.count())
        throw invalid("its sound jumps at " + clock_text(line_.count() * (kSecond / kRate)) + " to " + clock_text(t));
      line_.add_silence(silence);
    } else if (expected - at > kJitter) {
      line_.drop(expected - at);
    }
  }

  void set_form(const AVFrame& frame) {
    AVChannelLayout layout{};
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_NATIVE)
      layout = frame.ch_layout;
    else
      av_channel_layout_default(&layout, frame.ch_layout.nb_channels);
    const Form form{frame.format, frame.sample_rate, layout.nb_channels,
                    layout.order == AV_CHANNEL_ORDER_NATIVE ? layout.u.mask : 0};
    if (resampler_ != nullptr && form == form_) return;
    if (resampler_ != nullptr) drain();
    form_ = form;
    AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
    SwrContext* made = nullptr;
    const int set = swr_alloc_set_opts2(&made, &mono, AV_SAMPLE_FMT_S16, static_cast<int>(kRate), &layout,
                                        static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
    resampler_.reset(made);
    if (set < 0 || made == nullptr || swr_init(made) < 0)
      throw invalid("its " + std::to_string(frame.ch_layout.nb_channels) + " channels at " +
                    std::to_string(frame.sample_rate) + " samples a second cannot be brought to one");
  }

  void convert(std::uint8_t* const* samples, int count) {
    const int most = swr_get_out_samples(resampler_.get(), count);
    if (most < 0) throw invalid("its sound cannot be resampled");
    converted_.resize(static_cast<std::size_t>(most) + 1);
    auto* to = reinterpret_cast<std::uint8_t*>(converted_.data());
    const int got = swr_convert(resampler_.get(), &to, most, const_cast<const std::uint8_t**>(samples), count);
    if (got < 0) throw invalid("its sound cannot be resampled: " + meaning(got));
    line_.add(converted_.data(), got);
  }
  // What the resampler still holds back.
  void drain() {
    if (resampler_ == nullptr) return;
    convert(nullptr, 0);
    swr_init(resampler_.get());
  }

  File& file_;
  Decoder decoder_;
  Line line_;
  Resampler resampler_;
  Form form_;
  std::vector<std::int16_t> converted_;
  std::int64_t silence_ = 0;  // samples of it so far
};

}  // namespace

void sound(File& file, const Wish& wish, const ShowSound& show) {
  if (file.sound() == nullptr) throw unsupported("it has no sound that is decoded here");
  Listener(file, wish, show).run();
  file.watch().done();
}

}  // namespace earshot::video
