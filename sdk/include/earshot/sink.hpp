// sink.hpp: write a sink. A class with
//
//   void write(const earshot::Delivery&);  takes one post, alert or gap; throws to refuse it      [worker]
//   void flush();                          everything written is durable when it returns          [worker]
//
// or, to take many at once, `std::uint32_t write(const earshot::Deliveries&)`, which returns how many of them, from the
// first on, it took. Calls for one instance never overlap. A delivery has an id and a revision: writing it again
// changes nothing, and a lower revision than the one written before is ignored.
#pragma once

#include <cstdint>

#include "earshot/component.hpp"

namespace earshot {

class Delivery {
 public:
  explicit Delivery(const ear_delivery& raw) : raw_(&raw) {}
  const ear_delivery& raw() const { return *raw_; }
  ear_id id() const { return raw_->id; }
  std::uint64_t revision() const { return raw_->revision; }
  bool is_post() const { return raw_->kind == EAR_DELIVERY_POST; }
  bool is_alert() const { return raw_->kind == EAR_DELIVERY_ALERT; }
  bool is_gap() const { return raw_->kind == EAR_DELIVERY_GAP; }
  Post post() const { return Post{*raw_->post}; }  // REQUIRES: is_post()
  const ear_alert& alert() const { return *raw_->alert; }
  const ear_gap& gap() const { return *raw_->gap; }

 private:
  const ear_delivery* raw_;
};

class Deliveries : public Strided<ear_delivery, Delivery> {
 public:
  explicit Deliveries(const ear_deliveries& raw) : Strided(raw.items, raw.count, raw.stride) {}
};

namespace detail {

template <class T>
struct SinkCalls {
  static ear_status write(void* self, const ear_deliveries* raw, std::uint32_t* accepted, ear_error* error) noexcept {
    *accepted = 0;
    return guarded(error, [&] {
      Entered<T> object(self);
      const Deliveries deliveries{*raw};
      if constexpr (requires(T t) {
                      { t.write(deliveries) } -> std::convertible_to<std::uint32_t>;
                    }) {
        *accepted = object->write(deliveries);
      } else {
        for (; *accepted < deliveries.size(); ++*accepted) write_one(*object, deliveries[*accepted], *accepted);
      }
      return ear_status{EAR_OK};
    });
  }
  static void write_one(T& object, const Delivery& delivery, std::uint32_t index) {
    try {
      object.write(delivery);
    } catch (Error& e) {
      if (e.status == EAR_INVALID) e.post = index;
      throw;
    }
  }
  static ear_status flush(void* self, ear_error* error) noexcept {
    return guarded(error, [&] { return Entered<T>(self)->flush(), ear_status{EAR_OK}; });
  }
};
template <class T>
inline constexpr ear_sink sink_calls{sizeof(ear_sink), 0, SinkCalls<T>::write, SinkCalls<T>::flush};

}  // namespace detail

template <class OptionsType = NoOptions>
class Sink : public Component<OptionsType> {
 public:
  static constexpr std::uint32_t kind = EAR_SINK;
  template <class T>
  static constexpr void set_calls(ear_component& component) {
    component.sink = &detail::sink_calls<T>;
  }
};

}  // namespace earshot
