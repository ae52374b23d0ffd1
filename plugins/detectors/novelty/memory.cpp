#include "novelty/memory.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

#include "state/bytes.hpp"

namespace earshot::novelty {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::uint32_t kEpochs = 4096, kRemembered = 1024;  // epochs are numbered from 0 again after four times that
constexpr std::uint64_t kMostLogs = 256;

// A slot of the first table: fingerprint, then the epoch in which it was last said, then in how many stretches.
constexpr std::uint32_t slot_of(std::uint32_t fingerprint, std::uint32_t epoch, std::uint32_t count) {
  return fingerprint << 16 | epoch << 4 | count;
}
constexpr std::uint32_t print_of(std::uint32_t slot) {
  return slot >> 16;
}
constexpr std::uint32_t epoch_of(std::uint32_t slot) {
  return slot >> 4 & 0xFFF;
}
constexpr std::uint32_t count_of(std::uint32_t slot) {
  return slot & 15;
}
constexpr std::uint32_t age(std::uint32_t slot, std::uint32_t now) {
  const std::uint32_t behind = (now - epoch_of(slot)) & (kEpochs - 1);
  return behind > kEpochs - 64 ? 0 : behind;  // a little ahead: posts come in another order
}

std::uint32_t seconds(std::int64_t time) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(time / kSecond, 1, UINT32_MAX));
}

}  // namespace

Table::Line& Table::write(std::size_t line) {
  auto& block = blocks_[line / kLines];
  if (!block) block = std::make_unique<Block>(), ++used_;
  if (block->changed == 0) changed_.push_back(static_cast<std::uint32_t>(line / kLines));
  block->changed |= std::uint64_t{1} << line % kLines;
  block->dirty = true;
  return block->lines[line % kLines];
}

void Table::save_block(std::string_view name, std::size_t block, StateOut& out) {
  Block& b = *blocks_[block];
  out.put(std::string(name).append("block/").append(std::to_string(block)),
          std::string_view(reinterpret_cast<const char*>(b.lines.data()), sizeof b.lines));
  b.dirty = false;
}

void Table::save(std::string_view name, StateOut& out) {
  const auto log_name = [&](std::uint64_t n) { return std::string(name).append("log/").append(std::to_string(n)); };
  const bool whole = out.whole();
  if (whole || logs_ - first_log_ >= kMostLogs || log_bytes_ > used_ * sizeof(Block) / 2) {
    for (std::size_t block = 0; block < blocks_.size(); ++block)
      if (blocks_[block] && (whole || blocks_[block]->dirty)) save_block(name, block, out);
    for (; first_log_ < logs_; ++first_log_)
      if (!whole) out.remove(log_name(first_log_));
    log_bytes_ = 0;
  } else if (!changed_.empty()) {
    state::BytesOut log;
    for (const std::uint32_t block : changed_)
      for (std::uint64_t left = blocks_[block]->changed; left != 0; left &= left - 1) {
        const auto line = static_cast<std::size_t>(std::countr_zero(left));
        log.number(block * kLines + line);
        log.text({reinterpret_cast<const char*>(blocks_[block]->lines[line].data()), sizeof(Line)});
      }
    out.put(log_name(logs_++), log.bytes());
    log_bytes_ += log.bytes().size();
  }
  for (const std::uint32_t block : changed_) blocks_[block]->changed = 0;
  changed_.clear();
}

void Table::load(std::string_view key, std::string_view value) {
  const auto number = [&](std::string_view prefix) {
    std::uint64_t n = UINT64_MAX;
    std::from_chars(key.data() + prefix.size(), key.data() + key.size(), n);
    return n;
  };
  if (key.starts_with("block/")) {
    const std::uint64_t block = number("block/");
    if (block >= blocks_.size() || value.size() != sizeof(Block::lines)) return;
    if (!blocks_[block]) blocks_[block] = std::make_unique<Block>(), ++used_;
    std::memcpy(blocks_[block]->lines.data(), value.data(), value.size());
  }
  if (key.starts_with("log/")) loaded_logs_[number("log/")] = value;
}

void Table::loaded() {
  if (loaded_logs_.empty()) return;
  first_log_ = loaded_logs_.begin()->first, logs_ = loaded_logs_.rbegin()->first + 1;
  for (const auto& [n, bytes] : loaded_logs_) {
    log_bytes_ += bytes.size();
    for (state::BytesIn in(bytes); !in.at_end();) {
      const std::uint64_t line = in.number();
      const std::string content = in.text();
      if (line / kLines >= blocks_.size() || content.size() != sizeof(Line)) continue;
      auto& block = blocks_[line / kLines];
      if (!block) block = std::make_unique<Block>(), ++used_;
      std::memcpy(block->lines[line % kLines].data(), content.data(), sizeof(Line));
      block->dirty = true;
    }
  }
  loaded_logs_.clear();
}

// Half of the memory for each.
void Memory::setup(std::size_t bytes, std::int64_t remember, std::int64_t within) {
  const auto bits =
      static_cast<unsigned>(std::bit_width(std::max<std::size_t>(bytes / 2 / sizeof(Table::Line), 64)) - 1);
  familiar_.resize(bits), once_.resize(bits);
  mask_ = 0xFFFFFFFFu | ~(~std::uint64_t{0} >> bits);  // what a line and a slot of the second table tell of it
  unit_ = std::max<std::int64_t>(remember / kRemembered, 1), within_ = within;
}

std::uint32_t Memory::epoch(std::int64_t time) const {
  return static_cast<std::uint32_t>((time / unit_) & (kEpochs - 1));
}

bool Memory::is_familiar(std::uint64_t key, std::int64_t time) {
  const std::size_t at = familiar_line(key);
  const Table::Line* line = familiar_.find(at);
  if (line == nullptr) return false;
  const std::uint32_t print = fingerprint(key), now = epoch(time);
  for (std::size_t i = 0; i < line->size(); ++i) {
    const std::uint32_t slot = (*line)[i];
    if (count_of(slot) == 0 || print_of(slot) != print) continue;
    if (age(slot, now) > kRemembered || count_of(slot) < kFamiliar) return false;
    // Renewed now and then: a table that is only read need not be saved.
    if (age(slot, now) > 16) familiar_.write(at)[i] = slot_of(print, now, count_of(slot));
    return true;
  }
  return false;
}

void Memory::make_familiar(std::uint64_t key, std::int64_t time, std::uint32_t more) {
  Table::Line& line = familiar_.write(familiar_line(key));
  const std::uint32_t print = fingerprint(key), now = epoch(time);
  std::size_t place = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (count_of(line[i]) != 0 && print_of(line[i]) == print) {
      const std::uint32_t before = age(line[i], now) > kRemembered ? 0 : count_of(line[i]);
      line[i] = slot_of(print, now, std::min(before + more, 15u));
      return;
    }
    if (count_of(line[place]) == 0) continue;
    if (count_of(line[i]) == 0 || age(line[i], now) > age(line[place], now)) place = i;
  }
  line[place] = slot_of(print, now, std::min(more, 15u));
}

bool Memory::said_before(std::uint64_t key, std::int64_t time, First now, First& first) {
  const std::size_t at = once_line(key);
  Table::Line& line = once_.write(at);
  const auto low = static_cast<std::uint32_t>(key);
  now.second = seconds(time);
  std::size_t place = 0;
  for (std::size_t i = 0; i < line.size(); i += 4) {
    if (line[i + 1] != 0 && line[i] == low) {
      first = {line[i + 1], line[i + 2], line[i + 3]};
      const std::int64_t apart = std::int64_t{now.second} - first.second;
      if (apart * kSecond <= within_) return true;
      make_familiar(key, std::int64_t{first.second} * kSecond, 1);  // a stretch of its own
      place = i;
      break;
    }
    if (line[i + 1] < line[place + 1]) place = i;  // an empty one has 0
  }
  if (line[place + 1] != 0 && line[place] != low) {  // the oldest goes: it was said at a time
    const std::uint64_t gone = (key & ~std::uint64_t{0xFFFFFFFFu}) | line[place];
    make_familiar(gone, std::int64_t{line[place + 1]} * kSecond, 1);
  }
  line[place] = low, line[place + 1] = now.second, line[place + 2] = now.author, line[place + 3] = now.content;
  return false;
}

void Memory::forget_first(std::uint64_t key) {
  Table::Line& line = once_.write(once_line(key));
  for (std::size_t i = 0; i < line.size(); i += 4)
    if (line[i + 1] != 0 && line[i] == static_cast<std::uint32_t>(key)) line[i + 1] = 0;
}

void Memory::save(StateOut& out) {
  familiar_.save("familiar/", out), once_.save("once/", out);
}

void Memory::load(std::string_view key, std::string_view value) {
  if (key.starts_with("familiar/")) familiar_.load(key.substr(9), value);
  if (key.starts_with("once/")) once_.load(key.substr(5), value);
}

}  // namespace earshot::novelty
