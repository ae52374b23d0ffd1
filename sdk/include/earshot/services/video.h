/* video.h: the service "earshot.video/1": files of sound and video taken apart. The media service asks for it, so that
 * the libraries behind it are loaded only where media are looked at; a detector asks for "earshot.media/1".
 *
 * The rules of abi.h hold. Functions may be called from any thread, several at once.
 */
#ifndef EARSHOT_SERVICES_VIDEO_H
#define EARSHOT_SERVICES_VIDEO_H

#include "media.h"

#ifdef __cplusplus
extern "C" {
#endif

#define EAR_VIDEO_1 "earshot.video/1"

/* What a file is. */
typedef struct ear_video {
  uint32_t size;
  uint32_t kind;  /* EAR_MEDIA_IMAGE (one picture of a rare kind), EAR_MEDIA_AUDIO, EAR_MEDIA_VIDEO */
  uint32_t parts; /* EAR_HAS_PICTURES … */
  uint32_t zero;
  char type[64]; /* video/mp4, NUL-terminated */
  int64_t width, height;
  int64_t duration; /* nanoseconds; 0: not known */
} ear_video;

typedef struct ear_video_wish {
  uint32_t size;
  uint32_t most_pixels; /* a larger frame is made smaller, in proportion */
  int64_t spacing;      /* nanoseconds between two pictures where it moves */
  int64_t at_most;      /* nanoseconds of it that are read; 0: all */
} ear_video_wish;

/* Frames as ear_media_1.pictures wants them; `look` is 0: the media service gives that. */
typedef struct ear_video_1 {
  uint32_t size;
  uint32_t zero;
  void* ctx; /* first argument of each */
  /* EAR_INVALID: broken, or no sound or video. EAR_UNSUPPORTED: a kind that is not decoded here, or beyond a limit.
   * [any] */
  ear_status (*probe)(void* ctx, ear_str path, ear_video* video, ear_error* error);
  ear_status (*pictures)(void* ctx, ear_str path, const ear_video_wish* wish,
                         int32_t (*show)(void* user, const ear_picture* picture), void* user,
                         ear_error* error); /* [any] */
  ear_status (*sound)(void* ctx, ear_str path, const ear_video_wish* wish,
                      int32_t (*show)(void* user, const ear_sound* sound), void* user, ear_error* error); /* [any] */
  ear_status (*captions)(void* ctx, ear_str path, int32_t (*show)(void* user, const ear_caption* caption), void* user,
                         ear_error* error); /* [any] */
} ear_video_1;

#ifdef __cplusplus
}
#endif

#endif /* EARSHOT_SERVICES_VIDEO_H */
