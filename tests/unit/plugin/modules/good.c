#include "module.h"

DETECTOR(detect);
COMPONENT("good");
MODULE(ABI, "org.example.good");
