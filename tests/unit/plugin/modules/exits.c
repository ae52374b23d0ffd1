#include <stdlib.h>

#include "module.h"

__attribute__((constructor)) static void leave(void) {
  _Exit(7);
}

DETECTOR(detect);
COMPONENT("exits");
MODULE(ABI, "org.example.exits");
