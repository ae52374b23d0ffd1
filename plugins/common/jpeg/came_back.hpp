// came_back.hpp: calls into C libraries that leave by longjmp where they fail, as libjpeg and libpng do. A free
// function; any thread.
#pragma once

#include <csetjmp>

namespace earshot::jpeg {

// Runs `body`, which calls a C library that leaves by longjmp(back). False: it left. What is jumped over (the frames of
// `body` and of callbacks at that moment) must have nothing to destroy; whatever has, stands outside.
template <class Body>
bool came_back(std::jmp_buf& back, Body&& body) {
  if (setjmp(back) != 0) return false;
  body();
  return true;
}

}  // namespace earshot::jpeg
