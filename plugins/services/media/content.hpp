// content.hpp: bytes named by their SHA-256. Values and free functions; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::media {

using Content = std::array<std::uint8_t, 32>;

class Hashing {
 public:
  Hashing();
  ~Hashing();
  Hashing(const Hashing&) = delete;
  Hashing& operator=(const Hashing&) = delete;
  void add(std::string_view bytes);
  Content finish();

 private:
  std::vector<std::uint8_t> state_;  // of the library
};

Content content_of(std::string_view bytes);
std::string hex(const Content& content);
std::optional<Content> content_named(std::string_view hex);

}  // namespace earshot::media
