// file.cpp: models as bytes. Nothing read is trusted.
#include <zstd.h>

#include <cstring>
#include <stdexcept>

#include "entities/tagger.hpp"

namespace earshot::entities {
namespace {

constexpr std::string_view first_line = "earshot-entities 1\n";
constexpr std::size_t known_size = 8;
constexpr std::size_t most_bytes = 16U << 20;

[[noreturn]] void fault(const char* what) {
  throw std::runtime_error(std::string("this is no entities model of this version: ") + what);
}

void put(std::string& to, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) to.push_back(static_cast<char>(number >> shift));
}
std::uint32_t get(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i)
    number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return number;
}
void put(std::string& to, float number) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &number, sizeof bits);
  put(to, bits);
}
float get_real(std::string_view bytes, std::size_t at) {
  const std::uint32_t bits = get(bytes, at);
  float number = 0;
  std::memcpy(&number, &bits, sizeof number);
  return number;
}

}  // namespace

std::string write_model(const Model& model) {
  std::string plain;
  put(plain, static_cast<std::uint32_t>(model.lexicon.size()));
  put(plain, model.unit);
  for (const float weight : model.transitions) put(plain, weight);
  for (const Known& known : model.lexicon) {
    put(plain, known.key);
    for (const std::uint8_t byte : {known.before, known.after, known.capital, known.lists})
      plain.push_back(static_cast<char>(byte));
  }
  for (const std::int8_t weight : model.weights) plain.push_back(static_cast<char>(weight));
  std::string packed(ZSTD_compressBound(plain.size()), '\0');
  const std::size_t size = ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), 19);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  packed.resize(size);
  return std::string(first_line) + packed;
}

Model read_model(std::string_view bytes) {
  if (!bytes.starts_with(first_line)) fault("it does not begin as one");
  bytes.remove_prefix(first_line.size());
  const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most_bytes)
    fault("its size is wrong");
  std::string plain(size, '\0');
  if (ZSTD_decompress(plain.data(), plain.size(), bytes.data(), bytes.size()) != size) fault("it is damaged");
  Model model;
  constexpr std::size_t head = 8 + 4 * label_count * label_count, weights = bucket_count * label_count;
  if (plain.size() < head) fault("it ends too early");
  const std::size_t words = get(plain, 0);
  if (words > most_bytes / known_size || plain.size() != head + words * known_size + weights)
    fault("its size is wrong");
  model.unit = get_real(plain, 4);
  for (std::size_t i = 0; i < model.transitions.size(); ++i) model.transitions[i] = get_real(plain, 8 + 4 * i);
  std::size_t at = head;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(plain[i]); };
  for (std::size_t i = 0; i < words; ++i, at += known_size)
    model.lexicon.push_back({get(plain, at), byte(at + 4), byte(at + 5), byte(at + 6), byte(at + 7)});
  model.weights.assign(plain.begin() + static_cast<std::ptrdiff_t>(at), plain.end());
  return model;
}

}  // namespace earshot::entities
