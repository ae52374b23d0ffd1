#include "sealed/frames.hpp"

#include <sodium.h>

#include <array>
#include <cstring>
#include <fstream>
#include <vector>

#include "earshot/error.hpp"
#include "sealed/out.hpp"

namespace earshot::sealed {
namespace {

constexpr std::string_view kMagic = "EARSEAL2";
constexpr std::size_t kId = 16, kLength = 4, kPiece = 1 << 20;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
                      kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::uint32_t kLast = 0x80000000;
static_assert(kMagic.size() + kId == Frames::kHeader);

std::array<unsigned char, kLength> bytes_of(std::uint32_t length) {
  return {static_cast<unsigned char>(length), static_cast<unsigned char>(length >> 8),
          static_cast<unsigned char>(length >> 16), static_cast<unsigned char>(length >> 24)};
}

std::uint32_t length_of(const unsigned char* bytes) {
  return static_cast<std::uint32_t>(bytes[0]) | static_cast<std::uint32_t>(bytes[1]) << 8 |
         static_cast<std::uint32_t>(bytes[2]) << 16 | static_cast<std::uint32_t>(bytes[3]) << 24;
}

// What stands beside the sealed bytes and cannot be changed either.
std::string beside(const std::string& id, std::uint64_t number, const unsigned char* length) {
  std::string out = id;
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(number >> shift & 0xFF);
  return out.append(reinterpret_cast<const char*>(length), kLength);
}

[[noreturn]] void damaged(const std::filesystem::path& file) {
  throw invalid("'" + file.string() + "' cannot be opened: it was sealed with another key, or changed or cut");
}

std::string read_id(std::ifstream& in, const std::filesystem::path& file) {
  std::string header(Frames::kHeader, '\0');
  in.read(header.data(), static_cast<std::streamsize>(header.size()));
  if (static_cast<std::size_t>(in.gcount()) != header.size() || !header.starts_with(kMagic))
    throw invalid("'" + file.string() + "' is no sealed file");
  return header.substr(kMagic.size());
}

void begin() {
  if (sodium_init() < 0) throw Error(EAR_INTERNAL, "libsodium cannot start");
}

}  // namespace

Frames::Frames(const Key& key) : key_(key), id_(kId, '\0') {
  begin();
  randombytes_buf(id_.data(), id_.size());
}

Frames::Frames(const Key& key, const std::filesystem::path& file, std::uint64_t size) : key_(key) {
  begin();
  std::ifstream in(file, std::ios::binary);
  if (!in) fail("read", file);
  id_ = read_id(in, file);
  for (std::uint64_t at = kHeader; at < size; ++next_) {
    std::array<unsigned char, kLength> length{};
    in.seekg(static_cast<std::streamoff>(at));
    in.read(reinterpret_cast<char*>(length.data()), kLength);
    at += kLength + (length_of(length.data()) & ~kLast);
    if (!in || at > size || (length_of(length.data()) & kLast) != 0) damaged(file);
  }
}

std::string Frames::header() const {
  return std::string(kMagic) + id_;
}

void Frames::frame(std::string_view plain, std::string& to, bool last) {
  const std::size_t size = kNonce + plain.size() + kTag, at = to.size();
  const auto length = bytes_of(static_cast<std::uint32_t>(size) | (last ? kLast : 0));
  to.resize(at + kLength + size);
  auto* out = reinterpret_cast<unsigned char*>(to.data() + at);
  std::memcpy(out, length.data(), kLength);
  randombytes_buf(out + kLength, kNonce);
  const std::string with = beside(id_, next_++, length.data());
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      out + kLength + kNonce, nullptr, reinterpret_cast<const unsigned char*>(plain.data()), plain.size(),
      reinterpret_cast<const unsigned char*>(with.data()), with.size(), nullptr, out + kLength, key_.data());
}

void seal_text(std::string_view content, const std::filesystem::path& to, const Key& key) {
  Frames frames(key);
  Out out(to);
  std::string sealed = frames.header();
  do {
    const std::string_view piece = content.substr(0, kPiece);
    content.remove_prefix(piece.size());
    frames.frame(piece, sealed, content.empty());
    out.write(sealed.data(), sealed.size());
    sealed.clear();
  } while (!content.empty());
  out.finish();
}

void seal(const std::filesystem::path& from, const std::filesystem::path& to, const Key& key) {
  std::ifstream in(from, std::ios::binary);
  if (!in) fail("read", from);
  Frames frames(key);
  Out out(to);
  std::string sealed = frames.header(), piece(kPiece, '\0');
  for (bool last = false; !last; sealed.clear()) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (in.bad()) fail("read", from);
    const auto size = static_cast<std::size_t>(in.gcount());
    last = in.peek() == std::ifstream::traits_type::eof();
    frames.frame({piece.data(), size}, sealed, last);
    out.write(sealed.data(), sealed.size());
  }
  sodium_memzero(piece.data(), piece.size());
  out.finish();
}

bool open(const std::filesystem::path& from, const std::filesystem::path& to, const Key& key) {
  begin();
  std::ifstream in(from, std::ios::binary);
  if (!in) fail("read", from);
  const std::string id = read_id(in, from);
  Out out(to);
  std::vector<unsigned char> sealed, plain;
  bool last = false;
  for (std::uint64_t number = 0; !last && in.peek() != std::ifstream::traits_type::eof(); ++number) {
    std::array<unsigned char, kLength> head{};
    in.read(reinterpret_cast<char*>(head.data()), kLength);
    const std::size_t size = length_of(head.data()) & ~kLast;
    last = (length_of(head.data()) & kLast) != 0;
    if (!in || size < kNonce + kTag || size > Frames::kMost + kNonce + kTag) damaged(from);
    sealed.resize(size), plain.resize(size - kNonce - kTag);
    in.read(reinterpret_cast<char*>(sealed.data()), static_cast<std::streamsize>(size));
    if (static_cast<std::size_t>(in.gcount()) != size) damaged(from);
    const std::string with = beside(id, number, head.data());
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data() + kNonce,
                                                   size - kNonce, reinterpret_cast<const unsigned char*>(with.data()),
                                                   with.size(), sealed.data(), key.data()) != 0)
      damaged(from);
    out.write(plain.data(), plain.size());
  }
  if (last && in.peek() != std::ifstream::traits_type::eof()) damaged(from);
  if (!plain.empty()) sodium_memzero(plain.data(), plain.size());
  out.finish();
  return last;
}

bool is_framed(const std::filesystem::path& file) {
  std::array<char, kMagic.size()> first{};
  std::ifstream in(file, std::ios::binary);
  in.read(first.data(), first.size());
  return std::string_view(first.data(), static_cast<std::size_t>(in.gcount())) == kMagic;
}

}  // namespace earshot::sealed
