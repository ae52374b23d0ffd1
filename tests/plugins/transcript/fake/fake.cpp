#include "fake.hpp"

#include <cstring>

#include "whisper.h"

using fake_whisper::heard;
using fake_whisper::Token;

struct whisper_context {
  int dummy = 0;
};

namespace {
const Token& token_of(int segment, int token) {
  return heard.segments[static_cast<std::size_t>(segment)][static_cast<std::size_t>(token)];
}
}  // namespace

void whisper_log_set(void (*)(ggml_log_level, const char*, void*), void*) {}
whisper_context_params whisper_context_default_params() {
  return {};
}
whisper_context* whisper_init_from_file_with_params(const char* path, whisper_context_params) {
  return std::strstr(path, "missing") != nullptr ? nullptr : new whisper_context;
}
void whisper_free(whisper_context* context) {
  delete context;
}
whisper_full_params whisper_full_default_params(whisper_sampling_strategy) {
  return {};
}
int whisper_full(whisper_context*, whisper_full_params params, const float*, int count) {
  heard.pieces.push_back(static_cast<std::size_t>(count));
  return params.abort_callback(params.abort_callback_user_data) ? -6 : 0;
}
int whisper_full_n_segments(whisper_context*) {
  return static_cast<int>(heard.segments.size());
}
std::int64_t whisper_full_get_segment_t0(whisper_context*, int segment) {
  return token_of(segment, 0).t0;
}
std::int64_t whisper_full_get_segment_t1(whisper_context*, int segment) {
  return heard.segments[static_cast<std::size_t>(segment)].back().t1;
}
int whisper_full_n_tokens(whisper_context*, int segment) {
  return static_cast<int>(heard.segments[static_cast<std::size_t>(segment)].size());
}
const char* whisper_full_get_token_text(whisper_context*, int segment, int token) {
  return token_of(segment, token).text.c_str();
}
whisper_token_data whisper_full_get_token_data(whisper_context*, int segment, int token) {
  const Token& t = token_of(segment, token);
  whisper_token_data data{};
  data.id = t.id, data.p = t.p, data.t0 = t.t0, data.t1 = t.t1;
  return data;
}
whisper_token whisper_token_eot(whisper_context*) {
  return 100;
}
int whisper_full_lang_id(whisper_context*) {
  return 0;
}
const char* whisper_lang_str(int) {
  return "en";
}
