/* A sink that writes a line for each delivery and breaks one rule of the contract. */
#define _GNU_SOURCE
#include <earshot/abi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct evil {
  FILE* file;
  int64_t saved;
};

static ear_status create(const ear_host* host, const ear_value* values, void** self, ear_error* error) {
  (void)host, (void)values, (void)error;
  *self = calloc(1, sizeof(struct evil));
  return *self == NULL ? EAR_INTERNAL : EAR_OK;
}

static ear_status start(void* self, ear_error* error) {
  struct evil* e = self;
#ifdef FAULT_writes_twice
  e->file = fopen("evil.txt", "a");
#else
  e->file = fopen("evil.txt", e->saved > 0 ? "r+" : "w");
  if (e->file != NULL && (ftruncate(fileno(e->file), e->saved) != 0 || fseek(e->file, 0, SEEK_END) != 0))
    return strcpy(error->message, "cannot go back in evil.txt"), EAR_IO;
#endif
  if (e->file == NULL) return strcpy(error->message, "cannot open evil.txt"), EAR_IO;
  setvbuf(e->file, NULL, _IOFBF, 1 << 20);
  return EAR_OK;
}

static ear_status save(void* self, const ear_state_out* out, ear_error* error) {
  struct evil* e = self;
  const int64_t place = ftell(e->file);
  ear_str key = {"place", 5};
  ear_bytes value = {(const uint8_t*)&place, sizeof place};
  (void)error;
  out->put(out->ctx, key, value);
  return EAR_OK;
}

static ear_status load(void* self, uint32_t version, ear_str key, ear_bytes value, ear_error* error) {
  struct evil* e = self;
  (void)version, (void)key;
  if (value.len != sizeof e->saved) return strcpy(error->message, "this is no state of this sink"), EAR_INVALID;
  memcpy(&e->saved, value.ptr, sizeof e->saved);
  if (e->saved < 0) return strcpy(error->message, "this is no state of this sink"), EAR_INVALID;
  return EAR_OK;
}

static ear_status stop(void* self, ear_error* error) {
  struct evil* e = self;
  (void)error;
  if (e->file != NULL) fclose(e->file);
  e->file = NULL;
  return EAR_OK;
}

static void destroy(void* self) {
  ear_error unused;
  stop(self, &unused);
  free(self);
}

static ear_status take(void* self, const ear_deliveries* deliveries, uint32_t* accepted, ear_error* error) {
  struct evil* e = self;
  (void)error;
  for (uint32_t i = 0; i < deliveries->count; ++i) {
    const ear_delivery* d = (const ear_delivery*)((const char*)deliveries->items + (size_t)i * deliveries->stride);
    fprintf(e->file, "%llu %llu\n", (unsigned long long)d->id.high, (unsigned long long)d->id.low);
  }
  *accepted = deliveries->count;
#ifdef FAULT_takes_too_much
  *accepted += 3;
#endif
  return EAR_OK;
}

static ear_status flush(void* self, ear_error* error) {
  (void)self, (void)error;
#ifndef FAULT_buffers_forever
  fflush(((struct evil*)self)->file);
#endif
  return EAR_OK;
}

static const ear_sink sink = {sizeof sink, 0, take, flush};
static const ear_component component = {.size = sizeof component,
                                        .kind = EAR_SINK,
                                        .state_version = 1,
                                        .name = "evil",
                                        .summary = "Writes a line for each delivery",
                                        .option_stride = sizeof(ear_option),
                                        .sink = &sink,
                                        .create = create,
                                        .destroy = destroy,
                                        .start = start,
                                        .stop = stop,
                                        .save = save,
                                        .load = load};
static const ear_component* const components[] = {&component, NULL};

EAR_EXPORT const ear_module earshot_module = {
    sizeof earshot_module, EAR_ABI(1, 0),     "org.example.evil", "1.0.0", "Example",
    "Apache-2.0",          "Lines in a file", components};
