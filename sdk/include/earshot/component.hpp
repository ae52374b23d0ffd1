// component.hpp: what all components share: the base class with options and host, the trampolines from the
// tables of abi.h into a class, and the macro that makes a plugin of some of them.
//
// A component is a class that derives from Detector<Options>, Source<Options>, Sink<Options>, Service<Options> or
// Command<Options> and names itself:
//
//   static constexpr earshot::Info info{"loudness", "Marks posts that shout", EAR_STATELESS};
//
// It may have any of these, each found by its name:
//   void prepare();                                              [main] options and host are set; touches nothing
//                                                                outside; throws `invalid(…).at_option("name")`
//   void start(); void stop();                                   [main] acquires and releases
//   void save(StateOut&);                                        [worker]
//   void load(uint32_t version, string_view key, string_view bytes);  [main]
//   Time next_tick(); void tick(Time now);                       [worker]
//   void erase(string_view platform, string_view author);        [worker]
#pragma once

#include <array>
#include <atomic>
#include <cassert>
#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "earshot/abi.h"
#include "earshot/error.hpp"
#include "earshot/host.hpp"
#include "earshot/options.hpp"
#include "earshot/types.hpp"

namespace earshot {

struct Info {
  const char* name;
  const char* summary;
  std::uint32_t flags = 0;
  std::uint32_t state_version = 1;
};

// Where a component saves what it must remember, in pieces.
class StateOut {
 public:
  explicit StateOut(const ear_state_out& raw) : raw_(&raw) {}
  bool whole() const { return raw_->whole != 0; }  // everything, not what changed since the last save
  void put(std::string_view key, std::string_view value) { raw_->put(raw_->ctx, str(key), bytes(value)); }
  void remove(std::string_view key) { raw_->remove(raw_->ctx, str(key)); }

 private:
  const ear_state_out* raw_;
};

// Base of every component. Options and host are set before prepare() and stay.
template <class OptionsType>
class Component {
 public:
  using Options = OptionsType;
  const OptionsType& options() const { return options_; }
  const Host& host() const { return host_; }
  void setup(OptionsType options, Host host) { options_ = std::move(options), host_ = host; }

 private:
  OptionsType options_{};
  Host host_;
};

namespace detail {

// An instance behind the void* of the tables. In debug it asserts that calls do not overlap ([worker]).
template <class T>
struct Instance {
  T object;
#ifndef NDEBUG
  std::atomic<bool> busy{false};
#endif
};

template <class T>
class Entered {
 public:
#ifndef NDEBUG
  explicit Entered(void* self) : instance_(*static_cast<Instance<T>*>(self)) {
    [[maybe_unused]] const bool was_busy = instance_.busy.exchange(true);
    assert(!was_busy && "[worker]: the host made two calls at once on one instance");
  }
  ~Entered() {
    instance_.busy.store(false);
  }
  Entered(const Entered&) = delete;
  Entered& operator=(const Entered&) = delete;
#else
  explicit Entered(void* self) : instance_(*static_cast<Instance<T>*>(self)) {}
#endif
  T* operator->() {
    return &instance_.object;
  }
  T& operator*() {
    return instance_.object;
  }

 private:
  Instance<T>& instance_;
};

// The tables. Each kind's header specialises `calls` for its base class.
template <class T>
struct Lifecycle {
  static ear_status create(const ear_host* host, const ear_value* values, void** self, ear_error* error) noexcept {
    return guarded(error, [&] {
      auto instance = std::make_unique<Instance<T>>();
      typename T::Options options{};
      decltype(T::Options::schema())::fill(options, values);
      instance->object.setup(std::move(options), Host{*host});
      if constexpr (requires(T t) { t.prepare(); }) instance->object.prepare();
      *self = instance.release();
      return ear_status{EAR_OK};
    });
  }
  static void destroy(void* self) noexcept { delete static_cast<Instance<T>*>(self); }
  static ear_status start(void* self, ear_error* error) noexcept {
    return guarded(error, [&] { return Entered<T>(self)->start(), ear_status{EAR_OK}; });
  }
  static ear_status stop(void* self, ear_error* error) noexcept {
    return guarded(error, [&] { return Entered<T>(self)->stop(), ear_status{EAR_OK}; });
  }
  static ear_status save(void* self, const ear_state_out* out, ear_error* error) noexcept {
    return guarded(error, [&] {
      StateOut state{*out};
      return Entered<T>(self)->save(state), ear_status{EAR_OK};
    });
  }
  static ear_status load(void* self, std::uint32_t version, ear_str key, ear_bytes value, ear_error* error) noexcept {
    return guarded(error, [&] { return Entered<T>(self)->load(version, view(key), view(value)), ear_status{EAR_OK}; });
  }
  static ear_time next_tick(void* self) noexcept {
    try {
      return ticks(Entered<T>(self)->next_tick());
    } catch (...) {
      return EAR_TIME_END;
    }
  }
  static ear_status tick(void* self, ear_time now, ear_error* error) noexcept {
    return guarded(error, [&] { return Entered<T>(self)->tick(time(now)), ear_status{EAR_OK}; });
  }
  static ear_status erase(void* self, ear_str platform, ear_str author, ear_error* error) noexcept {
    return guarded(error, [&] { return Entered<T>(self)->erase(view(platform), view(author)), ear_status{EAR_OK}; });
  }
};

template <class T>
inline constexpr auto option_lines = decltype(T::Options::schema())(T::Options::schema()).lines;

template <class T>
constexpr ear_component describe() {
  using L = Lifecycle<T>;
  ear_component c{};
  c.size = sizeof(ear_component);
  c.kind = T::kind;
  c.flags = T::info.flags;
  c.state_version = T::info.state_version;
  c.name = T::info.name;
  c.summary = T::info.summary;
  c.options = option_lines<T>.data();
  c.option_count = static_cast<std::uint32_t>(option_lines<T>.size());
  c.option_stride = sizeof(ear_option);
  T::template set_calls<T>(c);
  c.create = L::create;
  c.destroy = L::destroy;
  if constexpr (requires(T t) { t.start(); }) c.start = L::start;
  if constexpr (requires(T t) { t.stop(); }) c.stop = L::stop;
  if constexpr (requires(T t, StateOut out) { t.save(out); }) c.save = L::save;
  if constexpr (requires(T t, std::string_view s) { t.load(std::uint32_t{}, s, s); }) c.load = L::load;
  if constexpr (requires(T t) { t.next_tick(); }) c.next_tick = L::next_tick;
  if constexpr (requires(T t, Time now) { t.tick(now); }) c.tick = L::tick;
  if constexpr (requires(T t, std::string_view s) { t.erase(s, s); }) c.erase = L::erase;
  return c;
}

template <class T>
inline constexpr ear_component component_of = describe<T>();

template <class... Ts>
inline constexpr const ear_component* components_of[] = {&component_of<Ts>..., nullptr};

}  // namespace detail
}  // namespace earshot

// EARSHOT_PLUGIN("org.example.loudness", "1.0.0", "Example", "Apache-2.0", "Says who shouts", Loudness, …)
// makes the one symbol that a plugin exports. Once in a plugin, outside of any namespace.
#define EARSHOT_PLUGIN(id, version, vendor, licence, summary, ...)                                       \
  extern "C" EAR_EXPORT const ear_module earshot_module = {sizeof(ear_module),                           \
                                                           EAR_ABI(EAR_ABI_MAJOR, EARSHOT_TARGET_MINOR), \
                                                           id,                                           \
                                                           version,                                      \
                                                           vendor,                                       \
                                                           licence,                                      \
                                                           summary,                                      \
                                                           ::earshot::detail::components_of<__VA_ARGS__>};
