#include "plugin/elf.hpp"

#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <type_traits>
#include <vector>

#include "base/error.hpp"
#include "plugin/schema_rules.hpp"

namespace earshot::host {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 30;
constexpr std::uint64_t kMostSymbols = 1u << 20;
constexpr std::uint64_t kMostHeaders = 1u << 12;  // program headers, and lines of the dynamic section
constexpr std::string_view kSymbol = "earshot_module";
constexpr std::string_view kSanitizer =
    "__odr_asan.";  // what AddressSanitizer puts beside each variable that is exported

#if defined(__x86_64__)
constexpr int kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr int kMachine = EM_AARCH64;
#elif defined(__riscv)
constexpr int kMachine = EM_RISCV;
#else
#error "name the ELF machine of this platform here"
#endif

[[noreturn]] void broken(std::string_view part) {
  throw Failure(fmt::format("is cut off or broken: its {} is not all there", part));
}

// Reading at any offset, never outside.
class Bytes {
 public:
  explicit Bytes(std::string_view all) : all_(all) {}
  template <class T>
  T at(std::uint64_t offset, std::string_view part) const {
    static_assert(std::is_trivially_copyable_v<T>);
    if (offset > all_.size() || all_.size() - offset < sizeof(T)) broken(part);
    T value;
    std::memcpy(&value, all_.data() + offset, sizeof value);
    return value;
  }
  std::string_view text(std::uint64_t offset, std::string_view part) const {
    if (offset >= all_.size()) broken(part);
    const std::string_view rest = all_.substr(offset);
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos) broken(part);
    return rest.substr(0, end);
  }

 private:
  std::string_view all_;
};

void check_header(std::string_view bytes, const Elf64_Ehdr& header) {
  if (header.e_ident[EI_CLASS] != ELFCLASS64) throw Failure("is not a 64-bit file, as this host needs");
  if (header.e_ident[EI_DATA] != ELFDATA2LSB || header.e_machine != kMachine)
    throw Failure(
        fmt::format("is built for another machine (ELF machine {}; this one is {})", header.e_machine, kMachine));
  if (header.e_type != ET_DYN) throw Failure("is an ELF file, but not a shared library");
  if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum == 0 || header.e_phnum > kMostHeaders)
    broken("program header");
  if (header.e_phoff > bytes.size()) broken("program header");
}

// The dynamic section as the loader reads it: section headers may be missing or lie.
class Dynamic {
 public:
  explicit Dynamic(std::string_view bytes) : bytes_(bytes) {
    const auto header = bytes_.at<Elf64_Ehdr>(0, "header");
    check_header(bytes, header);
    for (std::uint64_t i = 0; i < header.e_phnum; ++i)
      parts_.push_back(bytes_.at<Elf64_Phdr>(header.e_phoff + i * sizeof(Elf64_Phdr), "program header"));
    for (const Elf64_Phdr& part : parts_)
      if (part.p_type == PT_LOAD && (part.p_offset > bytes.size() || bytes.size() - part.p_offset < part.p_filesz))
        broken("content");
    for (const Elf64_Phdr& part : parts_)
      if (part.p_type == PT_DYNAMIC) read_lines(part);
  }

  // Names of the symbols that others can see, at most `most` of them.
  std::vector<std::string_view> exported(std::size_t most) const {
    std::vector<std::string_view> names;
    if (!symbols_ || !strings_) return names;
    const std::uint64_t symbols = place(*symbols_), strings = place(*strings_), count = symbol_count();
    for (std::uint64_t i = 0; i < count && names.size() < most; ++i) {
      const auto symbol = bytes_.at<Elf64_Sym>(symbols + i * sizeof(Elf64_Sym), "symbol table");
      const auto bind = ELF64_ST_BIND(symbol.st_info), seen = ELF64_ST_VISIBILITY(symbol.st_other);
      if (symbol.st_shndx == SHN_UNDEF || bind == STB_LOCAL || seen == STV_HIDDEN || seen == STV_INTERNAL) continue;
      names.push_back(bytes_.text(strings + symbol.st_name, "symbol table"));
    }
    return names;
  }

 private:
  void read_lines(const Elf64_Phdr& part) {
    const std::uint64_t count = std::min<std::uint64_t>(part.p_filesz / sizeof(Elf64_Dyn), kMostHeaders);
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto line = bytes_.at<Elf64_Dyn>(part.p_offset + i * sizeof(Elf64_Dyn), "dynamic section");
      if (line.d_tag == DT_NULL) return;
      if (line.d_tag == DT_SYMTAB) symbols_ = line.d_un.d_ptr;
      if (line.d_tag == DT_STRTAB) strings_ = line.d_un.d_ptr;
      if (line.d_tag == DT_HASH) hash_ = line.d_un.d_ptr;
      if (line.d_tag == DT_GNU_HASH) gnu_hash_ = line.d_un.d_ptr;
    }
  }

  // From an address in memory to an offset in the file.
  std::uint64_t place(std::uint64_t address) const {
    for (const Elf64_Phdr& part : parts_)
      if (part.p_type == PT_LOAD && address >= part.p_vaddr && address - part.p_vaddr < part.p_filesz)
        return address - part.p_vaddr + part.p_offset;
    broken("dynamic section");
  }

  // No table says how many symbols there are; the hash tables, by which the loader finds them, do.
  std::uint64_t symbol_count() const {
    const std::uint64_t count = gnu_hash_ ? gnu_count(place(*gnu_hash_))
                                : hash_   ? bytes_.at<std::uint32_t>(place(*hash_) + 4, "hash table")
                                          : 0;
    if (count > kMostSymbols) throw Failure(fmt::format("has more than {} symbols", kMostSymbols));
    return count;
  }

  std::uint64_t gnu_count(std::uint64_t at) const {
    struct Head {
      std::uint32_t buckets, first, bloom, shift;
    };
    const auto head = bytes_.at<Head>(at, "hash table");
    if (head.buckets > kMostSymbols || head.bloom > kMostSymbols) broken("hash table");
    const std::uint64_t buckets = at + sizeof(Head) + std::uint64_t{head.bloom} * 8;
    const std::uint64_t chains = buckets + std::uint64_t{head.buckets} * 4;
    std::uint64_t last = 0;
    for (std::uint64_t i = 0; i < head.buckets; ++i)
      last = std::max<std::uint64_t>(last, bytes_.at<std::uint32_t>(buckets + i * 4, "hash table"));
    if (last < head.first) return 0;  // nothing is exported
    while (last < kMostSymbols && (bytes_.at<std::uint32_t>(chains + (last - head.first) * 4, "hash table") & 1) == 0)
      ++last;
    return last + 1;
  }

  Bytes bytes_;
  std::vector<Elf64_Phdr> parts_;
  std::optional<std::uint64_t> symbols_, strings_, hash_, gnu_hash_;
};

}  // namespace

void check_elf(std::string_view bytes) {
  if (!bytes.starts_with(std::string_view(ELFMAG, SELFMAG))) throw Failure("is not a shared library (no ELF file)");
  std::vector<std::string_view> names = Dynamic(bytes).exported(1000);
  std::erase_if(names, [](std::string_view name) { return name.starts_with(kSanitizer); });
  if (std::find(names.begin(), names.end(), kSymbol) == names.end())
    throw Failure(fmt::format("is not a plugin of Earshot: it exports no symbol '{}'", kSymbol));
  if (names.size() == 1) return;
  const std::string_view other = names[0] == kSymbol ? names[1] : names[0];
  throw Failure(
      fmt::format("exports {} symbols, as {}, where a plugin exports '{}' alone: link it with earshot_add_plugin() or "
                  "a version script, so that it can stand beside others",
                  names.size(), in_marks(other), kSymbol));
}

std::string read_file(const std::filesystem::path& file) {
  const auto failed = [](int error) { return Failure(fmt::format("cannot be read: {}", std::strerror(error))); };
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe must not hold the host up
  if (fd < 0) throw failed(errno);
  struct Closed {
    int fd;
    ~Closed() { ::close(fd); }
  } const closed{fd};
  struct stat status {};
  if (::fstat(fd, &status) != 0) throw failed(errno);
  if (!S_ISREG(status.st_mode)) throw Failure("cannot be read: it is not a regular file");
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > kLargestFile) throw Failure("is larger than 1 GiB");
  std::string bytes(size, '\0');
  std::size_t got = 0;
  while (got < size) {
    const ssize_t n = ::read(fd, bytes.data() + got, size - got);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw failed(errno);
    if (n == 0) break;
    got += static_cast<std::size_t>(n);
  }
  bytes.resize(got);
  return bytes;
}

}  // namespace earshot::host
