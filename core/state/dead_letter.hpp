// dead_letter.hpp: what a component could not take: kept, so that somebody may look at it and bring it back. A value.
#pragma once

#include <cstdint>
#include <string>

#include "earshot/abi.h"

namespace earshot::host {

struct DeadLetter {
  std::string component;  // that could not take it
  std::string source;     // that brought it
  std::string place;      // "posts.ndjson:17", or the post's platform/id
  std::string reason;
  bool raw = false;  // `payload` is what a source read; else an encoded post
  std::string payload;
  ear_time time = 0;        // when
  std::int64_t number = 0;  // in the state; 0: not there yet
  bool sealed = false;      // and there was no key to open it: the payload is empty
};

}  // namespace earshot::host
