#include "module.h"

DETECTOR(NULL);
COMPONENT("null_call");

/* What would be called is there, and the table does not say so. */
ear_status (*const unused)(void*, const ear_batch*, const ear_detector_out*, ear_error*) = detect;
MODULE(ABI, "org.example.null_call");
