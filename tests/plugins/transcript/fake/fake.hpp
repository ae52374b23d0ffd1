// fake.hpp: what the made-up whisper.cpp hears. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fake_whisper {

struct Token {
  std::string text;
  std::int64_t t0 = 0, t1 = 0;  // hundredths of a second
  float p = 1;
  std::int32_t id = 1;  // from 100: no text
};
struct Heard {
  std::vector<std::vector<Token>> segments;  // in each piece of sound
  std::vector<std::size_t> pieces;           // samples of each call
};
inline Heard heard;

}  // namespace fake_whisper
