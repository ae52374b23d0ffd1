#include <stdio.h>

#include "module.h"

/* Writes where a probe must not listen. */
__attribute__((constructor)) static void talk(void) {
  puts("{\"fault\":\"said on standard output\"}");
  fputs("said on standard error\n", stderr);
  fflush(stdout);
}

DETECTOR(detect);
COMPONENT("talks");
MODULE(ABI, "org.example.talks");
