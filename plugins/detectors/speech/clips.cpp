#include "speech/clips.hpp"

#include <unistd.h>
#include <array>
#include <earshot/error.hpp>
#include <fstream>
#include <iterator>
#include <system_error>

namespace earshot::speech {
namespace {

constexpr std::uint32_t kRate = 16000;

template <class T>
void put(std::string& out, T number) {
  for (std::size_t i = 0; i < sizeof(T); ++i) out += static_cast<char>(number >> (8 * i) & 0xFF);
}

// RIFF WAVE, PCM, one channel of 16 bits.
std::string wav(std::span<const std::int16_t> sound) {
  const auto bytes = static_cast<std::uint32_t>(sound.size() * 2);
  std::string out = "RIFF";
  put(out, bytes + 36), out += "WAVEfmt ";
  put(out, std::uint32_t{16}), put(out, std::uint16_t{1}), put(out, std::uint16_t{1});
  put(out, kRate), put(out, kRate * 2), put(out, std::uint16_t{2}), put(out, std::uint16_t{16});
  out += "data", put(out, bytes);
  for (const std::int16_t sample : sound) put(out, static_cast<std::uint16_t>(sample));
  return out;
}

}  // namespace

Clips::Clips(std::filesystem::path folder, std::size_t most) : folder_(std::move(folder)), most_(most) {
  std::error_code fault;
  std::filesystem::create_directories(folder_, fault);
  if (fault)
    throw invalid("the folder " + folder_.string() + " for clips cannot be made: " + fault.message())
        .at_option("keep_clips");
}

std::optional<std::string> Clips::keep(const std::string& name, std::span<const std::int16_t> sound) {
  const std::filesystem::path file = folder_ / (name + ".wav");
  std::error_code fault;
  if (std::filesystem::exists(file, fault)) return file.string();
  std::size_t there = 0;
  for (std::filesystem::directory_iterator at(folder_, fault), end; !fault && at != end; at.increment(fault)) ++there;
  if (there >= most_) return {};
  const std::filesystem::path part = folder_ / (name + ".part" + std::to_string(::getpid()));
  {
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out << wav(sound);
    if (!out.flush()) throw io_failure("the clip " + file.string() + " cannot be written");
  }
  std::filesystem::rename(part, file, fault);  // never half of it under its name
  if (fault) throw io_failure("the clip " + file.string() + " cannot be written: " + fault.message());
  return file.string();
}

}  // namespace earshot::speech
