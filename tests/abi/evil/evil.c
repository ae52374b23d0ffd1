/* A detector that finds a word, keeps the contract, and breaks one rule of it where a FAULT_… is set. */
#define _GNU_SOURCE
#include <earshot/abi.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct evil {
  char word[64];
  uint64_t posts;   /* with the word in them */
  uint64_t pending; /* of this batch; only where the fault says so */
  const char* kept; /* what is not its own */
  size_t kept_length;
  const ear_detector_out* out;
  const ear_value* values;
};

static ear_str text(const char* s) {
  ear_str t = {s, strlen(s)};
  return t;
}

static ear_status fail(ear_error* error, ear_status status, const char* message) {
#ifdef FAULT_errors_without_text
  message = "";
#endif
  strcpy(error->message, message);
  return status;
}

#ifdef FAULT_loud_load
__attribute__((constructor)) static void loud(void) {
  setenv("EARSHOT_EVIL", "1", 1);
}
#endif
#ifdef FAULT_extra_symbol
EAR_EXPORT int helper(void);
EAR_EXPORT int helper(void) {
  return 1;
}
#endif

__attribute__((unused)) static ear_status create(const ear_host* host, const ear_value* values, void** self,
                                                 ear_error* error) {
  struct evil* e = calloc(1, sizeof *e);
  (void)host;
  if (e == NULL) return fail(error, EAR_INTERNAL, "out of memory");
  if (values[0].text.len == 0 || values[0].text.len >= sizeof e->word) {
    free(e);
    strcpy(error->option, "word");
    return fail(error, EAR_INVALID, "the word must have 1 to 63 bytes");
  }
  memcpy(e->word, values[0].text.ptr, values[0].text.len);
  e->values = values;
#ifdef FAULT_create_writes
  FILE* file = fopen("evil.txt", "w");
  if (file != NULL) fclose(file);
#endif
#ifdef FAULT_leaks
  if (malloc(8192) == NULL) return fail(error, EAR_INTERNAL, "out of memory");
#endif
  *self = e;
  return EAR_OK;
}

static ear_status start(void* self, ear_error* error) {
  (void)self, (void)error;
#ifdef FAULT_changes_process
  setlocale(LC_ALL, "C.UTF-8");
  if (chdir("/") != 0) return fail(error, EAR_IO, "cannot change the folder");
#endif
#ifdef FAULT_keeps_values
  if (((struct evil*)self)->values[0].text.len > 1000) return fail(error, EAR_INTERNAL, "the word has changed");
#endif
  return EAR_OK;
}

static const ear_segment* segment(const ear_post* post, uint32_t i) {
#ifdef FAULT_ignores_strides
  return post->segments + i;
#else
  return (const ear_segment*)((const char*)post->segments + (size_t)i * post->segment_stride);
#endif
}

static void say(const ear_detector_out* out, uint32_t post, const ear_segment* s, size_t at, size_t length,
                double score, ear_str value) {
  ear_finding f;
  memset(&f, 0, sizeof f);
  f.size = sizeof f, f.post = post, f.segment = s->number, f.media = EAR_NONE;
  f.begin = (uint32_t)at, f.end = (uint32_t)(at + length), f.score = score;
#ifdef FAULT_points_outside
  f.end += 1000;
#endif
  f.kind = text("word"), f.value = value;
  out->finding(out->ctx, &f);
}

static ear_status detect(void* self, const ear_batch* batch, const ear_detector_out* out, ear_error* error) {
  struct evil* e = self;
  (void)error;
#ifdef FAULT_keeps_views
  volatile char seen = 0;
  for (size_t i = 0; i < e->kept_length; ++i) seen ^= e->kept[i];
  (void)seen;
#endif
#ifdef FAULT_speaks_later
  if (e->out != NULL) e->out->wake_at(e->out->ctx, 0);
  e->out = out;
#endif
#ifdef FAULT_hangs
  for (volatile int stuck = 1; stuck;) usleep(1000);
#endif
  e->pending = 0;
  for (uint32_t i = 0; i < batch->count; ++i) {
    const ear_post* post = batch->posts[i];
    for (uint32_t k = 0; k < post->segment_count; ++k) {
      const ear_segment* s = segment(post, k);
      const char* at = s->text.len == 0 ? NULL : memmem(s->text.ptr, s->text.len, e->word, strlen(e->word));
#ifdef FAULT_frees_host_memory
      if (s->text.len > 0) free((void*)s->text.ptr);
#endif
#ifdef FAULT_keeps_views
      e->kept = s->text.ptr, e->kept_length = s->text.len;
#endif
      if (at == NULL) continue;
      ++e->posts, ++e->pending;
      char value[32] = "";
#ifdef FAULT_lies_stateless
      snprintf(value, sizeof value, "%u", (unsigned)e->posts);
#endif
#ifdef FAULT_loses_state
      snprintf(value, sizeof value, "%u", (unsigned)e->posts);
#endif
#ifdef FAULT_rechunk_dependent
      snprintf(value, sizeof value, "%u", (unsigned)e->pending);
#endif
      say(out, i, s, (size_t)(at - s->text.ptr), strlen(e->word), 1, text(value));
    }
  }
  return EAR_OK;
}

__attribute__((unused)) static ear_status save(void* self, const ear_state_out* out, ear_error* error) {
  const struct evil* e = self;
  ear_bytes value = {(const uint8_t*)&e->posts, sizeof e->posts};
  (void)error;
#ifdef FAULT_loses_state
  return EAR_OK;
#endif
  out->put(out->ctx, text("posts"), value);
  return EAR_OK;
}

__attribute__((unused)) static ear_status load(void* self, uint32_t version, ear_str key, ear_bytes value,
                                               ear_error* error) {
  struct evil* e = self;
  (void)key;
#ifdef FAULT_crashes_on_garbage
  if (value.len != sizeof e->posts) raise(SIGSEGV);
#endif
  if (version != 1 || value.len != sizeof e->posts)
    return fail(error, EAR_INVALID, "this is no state of this detector");
  memcpy(&e->posts, value.ptr, sizeof e->posts);
  return EAR_OK;
}

static const ear_option options[] = {
    {sizeof(ear_option), EAR_TEXT, 0, 0, "word", "The word to find", "acme", NULL, 0, 0, NULL}};
static const ear_detector detector = {sizeof detector, 0, detect, NULL, NULL};
static const ear_component component = {.size = sizeof component,
                                        .kind = EAR_DETECTOR,
#if defined FAULT_lies_stateless
                                        .flags = EAR_STATELESS,
#endif
                                        .state_version = 1,
                                        .name = "evil",
                                        .summary = "Finds a word",
                                        .options = options,
                                        .option_count = 1,
                                        .option_stride = sizeof(ear_option),
                                        .detector = &detector,
#ifndef FAULT_no_create
                                        .create = create,
#endif
                                        .destroy = free,
#ifndef FAULT_lies_stateless
                                        .save = save,
                                        .load = load,
#endif
                                        .start = start};
static const ear_component* const components[] = {&component, NULL};

EAR_EXPORT const ear_module earshot_module = {sizeof earshot_module,
#if defined FAULT_wrong_abi
                                              EAR_ABI(2, 0),
#elif defined FAULT_newer_abi
                                              EAR_ABI(1, 9),
#else
                                              EAR_ABI(1, 0),
#endif
                                              "org.example.evil",    "1.0.0",        "Example",
                                              "Apache-2.0",          "Finds a word", components};
