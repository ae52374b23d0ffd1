#include "check/elf.hpp"

#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace earshot::check {

namespace {

// The bytes of the file; every read is checked against their end.
class Bytes {
 public:
  explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}
  template <class T>
  T at(std::size_t offset) const {
    if (offset > bytes_.size() || bytes_.size() - offset < sizeof(T))
      throw std::runtime_error("it is cut: something in it points behind its end");
    T out;
    std::memcpy(&out, bytes_.data() + offset, sizeof out);
    return out;
  }
  std::string text(std::size_t offset) const {
    if (offset >= bytes_.size()) throw std::runtime_error("it is cut: a name in it lies behind its end");
    const std::string_view rest = std::string_view(bytes_).substr(offset, 4096);
    return std::string(rest.substr(0, rest.find('\0')));
  }

 private:
  std::string bytes_;
};

void read_symbols(const Bytes& bytes, const Elf64_Shdr& table, const Elf64_Shdr& names, Library& out) {
  for (std::size_t at = sizeof(Elf64_Sym); at + sizeof(Elf64_Sym) <= table.sh_size; at += sizeof(Elf64_Sym)) {
    const auto symbol = bytes.at<Elf64_Sym>(table.sh_offset + at);
    const unsigned binding = ELF64_ST_BIND(symbol.st_info), visibility = ELF64_ST_VISIBILITY(symbol.st_other);
    const std::string name = bytes.text(names.sh_offset + symbol.st_name);
    if (symbol.st_shndx == SHN_UNDEF) {
      if (binding == STB_GLOBAL) out.undefined.push_back(name);
    } else if (binding != STB_LOCAL && (visibility == STV_DEFAULT || visibility == STV_PROTECTED) &&
               symbol.st_shndx != SHN_ABS) {
      out.exported.push_back(name);
      if (binding == STB_GNU_UNIQUE) out.unique.push_back(name);
    }
  }
}

void read_dynamic(const Bytes& bytes, const Elf64_Shdr& table, const Elf64_Shdr& names, Library& out) {
  for (std::size_t at = 0; at + sizeof(Elf64_Dyn) <= table.sh_size; at += sizeof(Elf64_Dyn)) {
    const auto entry = bytes.at<Elf64_Dyn>(table.sh_offset + at);
    if (entry.d_tag == DT_NULL) return;
    if (entry.d_tag == DT_NEEDED) out.needed.push_back(bytes.text(names.sh_offset + entry.d_un.d_val));
    if (entry.d_tag == DT_TEXTREL || (entry.d_tag == DT_FLAGS && (entry.d_un.d_val & DF_TEXTREL) != 0))
      out.text_relocations = true;
  }
}

}  // namespace

Library read_library(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const Bytes bytes(std::string(std::istreambuf_iterator<char>(in), {}));
  if (!in) throw std::runtime_error("it cannot be read");
  const auto header = bytes.at<Elf64_Ehdr>(0);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_type != ET_DYN)
    throw std::runtime_error("it is no 64-bit shared library");
  if (header.e_shentsize != sizeof(Elf64_Shdr)) throw std::runtime_error("it has no section headers");
  const auto section = [&](std::size_t i) {
    if (i >= header.e_shnum) throw std::runtime_error("it names a section that it does not have");
    return bytes.at<Elf64_Shdr>(header.e_shoff + i * sizeof(Elf64_Shdr));
  };
  Library out;
  for (std::size_t i = 0; i < header.e_shnum; ++i) {
    const Elf64_Shdr one = section(i);
    if (one.sh_type == SHT_DYNSYM) read_symbols(bytes, one, section(one.sh_link), out);
    if (one.sh_type == SHT_DYNAMIC) read_dynamic(bytes, one, section(one.sh_link), out);
  }
  return out;
}

}  // namespace earshot::check
