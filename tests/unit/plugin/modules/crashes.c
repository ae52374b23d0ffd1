#include <stdlib.h>

#include "module.h"

__attribute__((constructor)) static void crash(void) {
  abort();
}

DETECTOR(detect);
COMPONENT("crashes");
MODULE(ABI, "org.example.crashes");
