#include "module.h"

int nowhere_to_be_found(void);

static ear_status lost(void* self, const ear_batch* batch, const ear_detector_out* out, ear_error* error) {
  return nowhere_to_be_found() == 0 ? detect(self, batch, out, error) : EAR_INTERNAL;
}

DETECTOR(lost);
COMPONENT("undefined");
MODULE(ABI, "org.example.undefined");
