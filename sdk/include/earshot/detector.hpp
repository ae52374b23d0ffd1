// detector.hpp: write a detector. A class with `detect`, for one post or for a batch:
//
//   class Loudness : public earshot::Detector<LoudnessOptions> {
//    public:
//     static constexpr earshot::Info info{"loudness", "Marks posts that shout", EAR_STATELESS};
//     void detect(const earshot::Post& post, earshot::Out& out);
//   };
//
// Calls for one instance never overlap. A stateless detector that can be copied gets one copy for each worker, made
// after start(): keep the model behind a std::shared_ptr<const Model>. Event time only: any cutting of the same posts
// into batches, and any save and load in between, must give the same findings and alerts.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "earshot/component.hpp"

namespace earshot {

// A finding as a detector writes it; whatever is not set is not said.
struct Finding {
  std::string_view kind;
  std::string_view subject = {};
  double score = 1;
  std::uint32_t segment = none;      // number of the segment
  std::uint32_t begin = 0, end = 0;  // bytes in its text
  std::uint32_t media = none;        // number of the media
  Duration start{0}, stop{0};        // in the media
  std::string_view value = {};
  std::string_view reason = {};
  std::span<const ear_value> attributes = {};
  ear_quad box = {};
};

// What a detector says. Everything is copied before the call returns.
class Out {
 public:
  explicit Out(const ear_detector_out& raw) : raw_(&raw) {}

  void finding(const Post& post, const Finding& f) { finding(post.index(), f); }
  void finding(std::uint32_t post, const Finding& f) {
    ear_finding raw = make_finding(post, f.kind, f.subject, f.score);
    raw.segment = f.segment, raw.begin = f.begin, raw.end = f.end;
    raw.media = f.media, raw.start = f.start.count(), raw.stop = f.stop.count(), raw.box = f.box;
    raw.value = str(f.value), raw.reason = str(f.reason);
    raw.attributes = f.attributes.data(), raw.attribute_count = static_cast<std::uint32_t>(f.attributes.size());
    raw_->finding(raw_->ctx, &raw);
  }
  void segment(const Post& post, const ear_segment& segment) { raw_->segment(raw_->ctx, post.index(), &segment); }
  void alert(const ear_alert& alert) { raw_->alert(raw_->ctx, &alert); }
  void stop(const Post& post) { raw_->stop(raw_->ctx, post.index()); }
  void reject(const Post& post, std::string_view reason) { raw_->reject(raw_->ctx, post.index(), str(reason)); }
  void wake_at(Time t) { raw_->wake_at(raw_->ctx, ticks(t)); }

 private:
  const ear_detector_out* raw_;
};

class Batch {
 public:
  explicit Batch(const ear_batch& raw) : raw_(&raw) {}
  std::uint32_t size() const { return raw_->count; }
  Post operator[](std::uint32_t i) const { return Post{*raw_->posts[i], i}; }
  Strided<ear_gap, Gap> gaps() const { return {raw_->gaps, raw_->gap_count, raw_->gap_stride}; }
  const ear_batch& raw() const { return *raw_; }

 private:
  const ear_batch* raw_;
};

namespace detail {

template <class T>
struct DetectorCalls {
  static ear_status detect(void* self, const ear_batch* raw, const ear_detector_out* raw_out,
                           ear_error* error) noexcept {
    return guarded(error, [&] {
      Entered<T> object(self);
      Out out{*raw_out};
      const Batch batch{*raw};
      if constexpr (requires(T t) { t.detect(batch, out); }) {
        object->detect(batch, out);
      } else {
        for (std::uint32_t i = 0; i < batch.size(); ++i) detect_one(*object, batch[i], out);
      }
      return ear_status{EAR_OK};
    });
  }
  // A fault in one post is that post's alone.
  static void detect_one(T& object, const Post& post, Out& out) {
    try {
      object.detect(post, out);
    } catch (const Error& e) {
      if (e.status != EAR_INVALID) throw;
      out.reject(post, e.what());
    }
  }
  static ear_status advance(void* self, ear_time watermark, const ear_detector_out* raw_out,
                            ear_error* error) noexcept {
    return guarded(error, [&] {
      Out out{*raw_out};
      return Entered<T>(self)->advance(time(watermark), out), ear_status{EAR_OK};
    });
  }
  static ear_status share(void* self, void** sibling, ear_error* error) noexcept {
    return guarded(error, [&] {
      if constexpr (std::copy_constructible<T>)
        *sibling = new Instance<T>{static_cast<Instance<T>*>(self)->object};  // given back through destroy
      return ear_status{EAR_OK};
    });
  }
  static constexpr ear_detector table() {
    ear_detector calls{sizeof(ear_detector), 0, detect, nullptr, nullptr};
    if constexpr (requires(T t, Time watermark, Out out) { t.advance(watermark, out); }) calls.advance = advance;
    if constexpr (std::copy_constructible<T>) calls.share = share;
    return calls;
  }
};
template <class T>
inline constexpr ear_detector detector_calls = DetectorCalls<T>::table();

}  // namespace detail

template <class OptionsType = NoOptions>
class Detector : public Component<OptionsType> {
 public:
  static constexpr std::uint32_t kind = EAR_DETECTOR;
  template <class T>
  static constexpr void set_calls(ear_component& component) {
    component.detector = &detail::detector_calls<T>;
  }
};

}  // namespace earshot
