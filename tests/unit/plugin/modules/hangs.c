#include <unistd.h>

#include "module.h"

__attribute__((constructor)) static void hang(void) {
  for (;;) pause();
}

DETECTOR(detect);
COMPONENT("hangs");
MODULE(ABI, "org.example.hangs");
