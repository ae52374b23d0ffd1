/* media.h: the service "earshot.media/1": the pictures, sounds and videos of posts, fetched once, decoded once, checked
 * and bounded, for every detector that looks or listens.
 *
 * The rules of abi.h hold. The table lives as long as the host said of it; its functions may be called from any
 * thread, several at once. What an error of `open` says of a medium stays so: a detector tells it as a finding
 * "unreadable" and goes on; it is no reason to try the batch again.
 */
#ifndef EARSHOT_SERVICES_MEDIA_H
#define EARSHOT_SERVICES_MEDIA_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define EAR_MEDIA_1 "earshot.media/1"

enum { EAR_HAS_PICTURES = 1, EAR_HAS_SOUND = 2, EAR_HAS_CAPTIONS = 4 };

/* A medium that was opened. Read only, counted: valid until it has been released as often as it was opened. */
typedef struct ear_medium {
  uint32_t size;
  uint32_t kind;  /* EAR_MEDIA_IMAGE …: what its bytes are, whatever was declared */
  uint32_t parts; /* EAR_HAS_PICTURES … */
  uint32_t zero;
  ear_str type;        /* what its bytes are: image/jpeg */
  ear_str path;        /* a local file that holds them */
  uint8_t content[32]; /* their SHA-256 */
  int64_t width, height;
  int64_t duration; /* nanoseconds; 0: a still, or not known */
} ear_medium;

/* A decoded picture, or a frame of a video that stands for what is seen from `start` to `stop`. Borrowed for the call.
 */
typedef struct ear_picture {
  uint32_t size;
  uint32_t width, height; /* as handed out; a large original is made smaller, in proportion */
  uint32_t stride;        /* bytes from one row to the next */
  const uint8_t* pixels;  /* blue, green, red, a byte each; upright, top row first */
  int64_t start, stop;    /* nanoseconds into the medium; both 0: a still */
  uint64_t look; /* pictures that look the same share this number: what was found in one holds for all. Never 0;
                  * good until the service is destroyed */
} ear_picture;

/* Sound at 16,000 samples a second, one channel. Borrowed for the call. */
typedef struct ear_sound {
  uint32_t size;
  uint32_t count;
  const int16_t* samples;
  int64_t start; /* nanoseconds into the medium of the first sample */
} ear_sound;

/* One subtitle. Borrowed for the call. */
typedef struct ear_caption {
  uint32_t size;
  uint32_t zero;
  ear_str text;
  ear_str language; /* BCP 47, empty: not known */
  int64_t start, stop;
} ear_caption;

typedef struct ear_media_1 {
  uint32_t size;
  uint32_t zero;
  void* ctx; /* first argument of each */
  /* Fetches or reads a medium of a post and looks what it is. EAR_INVALID: its bytes are no medium, or broken.
   * EAR_UNSUPPORTED: a kind that cannot be decoded here, or beyond a limit. EAR_AUTH: an address or a folder that is
   * not allowed. EAR_IO: it cannot be got, after all attempts. EAR_CANCELLED. [any] */
  ear_status (*open)(void* ctx, const ear_media* media, const ear_medium** medium, ear_error* error);
  void (*release)(void* ctx, const ear_medium* medium); /* [any] */
  /* Shows the pictures in the order of time: one of a still; of a video a frame at each change of scene, some each
   * second where it moves, and none twice that equal the one before. `show` answers 0 to see no more. EAR_INVALID: the
   * bytes are broken from here on; what was shown before holds. [any] */
  ear_status (*pictures)(void* ctx, const ear_medium* medium, int32_t (*show)(void* user, const ear_picture* picture),
                         void* user, ear_error* error);
  /* Shows the sound from its start to its end, without gaps, a few seconds at most at a time. [any] */
  ear_status (*sound)(void* ctx, const ear_medium* medium, int32_t (*show)(void* user, const ear_sound* sound),
                      void* user, ear_error* error);
  /* Shows the subtitles that it carries, in the order of time. [any] */
  ear_status (*captions)(void* ctx, const ear_medium* medium, int32_t (*show)(void* user, const ear_caption* caption),
                         void* user, ear_error* error);
  /* For sources that have bytes and no address: keeps them in the cache and names them by a URL for ear_media.url,
   * which is good as long as the cache keeps them. [any] */
  ear_status (*keep)(void* ctx, ear_bytes bytes, void (*name)(void* user, ear_str url), void* user, ear_error* error);
} ear_media_1;

#ifdef __cplusplus
}
#endif

#endif /* EARSHOT_SERVICES_MEDIA_H */
