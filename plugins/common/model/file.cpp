#include "model/file.hpp"

#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

#include "model/header.hpp"

namespace earshot::model {
namespace {

constexpr std::string_view kMagic = "EARMODEL";
constexpr std::uint32_t kVersion = 2;  // the newest that is read
constexpr std::size_t kFixed = 8 + 4 + 4 + 8 + 8;
constexpr std::size_t kMostHeader = 1 << 20;
constexpr std::uintmax_t kMostFileMib = 1024;

template <class Number>
void put(std::string& to, Number n) {
  for (std::size_t i = 0; i < sizeof n; ++i) to += static_cast<char>(n >> (8 * i) & 0xFF);
}
template <class Number>
Number get(std::string_view from, std::size_t at) {
  Number n = 0;
  for (std::size_t i = 0; i < sizeof n; ++i)
    n = static_cast<Number>(n | static_cast<Number>(static_cast<unsigned char>(from[at + i])) << (8 * i));
  return n;
}

std::string pack(const Model& model) {
  std::string out;
  const std::size_t outputs = model.outputs().size(), stride = Model::stride_for(outputs);
  std::size_t last = 0;
  for (std::size_t bucket = 0; bucket < model.weights().size() / stride; ++bucket) {
    const std::span<const std::int8_t> row = model.weights().subspan(bucket * stride, outputs);
    bool any = false;
    for (const std::int8_t q : row) any = any || q != 0;
    if (!any) continue;
    std::size_t step = bucket - last;
    for (; step >= 0x80; step >>= 7) out += static_cast<char>(0x80 | (step & 0x7F));
    out += static_cast<char>(step);
    for (const std::int8_t q : row) out += static_cast<char>(q);
    last = bucket;
  }
  return out;
}

// Buckets come in ascending order, the first counted from 0.
std::vector<std::int8_t> unpack(std::string_view packed, std::size_t outputs, unsigned bits) {
  const std::size_t stride = Model::stride_for(outputs);
  std::vector<std::int8_t> weights(stride << bits);
  std::size_t bucket = 0;
  for (std::size_t at = 0, number = 0; at < packed.size(); ++number) {
    std::size_t step = 0;
    unsigned shift = 0;
    for (bool more = true; more; shift += 7) {
      if (at == packed.size() || shift > 21) throw BadModel("its weights are cut short or damaged");
      const auto byte = static_cast<unsigned char>(packed[at++]);
      step |= std::size_t{byte & 0x7Fu} << shift;
      more = (byte & 0x80) != 0;
    }
    if (number > 0 && step == 0) throw BadModel("its weights come in no order");
    bucket += step;
    if (bucket >= std::size_t{1} << bits || packed.size() - at < outputs)
      throw BadModel("its weights go on where none can be");
    for (std::size_t i = 0; i < outputs; ++i) {
      const auto q = static_cast<std::int8_t>(packed[at++]);
      if (q == -128) throw BadModel("a weight is out of range");
      weights[bucket * stride + i] = q;
    }
  }
  return weights;
}

// 2 where features are needed that version 1 did not know, and would have left out in silence.
std::uint32_t version_for(const Model& model) {
  return model.info().features.lexicon == LexiconName::none ? 1 : 2;
}

std::shared_ptr<const Model> parse(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) throw BadModel("it is no model; `earshot train` makes one");
  if (bytes.size() < kFixed) throw BadModel("it is cut short");
  const auto version = get<std::uint32_t>(bytes, 8), header = get<std::uint32_t>(bytes, 12);
  const auto weights = get<std::uint64_t>(bytes, 16), sum = get<std::uint64_t>(bytes, 24);
  if (version < 1 || version > kVersion)
    throw BadModel("its format is version " + std::to_string(version) + ", this reads versions 1 to " +
                   std::to_string(kVersion) + "; train it again with this version");
  const std::string_view rest = bytes.substr(kFixed);
  if (header > kMostHeader || header > rest.size() || weights != rest.size() - header)
    throw BadModel("it is cut short, or something was put behind it; copy it again");
  if (hash(rest) != sum) throw BadModel("it is damaged: its checksum differs; copy it again");
  Header h = read_header(rest.substr(0, header));
  std::vector<std::int8_t> rows = unpack(rest.substr(header), h.outputs.size(), h.info.features.bits);
  return std::make_shared<const Model>(std::move(h.info), std::move(h.outputs), std::move(h.calibration),
                                       std::move(rows));
}

}  // namespace

std::string write(const Model& model) {
  const std::string header = write_header(model), weights = pack(model);
  std::string out(kMagic);
  put(out, version_for(model));
  put(out, static_cast<std::uint32_t>(header.size()));
  put(out, static_cast<std::uint64_t>(weights.size()));
  put(out, hash(weights, hash(header)));
  return out + header + weights;
}

void write(const Model& model, const std::filesystem::path& path) {
  const std::string bytes = write(model);
  std::filesystem::path part = path;
  part += ".part";  // so that a detector never reads half of one
  std::ofstream file(part, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw BadModel("cannot write '" + part.string() + "'");
  std::filesystem::rename(part, path);
}

std::shared_ptr<const Model> read(std::string_view bytes, const std::string& name) {
  try {
    return parse(bytes);
  } catch (const std::exception& e) {
    throw BadModel("the model '" + name + "' cannot be used: " + e.what());
  }
}

std::shared_ptr<const Model> read(const std::filesystem::path& path) {
  return read(bytes_of(path, kMostFileMib), path.string());
}

std::string bytes_of(const std::filesystem::path& path, std::uintmax_t most_mib) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) throw BadModel("cannot read the model '" + path.string() + "': " + error.message());
  if (size > most_mib << 20)
    throw BadModel("the model '" + path.string() + "' cannot be used: it is larger than " + std::to_string(most_mib) +
                   " MiB");
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file && !file.eof()) throw BadModel("cannot read the model '" + path.string() + "'");
  return bytes;
}

}  // namespace earshot::model
