/* whisper.h: the part of whisper.cpp's interface that the plugin uses, for a library that is made up: it writes down
 * what the test told it. Names and types as in whisper.cpp 1.5 and later. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct whisper_context;
typedef int32_t whisper_token;
enum ggml_log_level { GGML_LOG_LEVEL_NONE = 0, GGML_LOG_LEVEL_INFO = 1 };
enum whisper_sampling_strategy { WHISPER_SAMPLING_GREEDY, WHISPER_SAMPLING_BEAM_SEARCH };

struct whisper_context_params {
  bool use_gpu;
};
typedef struct whisper_token_data {
  whisper_token id, tid;
  float p, plog, pt, ptsum;
  int64_t t0, t1, t_dtw;
  float vlen;
} whisper_token_data;
struct whisper_full_params {
  enum whisper_sampling_strategy strategy;
  int n_threads;
  bool no_context, print_special, print_progress, print_realtime, print_timestamps, token_timestamps;
  const char* language;
  bool (*abort_callback)(void* data);
  void* abort_callback_user_data;
};

void whisper_log_set(void (*log)(enum ggml_log_level level, const char* text, void* data), void* data);
struct whisper_context_params whisper_context_default_params(void);
struct whisper_context* whisper_init_from_file_with_params(const char* path, struct whisper_context_params params);
void whisper_free(struct whisper_context* context);
struct whisper_full_params whisper_full_default_params(enum whisper_sampling_strategy strategy);
int whisper_full(struct whisper_context* context, struct whisper_full_params params, const float* samples, int count);
int whisper_full_n_segments(struct whisper_context* context);
int64_t whisper_full_get_segment_t0(struct whisper_context* context, int segment);
int64_t whisper_full_get_segment_t1(struct whisper_context* context, int segment);
int whisper_full_n_tokens(struct whisper_context* context, int segment);
const char* whisper_full_get_token_text(struct whisper_context* context, int segment, int token);
whisper_token_data whisper_full_get_token_data(struct whisper_context* context, int segment, int token);
whisper_token whisper_token_eot(struct whisper_context* context);
int whisper_full_lang_id(struct whisper_context* context);
const char* whisper_lang_str(int id);

#ifdef __cplusplus
}
#endif
