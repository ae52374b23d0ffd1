#include "module.h"

DETECTOR(detect);
COMPONENT("wrong_major");
MODULE(EAR_ABI(EAR_ABI_MAJOR + 1, 0), "org.example.wrong_major");
