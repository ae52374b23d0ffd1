// file.cpp: models as bytes. Nothing read is trusted: every number is checked against what is there.
#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <stdexcept>

#include "language/model.hpp"

namespace earshot::language {
namespace {

constexpr std::string_view first_line = "earshot-language 1";
constexpr std::size_t most_bytes = 64U << 20;  // of the columns

[[noreturn]] void fault(std::string_view what) {
  throw std::runtime_error(fmt::format("this is no language model of this version: {}", what));
}

void put_number(std::string& to, std::uint32_t number) {  // seven bits a byte, the lowest first
  for (; number >= 128; number >>= 7) to.push_back(static_cast<char>(number | 128));
  to.push_back(static_cast<char>(number));
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  std::uint8_t byte() {
    if (at_ >= bytes_.size()) fault("it ends too early");
    return static_cast<std::uint8_t>(bytes_[at_++]);
  }
  std::uint32_t number() {
    std::uint32_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      const std::uint32_t next = byte();
      value |= (next & 127) << shift;
      if (next < 128) return value;
    }
    fault("a number does not end");
  }
  std::size_t left() const { return bytes_.size() - at_; }
  std::string_view rest() const { return bytes_.substr(at_); }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

double real(std::string_view text) {
  double value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{} || !(value > 0))
    fault(fmt::format("'{}' is no number above 0", text));
  return value;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    if (end > at) words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::uint32_t whole(std::string_view text, std::uint32_t most) {
  std::uint32_t value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{} || value > most)
    fault(fmt::format("'{}' is not a number up to {}", text, most));
  return value;
}

void read_line(ModelContent& content, std::string_view line) {
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos) fault(fmt::format("no value in '{}'", line));
  const std::string_view key = line.substr(0, colon), value = line.substr(colon + 2);
  if (key == "languages") {
    for (const std::string_view word : words_of(value)) content.languages.emplace_back(word);
    if (content.languages.size() > Model::most_languages) fault("too many languages");
  } else if (key == "group") {
    const auto words = words_of(value);
    if (words.size() != 3) fault("a group is a script, a begin and an end");
    const auto most = static_cast<std::uint32_t>(content.languages.size());
    const Group group{static_cast<Script>(whole(words[0], script_count - 1)), whole(words[1], most),
                      whole(words[2], most)};
    if (group.begin >= group.end) fault("an empty group");
    content.groups.push_back(group);
  } else if (key == "unit") {
    content.unit = real(value);
  } else if (key == "temperature") {
    content.temperature = real(value);
  } else if (key == "learned_from") {
    content.learned_from = value;
  }
}

std::string unpack(std::string_view frame) {
  const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most_bytes)
    fault("what is packed has no size or is too large");
  std::string bytes(size, '\0');
  const std::size_t got = ZSTD_decompress(bytes.data(), bytes.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0 || got != bytes.size()) fault("what is packed is damaged");
  return bytes;
}

}  // namespace

std::string write_model(const ModelContent& content) {
  std::string columns;
  put_number(columns, static_cast<std::uint32_t>(content.keys.size()));
  std::uint32_t last = 0;
  for (const std::uint32_t key : content.keys) put_number(columns, key - last), last = key;
  for (const std::uint32_t count : content.counts) put_number(columns, count);
  for (const Weight& weight : content.weights) columns.push_back(static_cast<char>(weight.language));
  for (const Weight& weight : content.weights) columns.push_back(static_cast<char>(weight.value));
  std::string packed(ZSTD_compressBound(columns.size()), '\0');
  const std::size_t size = ZSTD_compress(packed.data(), packed.size(), columns.data(), columns.size(), 19);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  packed.resize(size);
  std::string file = fmt::format("{}\nlanguages: {}\n", first_line, fmt::join(content.languages, " "));
  for (const Group& group : content.groups)
    file += fmt::format("group: {} {} {}\n", static_cast<int>(group.script), group.begin, group.end);
  return file +
         fmt::format("unit: {}\ntemperature: {}\nlearned_from: {}\n\n", content.unit, content.temperature,
                     content.learned_from) +
         packed;
}

ModelContent read_content(std::string_view bytes) {
  ModelContent content;
  const std::size_t head = bytes.find("\n\n");
  if (head == std::string_view::npos || !bytes.starts_with(first_line)) fault("it does not begin as one");
  for (std::size_t at = bytes.find('\n') + 1; at < head;) {
    const std::size_t end = std::min(bytes.find('\n', at), head);
    read_line(content, bytes.substr(at, end - at));
    at = end + 1;
  }
  const std::string columns = unpack(bytes.substr(head + 2));
  Reader in(columns);
  const std::uint32_t count = in.number();
  if (count > in.left()) fault("more keys than bytes");
  content.keys.reserve(count), content.counts.reserve(count);
  std::uint32_t key = 0;
  for (std::uint32_t i = 0; i < count; ++i) content.keys.push_back(key += in.number());
  std::size_t weights = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    content.counts.push_back(in.number());
    if (content.counts.back() > 126) fault("too many weights for one n-gram");
    weights += content.counts.back();
  }
  if (in.left() != 2 * weights || weights >= 1U << 25) fault("the number of weights is wrong");
  const std::string_view languages = in.rest().substr(0, weights), values = in.rest().substr(weights);
  content.weights.resize(weights);
  std::uint8_t most = 0;
  for (std::size_t i = 0; i < weights; ++i) {
    content.weights[i] = {static_cast<std::uint8_t>(languages[i]), static_cast<std::int8_t>(values[i])};
    most = std::max(most, content.weights[i].language);
  }
  if (weights > 0 && most >= content.languages.size()) fault("a weight for a language that is none");
  return content;
}

}  // namespace earshot::language
