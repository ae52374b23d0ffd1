#include "patterns/cache.hpp"

#include <hs.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string_view>

namespace earshot::patterns {
namespace {

constexpr std::string_view kMagic = "earshot literals 1\n";
constexpr std::uintmax_t kLargest = 1u << 30;
constexpr std::size_t kSum = 8;  // bytes of the checksum before the database

void append_number(std::string& to, std::uint64_t number) {
  for (int i = 0; i < 8; ++i) to += static_cast<char>(number >> (8 * i));
}

// What the database depends on, and how the file begins.
std::string header(const std::vector<std::string>& literals) {
  std::string all(kMagic);
  all.append(hs_version()).append(1, '\n');
  hs_platform_info_t machine{};
  hs_populate_platform(&machine);
  append_number(all, machine.tune);
  append_number(all, machine.cpu_features);
  append_number(all, literals.size());
  for (const std::string& literal : literals) {
    append_number(all, literal.size());
    all += literal;
  }
  return all;
}

// FNV-1a: names files and tells damage, not intent.
std::uint64_t hash(std::string_view text) {
  std::uint64_t h = 0xCBF29CE484222325;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return h;
}

std::filesystem::path file_of(const std::filesystem::path& folder, std::string_view head) {
  char name[40];
  std::snprintf(name, sizeof name, "literals-%016llx.hs", static_cast<unsigned long long>(hash(head)));
  return folder / name;
}

}  // namespace

hs_database* load(const std::filesystem::path& folder, const std::vector<std::string>& literals) {
  const std::string head = header(literals);
  const std::filesystem::path path = file_of(folder, head);
  std::error_code failed;
  const std::uintmax_t size = std::filesystem::file_size(path, failed);
  if (failed || size < head.size() || size > kLargest) return nullptr;
  std::string all(static_cast<std::size_t>(size), '\0');
  std::ifstream in(path, std::ios::binary);
  if (!in.read(all.data(), static_cast<std::streamsize>(size)) || !all.starts_with(head)) return nullptr;
  std::string_view bytes(all);
  bytes.remove_prefix(head.size());
  std::string sum;
  append_number(sum, hash(bytes.substr(std::min(bytes.size(), kSum))));
  if (!bytes.starts_with(sum)) return nullptr;  // vectorscan itself does not see each changed byte
  bytes.remove_prefix(kSum);
  hs_database* database = nullptr;
  return hs_deserialize_database(bytes.data(), bytes.size(), &database) == HS_SUCCESS ? database : nullptr;
}

void keep(const std::filesystem::path& folder, const std::vector<std::string>& literals, const hs_database* database) {
  char* raw = nullptr;
  std::size_t size = 0;
  if (hs_serialize_database(database, &raw, &size) != HS_SUCCESS) return;
  const std::unique_ptr<char, void (*)(void*)> bytes(raw, std::free);
  const std::string head = header(literals);
  const std::filesystem::path path = file_of(folder, head);
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  std::string unfinished = path.string() + ".XXXXXX";
  const int descriptor = ::mkstemp(unfinished.data());  // two processes never write the same file
  if (descriptor < 0) return;
  ::close(descriptor);
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  std::string sum;
  append_number(sum, hash({bytes.get(), size}));
  out << head << sum << std::string_view(bytes.get(), size);
  out.close();
  if (out) std::filesystem::rename(unfinished, path, failed);
  if (!out || failed) std::filesystem::remove(unfinished, failed);
}

}  // namespace earshot::patterns
