#include "module.h"

DETECTOR(detect);
COMPONENT("newer_minor");
MODULE(EAR_ABI(EAR_ABI_MAJOR, EAR_ABI_MINOR + 1), "org.example.newer_minor");
