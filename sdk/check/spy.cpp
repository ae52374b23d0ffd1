#include "check/spy.hpp"

#include <atomic>
#include <cstring>
#include <mutex>
#include <thread>

#include "earshot/types.hpp"

namespace earshot::check {

namespace {

// Everything the spy knows. Lives as long as the process, which checks one component.
struct Spy {
  const ear_component* real = nullptr;
  ear_component table{};
  ear_source source{};
  ear_detector detector{};
  ear_sink sink{};
  std::thread::id main = std::this_thread::get_id();
  std::mutex mutex;  // guards what follows
  Seen seen;
};
Spy& spy() {
  static Spy* one = new Spy;  // a plugin's thread may still call while the process ends
  return *one;
}

void note(std::vector<std::string> Seen::*list, std::string text) {
  const std::lock_guard lock(spy().mutex);
  (spy().seen.*list).push_back(std::move(text));
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t more = c < 0x80                ? 0
                             : c >= 0xC2 && c < 0xE0 ? 1
                             : c >= 0xE0 && c < 0xF0 ? 2
                             : c >= 0xF0 && c < 0xF5 ? 3
                                                     : 9;
    if (more == 9 || i + more >= text.size() + (more == 0 ? 1 : 0)) return false;
    for (std::size_t k = 1; k <= more; ++k)
      if ((text[i + k] & 0xC0) != 0x80) return false;
    i += more + 1;
  }
  return true;
}

// What the error says, or what is wrong with how it says it.
std::string fault_of(const ear_error& error) {
  const std::size_t length = strnlen(error.message, sizeof error.message);
  if (length == 0) return "has no message";
  if (length == sizeof error.message) return "has a message that does not end in NUL";
  if (!is_utf8({error.message, length})) return "has a message that is not UTF-8";
  if (strnlen(error.option, sizeof error.option) == sizeof error.option)
    return "has an option that does not end in NUL";
  return {};
}

ear_status judged(const char* call, ear_status status, const ear_error* error) {
  if (status == EAR_OK || status == EAR_AGAIN || status == EAR_END || status == EAR_CANCELLED) return status;
  {
    const std::lock_guard lock(spy().mutex);
    ++spy().seen.errors;
  }
  if (error != nullptr)
    if (const std::string fault = fault_of(*error); !fault.empty())
      note(&Seen::wordless, std::string(call) + " answered " + std::to_string(status) + " with an error that " + fault);
  return status;
}

// Makes the call. What comes out of it as an exception becomes Escaped, which no plugin throws.
template <class Call>
ear_status observed(const char* name, ear_error* error, Call&& call) {
  ear_status status;
  try {
    status = call();
  } catch (const std::exception& thrown) {
    throw Escaped(std::string("an exception came out of ") + name + ": " + thrown.what());
  } catch (...) {
    throw Escaped(std::string("an exception that is no std::exception came out of ") + name);
  }
  return judged(name, status, error);
}

// Callbacks lent for one call. They live on, so that a use after the call is seen and is not undefined.
template <class Out>
struct Lent {
  Out table{};
  const Out* real = nullptr;
  const char* call = nullptr;
  std::atomic<bool> open{true};

  static bool may(void* ctx, const char* what) {
    auto& lent = *static_cast<Lent*>(ctx);
    if (!lent.open) note(&Seen::late, std::string(what) + " was called after " + lent.call + " had returned");
    return lent.open;
  }
  static const Out& real_of(void* ctx) { return *static_cast<Lent*>(ctx)->real; }
};

template <class Out>
Lent<Out>& lend(const Out& real, const char* call) {
  auto* lent = new Lent<Out>;  // never freed: see above
  lent->table = real, lent->real = &real, lent->call = call, lent->table.ctx = lent;
  return *lent;
}

using DetectorLent = Lent<ear_detector_out>;
const ear_detector_out& watched(DetectorLent& lent) {
  lent.table.finding = [](void* c, const ear_finding* f) {
    if (DetectorLent::may(c, "finding")) DetectorLent::real_of(c).finding(DetectorLent::real_of(c).ctx, f);
  };
  lent.table.segment = [](void* c, std::uint32_t post, const ear_segment* s) {
    if (DetectorLent::may(c, "segment")) DetectorLent::real_of(c).segment(DetectorLent::real_of(c).ctx, post, s);
  };
  lent.table.alert = [](void* c, const ear_alert* a) {
    if (DetectorLent::may(c, "alert")) DetectorLent::real_of(c).alert(DetectorLent::real_of(c).ctx, a);
  };
  lent.table.stop = [](void* c, std::uint32_t post) {
    if (DetectorLent::may(c, "stop")) DetectorLent::real_of(c).stop(DetectorLent::real_of(c).ctx, post);
  };
  lent.table.reject = [](void* c, std::uint32_t post, ear_str reason) {
    if (DetectorLent::may(c, "reject")) DetectorLent::real_of(c).reject(DetectorLent::real_of(c).ctx, post, reason);
  };
  lent.table.wake_at = [](void* c, ear_time t) {
    if (DetectorLent::may(c, "wake_at")) DetectorLent::real_of(c).wake_at(DetectorLent::real_of(c).ctx, t);
  };
  return lent.table;
}

using SourceLent = Lent<ear_source_out>;
const ear_source_out& watched(SourceLent& lent) {
  lent.table.buffer = [](void* c, std::size_t size) -> char* {
    return SourceLent::may(c, "buffer") ? SourceLent::real_of(c).buffer(SourceLent::real_of(c).ctx, size) : nullptr;
  };
  lent.table.post = [](void* c, const ear_post* p) {
    if (SourceLent::may(c, "post")) SourceLent::real_of(c).post(SourceLent::real_of(c).ctx, p);
  };
  lent.table.reject = [](void* c, ear_bytes raw, ear_str place, ear_str reason) {
    if (SourceLent::may(c, "reject")) SourceLent::real_of(c).reject(SourceLent::real_of(c).ctx, raw, place, reason);
  };
  lent.table.complete_until = [](void* c, ear_time t) {
    if (SourceLent::may(c, "complete_until")) SourceLent::real_of(c).complete_until(SourceLent::real_of(c).ctx, t);
  };
  lent.table.gap = [](void* c, ear_time from, ear_time to, ear_str reason) {
    if (SourceLent::may(c, "gap")) SourceLent::real_of(c).gap(SourceLent::real_of(c).ctx, from, to, reason);
  };
  lent.table.cursor = [](void* c, ear_bytes cursor) {
    if (SourceLent::may(c, "cursor")) SourceLent::real_of(c).cursor(SourceLent::real_of(c).ctx, cursor);
  };
  return lent.table;
}

const ear_component& real() {
  return *spy().real;
}

void set_source_calls(const ear_source& calls) {
  Spy& s = spy();
  s.source = calls;
  s.source.open = [](void* self, ear_bytes cursor, ear_error* e) {
    return observed("open", e, [&] { return real().source->open(self, cursor, e); });
  };
  s.source.poll = [](void* self, const ear_source_out* out, ear_error* e) {
    SourceLent& lent = lend(*out, "poll");
    const ear_status status = observed("poll", e, [&] { return real().source->poll(self, &watched(lent), e); });
    lent.open = false;
    return status;
  };
  if (calls.committed != nullptr)
    s.source.committed = [](void* self, ear_bytes cursor, ear_error* e) {
      return observed("committed", e, [&] { return real().source->committed(self, cursor, e); });
    };
}

void set_detector_calls(const ear_detector& calls) {
  Spy& s = spy();
  s.detector = calls;
  s.detector.detect = [](void* self, const ear_batch* batch, const ear_detector_out* out, ear_error* e) {
    DetectorLent& lent = lend(*out, "detect");
    const ear_status status =
        observed("detect", e, [&] { return real().detector->detect(self, batch, &watched(lent), e); });
    lent.open = false;
    return status;
  };
  if (calls.advance != nullptr)
    s.detector.advance = [](void* self, ear_time t, const ear_detector_out* out, ear_error* e) {
      DetectorLent& lent = lend(*out, "advance");
      const ear_status status =
          observed("advance", e, [&] { return real().detector->advance(self, t, &watched(lent), e); });
      lent.open = false;
      return status;
    };
  if (calls.share != nullptr)
    s.detector.share = [](void* self, void** sibling, ear_error* e) {
      return observed("share", e, [&] { return real().detector->share(self, sibling, e); });
    };
}

void set_sink_calls(const ear_sink& calls) {
  spy().sink = calls;
  spy().sink.write = [](void* self, const ear_deliveries* d, std::uint32_t* accepted, ear_error* e) {
    return observed("write", e, [&] { return real().sink->write(self, d, accepted, e); });
  };
  spy().sink.flush = [](void* self, ear_error* e) {
    return observed("flush", e, [&] { return real().sink->flush(self, e); });
  };
}

void set_life_calls(ear_component& table) {
  table.create = [](const ear_host* host, const ear_value* values, void** self, ear_error* e) {
    return observed("create", e, [&] { return real().create(host, values, self, e); });
  };
  table.destroy = [](void* self) {
    try {
      real().destroy(self);
    } catch (...) {
      note(&Seen::late, "an exception came out of destroy");
    }
  };
  if (table.start != nullptr)
    table.start = [](void* self, ear_error* e) { return observed("start", e, [&] { return real().start(self, e); }); };
  if (table.stop != nullptr)
    table.stop = [](void* self, ear_error* e) { return observed("stop", e, [&] { return real().stop(self, e); }); };
  if (table.save != nullptr)
    table.save = [](void* self, const ear_state_out* out, ear_error* e) {
      return observed("save", e, [&] { return real().save(self, out, e); });
    };
  if (table.load != nullptr)
    table.load = [](void* self, std::uint32_t version, ear_str key, ear_bytes value, ear_error* e) {
      return observed("load", e, [&] { return real().load(self, version, key, value, e); });
    };
}

}  // namespace

const ear_component& spy_on(const ear_component& component) {
  Spy& s = spy();
  s.real = &component;
  s.table = component;
  set_life_calls(s.table);
  if (component.source != nullptr) set_source_calls(*component.source), s.table.source = &s.source;
  if (component.detector != nullptr) set_detector_calls(*component.detector), s.table.detector = &s.detector;
  if (component.sink != nullptr) set_sink_calls(*component.sink), s.table.sink = &s.sink;
  return s.table;
}

Seen seen() {
  const std::lock_guard lock(spy().mutex);
  return spy().seen;
}

const void* no_service(void*, ear_str) {
  if (std::this_thread::get_id() != spy().main) note(&Seen::wrong_thread, "service was called off the main thread");
  return nullptr;
}

}  // namespace earshot::check
