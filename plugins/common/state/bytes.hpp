// bytes.hpp: saved state as bytes and back, the same on every machine that Earshot runs on. Values; any thread.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "earshot/error.hpp"

namespace earshot::state {

class BytesOut {
 public:
  void number(std::uint64_t n) {
    for (; n >= 0x80; n >>= 7) text_ += static_cast<char>(n | 0x80);
    text_ += static_cast<char>(n);
  }
  void integer(std::int64_t n) { number(static_cast<std::uint64_t>(n) << 1 ^ static_cast<std::uint64_t>(n >> 63)); }
  void real(double r) {
    const auto bits = std::bit_cast<std::uint64_t>(r);
    text_.append(reinterpret_cast<const char*>(&bits), sizeof bits);
  }
  void real32(float r) {
    const auto bits = std::bit_cast<std::uint32_t>(r);
    text_.append(reinterpret_cast<const char*>(&bits), sizeof bits);
  }
  void text(std::string_view t) { number(t.size()), text_ += t; }
  const std::string& bytes() const { return text_; }

 private:
  std::string text_;
};

// Throws `invalid` where the bytes are none of this detector's.
class BytesIn {
 public:
  explicit BytesIn(std::string_view bytes) : left_(bytes) {}
  bool at_end() const { return left_.empty(); }
  std::uint64_t number() {
    std::uint64_t n = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1)[0]);
      n |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return n;
    }
    throw bad();
  }
  std::int64_t integer() {
    const std::uint64_t n = number();
    return static_cast<std::int64_t>(n >> 1) ^ -static_cast<std::int64_t>(n & 1);
  }
  double real() {
    std::uint64_t bits;
    std::memcpy(&bits, take(sizeof bits).data(), sizeof bits);
    return std::bit_cast<double>(bits);
  }
  float real32() {
    std::uint32_t bits;
    std::memcpy(&bits, take(sizeof bits).data(), sizeof bits);
    return std::bit_cast<float>(bits);
  }
  std::string text() { return std::string(take(number())); }
  // How many items follow; each takes a byte at least.
  std::size_t count() {
    const std::uint64_t n = number();
    if (n > left_.size()) throw bad();
    return n;
  }

 private:
  static Error bad() { return invalid("the saved state is damaged: remove it to begin anew"); }
  std::string_view take(std::uint64_t size) {
    if (size > left_.size()) throw bad();
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }
  std::string_view left_;
};

}  // namespace earshot::state
