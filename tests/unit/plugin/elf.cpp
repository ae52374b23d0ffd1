#include "plugin/elf.hpp"

#include <elf.h>
#include <catch2/catch.hpp>
#include <cstring>

#include "base/error.hpp"
#include "loaded.hpp"

using earshot::host::check_elf;
using earshot::host::Failure;
using earshot::host::read_file;

namespace {

std::string bytes_of(const std::string& name) {
  return read_file(std::string(EARSHOT_TEST_MODULES) + "/" + name + ".so");
}

std::string fault_of(const std::string& bytes) {
  try {
    check_elf(bytes);
    return "";
  } catch (const Failure& failure) {
    return failure.what();
  }
}

template <class T>
std::string with(std::string bytes, std::size_t offset, T value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
  return bytes;
}

}  // namespace

TEST_CASE("A module that exports the one symbol passes") {
  CHECK(fault_of(bytes_of("good")) == "");
}

TEST_CASE("What is no shared library for this machine is refused with its reason") {
  const std::string good = bytes_of("good");
  CHECK(fault_of("") == "is not a shared library (no ELF file)");
  CHECK(fault_of("#!/bin/sh\n") == "is not a shared library (no ELF file)");
  CHECK(fault_of(good.substr(0, 10)) == "is cut off or broken: its header is not all there");
  CHECK(fault_of(good.substr(0, 100)) == "is cut off or broken: its program header is not all there");
  CHECK(fault_of(good.substr(0, good.size() / 2)) == "is cut off or broken: its content is not all there");
  CHECK(fault_of(with(good, EI_CLASS, char{ELFCLASS32})) == "is not a 64-bit file, as this host needs");
  CHECK(fault_of(with(good, offsetof(Elf64_Ehdr, e_type), std::uint16_t{ET_REL})) ==
        "is an ELF file, but not a shared library");
  CHECK(fault_of(with(good, offsetof(Elf64_Ehdr, e_machine), std::uint16_t{EM_S390}))
            .find("is built for another machine (ELF machine 22;") == 0);
}

TEST_CASE("Exactly one symbol may be exported") {
  CHECK(fault_of(bytes_of("no_symbol")) == "is not a plugin of Earshot: it exports no symbol 'earshot_module'");
  CHECK(fault_of(bytes_of("two_symbols")) ==
        "exports 2 symbols, as 'helper', where a plugin exports 'earshot_module' alone: link it with "
        "earshot_add_plugin() or a version script, so that it can stand beside others");
}

TEST_CASE("A file cut off at any place is refused, and never read beyond its end") {
  const std::string good = bytes_of("good");
  for (std::size_t size = 0; size < good.size(); size += 61) {
    const std::string cut(good.data(), size);  // of its own, so that a sanitizer sees a step too far
    const std::string fault = fault_of(cut);
    // Section headers, which nobody needs, stand behind the content.
    if (fault.empty()) CHECK(size > good.size() / 2);
  }
}

TEST_CASE("Only regular files are read") {
  const earshot::testing::Folder folder;
  CHECK_THROWS_WITH(read_file(folder / "missing.so"), "cannot be read: No such file or directory");
  CHECK_THROWS_WITH(read_file("/dev/null"), "cannot be read: it is not a regular file");
}
