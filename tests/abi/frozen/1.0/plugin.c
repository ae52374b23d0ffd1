/* A detector built against the header of release 1.0, which stands beside it: it must load and work for ever. */
#include <stdlib.h>
#include <string.h>

#include "abi.h"

static const ear_option options[] = {
    {sizeof(ear_option), EAR_INTEGER, 0, 0, "length", "Longer texts are marked", "10", NULL, 1, 1000, NULL}};

struct state {
  int64_t length;
  uint32_t marked;
};

static ear_status create(const ear_host* host, const ear_value* values, void** self, ear_error* error) {
  struct state* state = calloc(1, sizeof *state);
  (void)host, (void)error;
  if (state == NULL) return EAR_INTERNAL;
  state->length = values[0].integer;
  *self = state;
  return EAR_OK;
}

static ear_status detect(void* self, const ear_batch* batch, const ear_detector_out* out, ear_error* error) {
  struct state* state = self;
  (void)error;
  for (uint32_t i = 0; i < batch->count; ++i) {
    const ear_post* post = batch->posts[i];
    const char* at = (const char*)post->segments;
    for (uint32_t s = 0; s < post->segment_count; ++s, at += post->segment_stride) {
      const ear_segment* segment = (const ear_segment*)at;
      ear_finding finding;
      if ((int64_t)segment->text.len <= state->length) continue;
      memset(&finding, 0, sizeof finding);
      finding.size = sizeof finding;
      finding.post = i;
      finding.segment = segment->number;
      finding.media = EAR_NONE;
      finding.score = 1;
      finding.kind.ptr = "long";
      finding.kind.len = 4;
      out->finding(out->ctx, &finding);
      ++state->marked;
    }
  }
  return EAR_OK;
}

static ear_status save(void* self, const ear_state_out* out, ear_error* error) {
  const struct state* state = self;
  const ear_str key = {"marked", 6};
  const ear_bytes value = {(const uint8_t*)&state->marked, sizeof state->marked};
  (void)error;
  out->put(out->ctx, key, value);
  return EAR_OK;
}

static ear_status load(void* self, uint32_t version, ear_str key, ear_bytes value, ear_error* error) {
  struct state* state = self;
  (void)key, (void)error;
  if (version != 1 || value.len != sizeof state->marked) return EAR_INVALID;
  memcpy(&state->marked, value.ptr, value.len);
  return EAR_OK;
}

static const ear_detector detector = {sizeof detector, 0, detect, NULL, NULL};

static const ear_component component = {.size = sizeof component,
                                        .kind = EAR_DETECTOR,
                                        .state_version = 1,
                                        .name = "frozen_1_0",
                                        .summary = "Marks long texts",
                                        .options = options,
                                        .option_count = 1,
                                        .option_stride = sizeof(ear_option),
                                        .detector = &detector,
                                        .create = create,
                                        .destroy = free,
                                        .save = save,
                                        .load = load};

static const ear_component* const components[] = {&component, NULL};

EAR_EXPORT const ear_module earshot_module = {
    sizeof earshot_module,       EAR_ABI(1, 0), "org.earshot.test.frozen_1_0", "1.0.0", "Earshot", "Apache-2.0",
    "The plugin of release 1.0", components};
