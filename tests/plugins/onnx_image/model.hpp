// model.hpp: tiny ONNX models, written byte by byte: whatever the picture is, the answer is the same. Pure functions.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::testing {

// Protocol buffers, as far as ONNX needs them.
inline std::string varint(std::uint64_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  return out += static_cast<char>(value);
}
inline std::string number(int field, std::uint64_t value) {
  return varint(static_cast<std::uint64_t>(field) << 3) + varint(value);
}
inline std::string bytes_field(int field, std::string_view value) {
  return varint(static_cast<std::uint64_t>(field) << 3 | 2) + varint(value.size()) + std::string(value);
}

template <class T>
std::string tensor(std::string_view name, const std::vector<std::int64_t>& shape, const std::vector<T>& values) {
  std::string out, raw(values.size() * sizeof(T), 0);
  std::memcpy(raw.data(), values.data(), raw.size());
  for (const std::int64_t d : shape) out += number(1, static_cast<std::uint64_t>(d));
  return out + number(2, sizeof(T) == 4 ? 1 : 7) + bytes_field(8, name) + bytes_field(9, raw);
}

inline std::string node(std::string_view type, const std::vector<std::string>& in, const std::string& out) {
  std::string all;
  for (const std::string& name : in) all += bytes_field(1, name);
  return all + bytes_field(2, out) + bytes_field(3, out + "_node") + bytes_field(4, type);
}

inline std::string value_info(std::string_view name, const std::vector<std::int64_t>& shape) {
  std::string dimensions;
  for (const std::int64_t d : shape) dimensions += bytes_field(1, number(1, static_cast<std::uint64_t>(d)));
  const std::string type = number(1, 1) + bytes_field(2, dimensions);
  return bytes_field(1, name) + bytes_field(2, bytes_field(1, type));
}

// A model for pictures of `side` by `side` that answers `values` in this shape.
inline std::string constant_model(int side, const std::vector<std::int64_t>& shape, const std::vector<float>& values) {
  const auto count = static_cast<std::int64_t>(values.size());
  std::string graph = bytes_field(1, node("GlobalAveragePool", {"picture"}, "pooled"));
  graph += bytes_field(1, node("Flatten", {"pooled"}, "flat"));
  const std::string transposed = bytes_field(1, "transB") + number(3, 1) + number(20, 2);
  graph += bytes_field(1, node("Gemm", {"flat", "weights", "bias"}, "row") + bytes_field(5, transposed));
  graph += bytes_field(1, node("Reshape", {"row", "shape"}, "answer"));
  graph += bytes_field(2, "constant");
  graph += bytes_field(5, tensor<float>("weights", {count, 3}, std::vector<float>(values.size() * 3, 0.0F)));
  graph += bytes_field(5, tensor<float>("bias", {count}, values));
  graph += bytes_field(5, tensor<std::int64_t>("shape", {static_cast<std::int64_t>(shape.size())}, shape));
  graph += bytes_field(11, value_info("picture", {1, 3, side, side}));
  graph += bytes_field(12, value_info("answer", shape));
  return number(1, 7) + bytes_field(8, bytes_field(1, "") + number(2, 11)) + bytes_field(7, graph);
}

}  // namespace earshot::testing
