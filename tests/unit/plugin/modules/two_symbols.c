#include "module.h"

DETECTOR(detect);
COMPONENT("two_symbols");
MODULE(ABI, "org.example.two_symbols");

EAR_EXPORT int helper(void);
int helper(void) {
  return 1;
}
