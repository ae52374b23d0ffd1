// testing/sink.hpp: drives a sink: deliveries of posts, alerts and gaps, offered again behind the prefix that it
// took, and delivered again as after a crash. One thread.
#pragma once

#include <deque>
#include <memory_resource>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "earshot/testing/harness.hpp"

namespace earshot::testing {

// One thing to deliver; the one that `kind` names is meant.
struct TestDelivery {
  std::uint32_t kind = EAR_DELIVERY_POST;
  TestPost post;
  TestAlert alert;
  TestGap gap;
};

inline ear_delivery raw(const TestDelivery& d, std::pmr::memory_resource& memory, Layout layout = {}) {
  ear_delivery out{sizeof(ear_delivery), d.kind, {}, 0, nullptr, nullptr, nullptr};
  if (d.kind == EAR_DELIVERY_POST) {
    out.post = freeze(d.post, 0, memory, layout);
    out.id = out.post->key, out.revision = d.post.revision;
  } else if (d.kind == EAR_DELIVERY_ALERT) {
    out.alert = freeze(d.alert, memory, layout);
    out.id = out.alert->id, out.revision = d.alert.revision;
  } else {
    detail::Placed<ear_gap> gap(1, layout, memory);
    gap.set(0, raw_gap(d.gap, memory));
    out.gap = gap.first(), out.id = identity(d.gap.source, std::to_string(ticks(d.gap.from)));
  }
  return out;
}

inline const ear_deliveries* freeze_deliveries(const std::vector<const TestDelivery*>& items,
                                               std::pmr::memory_resource& memory, Layout layout = {}) {
  detail::Placed<ear_delivery> placed(items.size(), layout, memory);
  for (std::size_t i = 0; i < items.size(); ++i) placed.set(i, raw(*items[i], memory, layout));
  detail::Placed<ear_deliveries> all(1, layout, memory);
  all.set(0, {0, static_cast<std::uint32_t>(items.size()), placed.first(), placed.stride(), 0});
  return all.first();
}

class SinkHarness : public HarnessBase {
 public:
  using HarnessBase::HarnessBase;

  TestPost& post(std::string_view text) { return post().body(text); }
  TestPost& post() {
    TestDelivery d;
    d.post.id = std::to_string(items_.size() + 1);
    d.post.published = d.post.collected = now() + std::chrono::seconds{items_.size()};
    return items_.emplace_back(std::move(d)).post;
  }
  TestAlert& alert(std::string_view kind, std::string_view subject) {
    TestDelivery d;
    d.kind = EAR_DELIVERY_ALERT;
    d.alert.kind = kind, d.alert.subject = subject, d.alert.start = now(), d.alert.end = now() + std::chrono::hours{1};
    return items_.emplace_back(std::move(d)).alert;
  }
  TestGap& gap(std::string_view from, std::string_view to, std::string_view reason = "unreachable") {
    TestDelivery d;
    d.kind = EAR_DELIVERY_GAP, d.gap = {at(from), at(to), std::string(reason), "test"};
    return items_.emplace_back(std::move(d)).gap;
  }

  // Offers everything that was not offered yet, at most `at_once` deliveries a call (0: all), until it is taken.
  void write(std::size_t at_once = 0) {
    start();
    while (written_ < items_.size()) written_ += write_from(written_, items_.size(), at_once);
  }
  // The same deliveries once more, as after a restart from an older checkpoint.
  void redeliver() {
    start();
    for (std::size_t i = 0; i < written_;) i += write_from(i, written_, 0);
  }
  void flush() {
    component_.call("flush", [&](ear_error* e) { return component_.table().sink->flush(component_.self(), e); });
  }
  // Deliveries that can never be taken, each with the reason.
  const std::vector<std::pair<std::size_t, std::string>>& refused() const { return refused_; }
  std::size_t calls() const { return calls_; }

 private:
  std::size_t write_from(std::size_t from, std::size_t to, std::size_t at_once) {
    std::pmr::monotonic_buffer_resource memory;
    std::vector<const TestDelivery*> some;
    for (std::size_t i = from; i < to && (at_once == 0 || some.size() < at_once); ++i) some.push_back(&items_[i]);
    std::uint32_t accepted = 0;
    ear_error error = make_error();
    ++calls_;
    const ear_status status =
        component_.table().sink->write(component_.self(), freeze_deliveries(some, memory), &accepted, &error);
    if (status == EAR_INVALID && error.post < some.size()) {
      refused_.emplace_back(from + error.post, error.message);
      return error.post + 1;
    }
    if (status == EAR_AGAIN || status == EAR_RATE_LIMITED || status == EAR_IO) {
      if (++failures_ > 10) throw CallFailed("write", status, error);
      now(now() + Duration{error.retry_after});
      return accepted;
    }
    if (status != EAR_OK) throw CallFailed("write", status, error);
    if (accepted > some.size()) throw ContractBroken("the sink says that it took more than it was given");
    if (accepted == 0 && ++failures_ > 10) throw ContractBroken("the sink takes nothing and says EAR_OK");
    return accepted;
  }

  std::deque<TestDelivery> items_;
  std::size_t written_ = 0, calls_ = 0;
  int failures_ = 0;
  std::vector<std::pair<std::size_t, std::string>> refused_;
};

}  // namespace earshot::testing
