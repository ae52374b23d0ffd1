#include <stdlib.h>

#include "module.h"

/* Leaves a mark in the process that it is loaded into. */
__attribute__((constructor)) static void mark(void) {
  setenv("EARSHOT_TEST_MARK", "loaded", 1);
}

DETECTOR(detect);
COMPONENT("marked");
MODULE(ABI, "org.example.marks");
