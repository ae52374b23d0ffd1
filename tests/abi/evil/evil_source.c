/* A source of a hundred posts that breaks one rule of the contract. */
#include <earshot/abi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct evil {
  unsigned next;
};

static ear_status create(const ear_host* host, const ear_value* values, void** self, ear_error* error) {
  (void)host, (void)values, (void)error;
  *self = calloc(1, sizeof(struct evil));
  return *self == NULL ? EAR_INTERNAL : EAR_OK;
}

static ear_status open_at(void* self, ear_bytes cursor, ear_error* error) {
  struct evil* e = self;
  if (cursor.len > 3) return strcpy(error->message, "this cursor is not one of this source"), EAR_INVALID;
  char digits[4] = "";
  if (cursor.len > 0) memcpy(digits, cursor.ptr, cursor.len);
  e->next = (unsigned)atoi(digits);
#ifdef FAULT_loses_posts
  if (cursor.len > 0) e->next += 3;
#endif
  return EAR_OK;
}

static ear_status poll(void* self, const ear_source_out* out, ear_error* error) {
  struct evil* e = self;
  (void)error;
  char digits[12];
  for (uint32_t i = 0; i < out->max_posts && e->next < 100; ++i) {
    ear_post post;
    memset(&post, 0, sizeof post);
    post.size = sizeof post;
    snprintf(digits, sizeof digits, "%u", e->next++);
    post.platform.ptr = "evil", post.platform.len = 4;
    post.id.ptr = digits, post.id.len = strlen(digits);
    post.published = e->next, post.likes = post.reposts = post.replies = post.views = -1;
    out->post(out->ctx, &post);
  }
#ifndef FAULT_no_cursor
  snprintf(digits, sizeof digits, "%u", e->next);
  ear_bytes cursor = {(const uint8_t*)digits, strlen(digits)};
  out->cursor(out->ctx, cursor);
#endif
#ifdef FAULT_ignores_cancellation
  while (e->next >= 100) usleep(1000);
#endif
  return e->next < 100 ? EAR_OK : EAR_END;
}

static const ear_source source = {sizeof source, 0, open_at, poll, NULL, NULL};
static const ear_component component = {.size = sizeof component,
                                        .kind = EAR_SOURCE,
                                        .state_version = 1,
                                        .name = "evil",
                                        .summary = "Brings a hundred posts",
                                        .option_stride = sizeof(ear_option),
                                        .source = &source,
                                        .create = create,
                                        .destroy = free};
static const ear_component* const components[] = {&component, NULL};

EAR_EXPORT const ear_module earshot_module = {
    sizeof earshot_module, EAR_ABI(1, 0),     "org.example.evil", "1.0.0", "Example",
    "Apache-2.0",          "A hundred posts", components};
