/* A detector in plain C: finds the texts that ask something. */
#include <earshot/abi.h>
#include <stdlib.h>
#include <string.h>

static const ear_option options[] = {
    {sizeof(ear_option), EAR_TEXT, 0, 0, "mark", "What a question ends with", "'?'", NULL, 0, 0, NULL}};

struct question {
  size_t length;
  char mark[16];
};

static ear_status create(const ear_host* host, const ear_value* values, void** self, ear_error* error) {
  struct question* q = calloc(1, sizeof *q);
  (void)host;
  if (q == NULL || values[0].text.len == 0 || values[0].text.len > sizeof q->mark) {
    free(q);
    strcpy(error->option, "mark");
    strcpy(error->message, "the mark must have 1 to 16 bytes");
    return EAR_INVALID;
  }
  q->length = values[0].text.len;
  memcpy(q->mark, values[0].text.ptr, q->length);
  *self = q;
  return EAR_OK;
}

static ear_status detect(void* self, const ear_batch* batch, const ear_detector_out* out, ear_error* error) {
  const struct question* q = self;
  (void)error;
  for (uint32_t i = 0; i < batch->count; ++i) {
    const ear_post* post = batch->posts[i];
    const char* at = (const char*)post->segments;
    for (uint32_t s = 0; s < post->segment_count; ++s, at += post->segment_stride) {
      const ear_segment* segment = (const ear_segment*)at;
      const ear_str text = segment->text;
      ear_finding finding = {sizeof finding, 0,      0,      0,      0,      EAR_NONE, 1,    0, 0,
                             {{0}, {0}},     {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0},   NULL, 0, 0};
      if (text.len < q->length || memcmp(text.ptr + text.len - q->length, q->mark, q->length) != 0) continue;
      finding.post = i;
      finding.segment = segment->number;
      finding.begin = (uint32_t)(text.len - q->length);
      finding.end = (uint32_t)text.len;
      finding.kind.ptr = "question";
      finding.kind.len = strlen(finding.kind.ptr);
      out->finding(out->ctx, &finding);
    }
  }
  return EAR_OK;
}

static const ear_detector detector = {sizeof detector, 0, detect, NULL, NULL};

static const ear_component question = {.size = sizeof question,
                                       .kind = EAR_DETECTOR,
                                       .flags = EAR_STATELESS,
                                       .state_version = 1,
                                       .name = "vendor_c",
                                       .summary = "Marks texts that ask something",
                                       .options = options,
                                       .option_count = 1,
                                       .option_stride = sizeof(ear_option),
                                       .detector = &detector,
                                       .create = create,
                                       .destroy = free};

static const ear_component* const components[] = {&question, NULL};

EAR_EXPORT const ear_module earshot_module = {sizeof earshot_module,
                                              EAR_ABI(EAR_ABI_MAJOR, EARSHOT_TARGET_MINOR),
                                              "com.example.vendor_c",
                                              "1.0.0",
                                              "Earshot",
                                              "Apache-2.0",
                                              "Says which posts ask",
                                              components};
