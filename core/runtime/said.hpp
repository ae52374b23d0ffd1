// said.hpp: what a detector says in one call: checked, copied into the batch's arena, and kept apart until the call has
// gone well. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/batch.hpp"

namespace earshot::host {

class Said {
 public:
  static constexpr std::size_t kMostFindings = 1000;  // of one post, on average, in a call
  static constexpr std::size_t kMostAlerts = 10000;   // in a call

  Said();
  Said(const Said&) = delete;
  Said& operator=(const Said&) = delete;

  // Before a call with these posts of the batch. `posts` may be empty (advance).
  void begin(Batch& batch, ear_str detector, const ear_post* const* posts, const std::uint32_t* index,
             std::uint32_t count);
  const ear_detector_out& raw() const { return raw_; }

  // Adds it all to the batch. After a call that came to EAR_OK.
  void keep(std::uint32_t detector);
  void drop() {
    findings_.clear(), segments_.clear(), alerts_.clear(), stopped.clear(), rejected.clear(), wakes.clear();
  }

  std::vector<std::uint32_t> stopped;                           // numbers in the batch
  std::vector<std::pair<std::uint32_t, std::string>> rejected;  // and why
  std::vector<ear_time> wakes;
  std::string fault;                               // what broke the contract: the whole call counts as failed
  std::size_t finding_count = 0, alert_count = 0;  // kept so far

 private:
  // The same word again and again is copied once.
  class Word {
   public:
    ear_str keep(ear_str text, Arena& arena) {
      if (text.len == last_.len && (text.len == 0 || std::memcmp(text.ptr, last_.ptr, text.len) == 0)) return last_;
      return last_ = arena.keep(text);
    }
    void forget() { last_ = {nullptr, 0}; }

   private:
    ear_str last_{nullptr, 0};
  };
  static Said& of(void* ctx) { return *static_cast<Said*>(ctx); }
  void add(const ear_finding& finding);
  void add(std::uint32_t post, const ear_segment& segment);
  void add(const ear_alert& alert);
  bool has(std::uint32_t post, const char* what);
  void break_contract(std::string how);

  ear_detector_out raw_{};
  Batch* batch_ = nullptr;
  const Batch* words_of_ = nullptr;
  std::uint64_t words_number_ = 0;
  ear_str detector_{};
  const ear_post* const* posts_ = nullptr;
  const std::uint32_t* index_ = nullptr;
  std::uint32_t count_ = 0;
  std::vector<std::pair<std::uint32_t, ear_finding>> findings_;
  std::vector<std::pair<std::uint32_t, ear_segment>> segments_;
  std::vector<ear_alert> alerts_;
  Word kind_, subject_, value_, reason_;
};

}  // namespace earshot::host
