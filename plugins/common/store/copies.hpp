// copies.hpp: deliveries that were accepted and are not durable yet, as copies of their own, so that a transaction that
// fails can be made again. Memory grows to what was needed once and stays. One instance for one thread.
#pragma once

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/types.hpp"

namespace earshot::store {

// Gives authors other names.
class Disguise {
 public:
  virtual ~Disguise() = default;
  virtual std::string of(std::string_view platform, std::string_view name) const = 0;
};

class Copies {
 public:
  Copies() : memory_(first_.get(), kFirst) {}

  // From now on authors are copied under other names alone, without whatever else tells who they are. `disguise` has to
  // outlive this; nullptr: as they are.
  void disguise(const Disguise* disguise) { disguise_ = disguise; }

  void add(const ear_delivery& delivery);
  std::span<const ear_delivery> all() const { return all_; }
  std::size_t size() const { return all_.size(); }
  std::size_t bytes() const { return bytes_; }  // of the copies
  void clear();

 private:
  static constexpr std::size_t kFirst = 1 << 20;

  void* take(std::size_t size, std::size_t alignment) {
    bytes_ += size;
    return memory_.allocate(size, alignment);
  }
  template <class T>
  T* array(std::size_t count) {
    return static_cast<T*>(take(count * sizeof(T), alignof(T)));
  }
  ear_str text(ear_str from);
  void hide(ear_post& post, ear_author& author);
  void hide(ear_evidence& evidence);
  ear_value value(const ear_value& from);
  const ear_value* values(const ear_value* from, std::uint32_t count);
  const ear_post* post(const ear_post& from);
  ear_author* author(const ear_author& from);
  const ear_alert* alert(const ear_alert& from);
  const ear_gap* gap(const ear_gap& from);

  std::unique_ptr<std::byte[]> first_{std::make_unique_for_overwrite<std::byte[]>(kFirst)};
  std::pmr::monotonic_buffer_resource memory_;
  std::vector<ear_delivery> all_;
  std::size_t bytes_ = 0;
  const Disguise* disguise_ = nullptr;
};

}  // namespace earshot::store
