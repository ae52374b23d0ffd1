// source.hpp: write a source. A class with
//
//   void open(std::string_view cursor);        go to a position, or to the beginning (empty)     [worker]
//   earshot::Polled poll(earshot::SourceOut&); push what there is, then the cursor that covers it [worker]
//   void committed(std::string_view cursor);   optional: everything up to here is safe            [worker]
//   void reread(std::string_view raw, std::string_view place, earshot::SourceOut&);
//                                              optional: reads once more what it rejected         [worker]
//
// Calls for one instance never overlap. A source never stores its position: the host does, together with everything
// that came of the posts before it, and brings it back through `open`.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "earshot/component.hpp"

namespace earshot {

// What comes after a poll.
struct Polled {
  ear_status status = EAR_OK;
  Duration retry_after{0};

  static Polled more() { return {}; }                                                 // call again at once
  static Polled idle(Duration retry_after = {}) { return {EAR_AGAIN, retry_after}; }  // nothing for now
  static Polled end() { return {EAR_END, {}}; }                                       // nothing will ever come again
};

// What a source says. Everything is copied before the call returns, except text inside buffer().
class SourceOut {
 public:
  explicit SourceOut(const ear_source_out& raw) : raw_(&raw) {}
  const ear_source_out& raw() const { return *raw_; }
  std::uint32_t max_posts() const { return raw_->max_posts; }

  // Memory of the batch, valid until poll returns: read into it, and what a post says from in there is not copied.
  char* buffer(std::size_t size) { return raw_->buffer(raw_->ctx, size); }
  void post(const ear_post& post) { raw_->post(raw_->ctx, &post); }
  void reject(std::string_view raw, std::string_view place, std::string_view reason) {
    raw_->reject(raw_->ctx, bytes(raw), str(place), str(reason));
  }
  void complete_until(Time t) { raw_->complete_until(raw_->ctx, ticks(t)); }
  void gap(Time from, Time to, std::string_view reason) { raw_->gap(raw_->ctx, ticks(from), ticks(to), str(reason)); }
  void cursor(std::string_view cursor) { raw_->cursor(raw_->ctx, bytes(cursor)); }

 private:
  const ear_source_out* raw_;
};

namespace detail {

template <class T>
struct SourceCalls {
  static ear_status open(void* self, ear_bytes cursor, ear_error* error) noexcept {
    return guarded(error, [&] { return Entered<T>(self)->open(view(cursor)), ear_status{EAR_OK}; });
  }
  static ear_status poll(void* self, const ear_source_out* raw, ear_error* error) noexcept {
    return guarded(error, [&] {
      SourceOut out{*raw};
      const Polled polled = Entered<T>(self)->poll(out);
      if (error != nullptr) error->retry_after = polled.retry_after.count();
      return polled.status;
    });
  }
  static ear_status committed(void* self, ear_bytes cursor, ear_error* error) noexcept {
    return guarded(error, [&] { return Entered<T>(self)->committed(view(cursor)), ear_status{EAR_OK}; });
  }
  static ear_status reread(void* self, ear_bytes raw, ear_str place, const ear_source_out* raw_out,
                           ear_error* error) noexcept {
    return guarded(error, [&] {
      SourceOut out{*raw_out};
      return Entered<T>(self)->reread(view(raw), view(place), out), ear_status{EAR_OK};
    });
  }
  static constexpr ear_source table() {
    ear_source calls{sizeof(ear_source), 0, open, poll, nullptr, nullptr};
    if constexpr (requires(T t, std::string_view raw, SourceOut out) { t.reread(raw, raw, out); })
      calls.reread = reread;
    if constexpr (requires(T t, std::string_view cursor) { t.committed(cursor); }) calls.committed = committed;
    return calls;
  }
};
template <class T>
inline constexpr ear_source source_calls = SourceCalls<T>::table();

}  // namespace detail

template <class OptionsType = NoOptions>
class Source : public Component<OptionsType> {
 public:
  static constexpr std::uint32_t kind = EAR_SOURCE;
  template <class T>
  static constexpr void set_calls(ear_component& component) {
    component.source = &detail::source_calls<T>;
  }
};

}  // namespace earshot
