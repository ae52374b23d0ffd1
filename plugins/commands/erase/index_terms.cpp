#include "erase/index_terms.hpp"

#include <string>

namespace earshot::erase {
namespace {

constexpr std::int64_t kFirstLeaf = 1LL << 37;  // ids below it are the index's own records
constexpr std::int64_t kNoLeaf = 1LL << 36;     // the bit of records that list rows, not terms

// SQLite's numbers of one to nine bytes, the high bits first. False: the block ends before.
bool number(std::string_view block, std::size_t& at, std::size_t& value) {
  value = 0;
  for (int i = 0; i < 9; ++i) {
    if (at >= block.size()) return false;
    const auto byte = static_cast<unsigned char>(block[at++]);
    if (i == 8) return value = value << 8 | byte, true;
    value = value << 7 | (byte & 0x7F);
    if ((byte & 0x80) == 0) return true;
  }
  return false;
}

std::size_t two_bytes(std::string_view block, std::size_t at) {
  return static_cast<std::size_t>(static_cast<unsigned char>(block[at])) << 8 |
         static_cast<unsigned char>(block[at + 1]);
}

}  // namespace

// A leaf: where its first row stands, how long its terms are (two bytes each), the terms with their rows, and behind
// them where each term begins, as steps. A term is the length of what it shares with the one before it (not the
// first), the length of the rest, and the rest; its first byte is the number of the index.
void each_term(std::int64_t id, std::string_view block, const std::function<void(std::string_view term)>& use) {
  if (id < kFirstLeaf || (id & kNoLeaf) != 0 || block.size() < 4) return;
  const std::size_t end = two_bytes(block, 2);
  if (end > block.size()) return;
  std::string term;
  std::size_t begins = 0;
  for (std::size_t steps = end; steps < block.size();) {
    std::size_t step = 0, shared = 0, length = 0;
    if (!number(block, steps, step)) return;
    begins += step;
    std::size_t at = begins;
    if (!term.empty() && !number(block.substr(0, end), at, shared)) return;
    if (!number(block.substr(0, end), at, length) || length > end - at || shared > term.size()) return;
    term.resize(shared);
    term.append(block.substr(at, length));
    if (!term.empty()) use(std::string_view(term).substr(1));
  }
}

}  // namespace earshot::erase
