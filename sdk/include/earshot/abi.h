/* abi.h: everything that a plugin and the host agree on.
 *
 * C11 (and C++), no dependency. A plugin built with any compiler, any standard library and any flags
 * runs in every host of the same major version. docs/abi.md tells the reasons; the rules are:
 *
 *   Text     is UTF-8 with a length. Only the static tables of a plugin hold NUL-terminated strings.
 *   Memory   nothing is freed across. A pointer is borrowed for the call that it appears in; whoever
 *            keeps what it points to copies it. What a component says is pushed into callbacks, which copy.
 *   Threads  each function ends in one tag:
 *            [main]    the host's one control thread
 *            [worker]  any thread, never two calls at once for one instance
 *            [any]     any thread, several calls at once
 *   Calls    a call that does not return EAR_OK (or EAR_AGAIN and EAR_END, where a source may) has had no
 *            effect: the host drops what it said and makes it again, with the same posts or without the
 *            post at fault.
 *   Throwing through any of these functions is undefined; the C++ layer (detector.hpp and its like) never does.
 *   Growth   structs with `size` grow at their end; arrays carry a stride or hold pointers; a struct marked
 *            FROZEN never changes in a major version. No struct ends in padding: `zero` members are 0.
 */
#ifndef EARSHOT_ABI_H
#define EARSHOT_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EAR_ABI_MAJOR 1u
#define EAR_ABI_MINOR 0u
#define EAR_ABI(major, minor) (((uint32_t)(major) << 16) | (uint32_t)(minor))

/* The lowest minor version that a plugin asks for. Members newer than this are not declared, so a plugin
 * cannot use one without saying so, and a newer SDK never shuts out an older host by itself. */
#ifndef EARSHOT_TARGET_MINOR
#define EARSHOT_TARGET_MINOR 0u
#endif

/* Is `member` there in the struct that `p` points to? For reading what the other side may not know. */
#define EAR_HAS(p, type, member) ((p)->size >= offsetof(type, member) + sizeof((p)->member))

/* ---- values: FROZEN ------------------------------------------------------------------------------- */

typedef struct ear_str {
  const char* ptr;
  size_t len;
} ear_str;

typedef struct ear_bytes {
  const uint8_t* ptr;
  size_t len;
} ear_bytes;

/* Identity as 128 bits: of a post from (platform, id), of an alert from (detector, subject, kind, start). */
typedef struct ear_id {
  uint64_t high;
  uint64_t low;
} ear_id;

/* Nanoseconds since 1970-01-01T00:00:00Z. */
typedef int64_t ear_time;
#define EAR_TIME_NONE INT64_MIN
#define EAR_TIME_END INT64_MAX

#define EAR_NONE 0xFFFFFFFFu /* no post, no segment, no media, no bytes */

/* Four corners, clockwise from the top left, as fractions of width and height. All zero: no box. */
typedef struct ear_quad {
  float x[4];
  float y[4];
} ear_quad;

enum {
  EAR_UNSET = 0,
  EAR_TEXT = 1,
  EAR_INTEGER = 2,
  EAR_REAL = 3,
  EAR_BOOLEAN = 4,
  EAR_DURATION = 5, /* integer: nanoseconds */
  EAR_SIZE = 6,     /* integer: bytes */
  EAR_TIME = 7,     /* integer: ear_time */
  EAR_SECRET = 8,   /* text: the name that ear_host.secret takes, never the secret */
  EAR_CHOICE = 9,   /* text, and integer: its place among the choices */
  EAR_PATH = 10,    /* text: absolute, or relative to the working directory */
  EAR_URL = 11,
  EAR_QUERY = 12, /* text; among items, of a query in a file, `folder`: where the files lie that it names */
  EAR_LIST = 13,  /* items */
  EAR_MAP = 14    /* items, each with its key */
};

/* One value: of an option, of an attribute, or of a node in the watchlist's tree. */
typedef struct ear_value {
  uint32_t type;  /* EAR_UNSET where an option without default is not set */
  uint32_t count; /* of items */
  ear_str key;    /* in a map and among attributes; else empty */
  ear_str text;
  int64_t integer;
  double real;
  const struct ear_value* items;
} ear_value;

/* ---- errors --------------------------------------------------------------------------------------- */

typedef int32_t ear_status;
enum {
  EAR_OK = 0,
  EAR_AGAIN = 1,         /* not now: the same call again, after retry_after or the host's backoff */
  EAR_END = 2,           /* a source: nothing will ever come again */
  EAR_CANCELLED = -1,    /* stopped because ear_host.cancelled said so */
  EAR_INVALID = -2,      /* this input is wrong and stays wrong: `post` or `option` says which */
  EAR_AUTH = -3,         /* refused: the component stops until somebody acts */
  EAR_RATE_LIMITED = -4, /* as EAR_AGAIN, because a limit was reached */
  EAR_IO = -5,           /* disk or network failed: as EAR_AGAIN, with backoff */
  EAR_UNSUPPORTED = -6,  /* this component cannot do that */
  EAR_INTERNAL = -7      /* a fault in the component; any unknown status counts as this */
};

/* On the caller's stack, filled by the called. `message` and `option` are NUL-terminated. */
typedef struct ear_error {
  uint32_t size;
  uint32_t post;       /* index of the post at fault in the batch, or EAR_NONE */
  int64_t retry_after; /* nanoseconds; 0: the host decides */
  uint64_t offset;     /* byte in the option's text where the fault is (a query) */
  char option[128];    /* the option at fault, as "where" or "watchlist.acme.query"; else empty */
  char message[872];   /* one sentence: what is wrong, why, what to do */
} ear_error;

/* ---- what travels --------------------------------------------------------------------------------- */

enum { EAR_NEW = 0, EAR_EDITED = 1, EAR_DELETED = 2, EAR_WITHDRAWN = 3 };

enum {
  EAR_TITLE = 0,
  EAR_BODY = 1,
  EAR_QUOTE = 2,
  EAR_ALT = 3,
  EAR_IMAGE = 4,  /* read in a picture */
  EAR_SPEECH = 5, /* heard */
  EAR_CAPTION = 6 /* subtitles */
};

/* One word of a segment that was read or heard, and where. FROZEN */
typedef struct ear_word {
  uint32_t begin, end; /* bytes in the segment's text */
  double confidence;   /* 0..1 */
  int64_t start, stop; /* nanoseconds into the media; both 0: not in time */
  ear_quad box;
} ear_word;

typedef struct ear_segment {
  uint32_t size;
  uint32_t number; /* its name within the post, given by the host; findings point at it */
  uint32_t origin; /* EAR_TITLE … */
  uint32_t media;  /* number of the media it was read or heard in, or EAR_NONE */
  ear_str text;
  ear_str language;   /* BCP 47, empty: not known */
  ear_str detector;   /* who added it, set by the host; empty: as published */
  double confidence;  /* 0..1 */
  int64_t start, end; /* nanoseconds into the media; both 0: not in time */
  ear_quad box;
  const ear_word* words; /* where the words of it stand, in the order of the text; not every word need be there */
  uint32_t word_count, word_stride;
} ear_segment;

enum { EAR_MEDIA_OTHER = 0, EAR_MEDIA_IMAGE = 1, EAR_MEDIA_AUDIO = 2, EAR_MEDIA_VIDEO = 3 };

typedef struct ear_media {
  uint32_t size;
  uint32_t number; /* given by the host */
  uint32_t kind;
  uint32_t zero;
  ear_str url;
  ear_str path;          /* a local file, where the source has one */
  ear_str type;          /* as declared: image/jpeg */
  ear_str alt;           /* also a segment of origin EAR_ALT */
  int64_t width, height; /* 0: not known */
  int64_t duration;      /* nanoseconds; 0: not known */
} ear_media;

typedef struct ear_author {
  uint32_t size;
  uint32_t zero;
  ear_str id;     /* native; where a platform has none, the handle */
  ear_str handle; /* without @ */
  ear_str name;
  ear_str url;
  ear_str bio;
  ear_str place;                       /* as declared */
  int64_t followers, following, posts; /* -1: not known */
  ear_time created;                    /* or EAR_TIME_NONE */
} ear_author;

typedef struct ear_finding {
  uint32_t size;
  uint32_t post;       /* index in the batch it was found in */
  uint32_t segment;    /* number of the segment, or EAR_NONE */
  uint32_t begin, end; /* bytes in the segment's text; both 0: the whole */
  uint32_t media;      /* number of the media, or EAR_NONE */
  double score;        /* 0..1 */
  int64_t start, stop; /* nanoseconds into the media; both 0: not in time */
  ear_quad box;
  ear_str kind;     /* mention, sentiment, language, topic, spam, duplicate, interest, intent … */
  ear_str subject;  /* id of the watch item, or empty */
  ear_str value;    /* negative, de, a label; or empty */
  ear_str reason;   /* why: the rule that fired, the words that carried it */
  ear_str detector; /* set by the host */
  const ear_value* attributes;
  uint32_t attribute_count;
  uint32_t zero;
} ear_finding;

enum {
  EAR_POST_LATE = 1,    /* published before its source's watermark; set by the host. Not to be counted again */
  EAR_POST_RAW_JSON = 2 /* `raw` is one valid object of Earshot's post form without findings: a sink may pass it on */
};

typedef struct ear_post {
  uint32_t size;
  uint32_t flags;
  uint32_t change; /* EAR_NEW … */
  uint32_t zero;
  uint64_t revision; /* grows with each edit; 0 is the first */
  ear_time published;
  ear_time collected; /* when the source got it */
  ear_id key;         /* of (platform, id), set by the host */
  ear_str platform;
  ear_str id;
  ear_str kind; /* status, comment, article, video, review, message … */
  ear_str url;
  ear_str language;                       /* as declared, BCP 47 */
  ear_str country;                        /* as declared, ISO 3166-1 alpha-2 */
  ear_str parent;                         /* id of the post it answers */
  ear_str repost_of;                      /* id of the post it repeats */
  ear_str source;                         /* component that brought it, set by the host */
  const ear_author* author;               /* or NULL */
  int64_t likes, reposts, replies, views; /* -1: not known */
  const ear_segment* segments;
  const ear_media* media;
  const ear_finding* findings; /* of the detectors before this one */
  const ear_value* attributes; /* what else the platform says */
  uint32_t segment_count, segment_stride;
  uint32_t media_count, media_stride;
  uint32_t finding_count, finding_stride;
  uint32_t attribute_count, zero2;
  ear_str raw; /* the bytes it came as, or empty */
} ear_post;

/* A stretch of event time in which a source could not see. Silence there is no silence. */
typedef struct ear_gap {
  uint32_t size;
  uint32_t zero;
  ear_str source; /* set by the host */
  ear_time from, to;
  ear_str reason;
} ear_gap;

/* One post that shows why an alert was raised: a bounded copy. */
typedef struct ear_evidence {
  uint32_t size;
  uint32_t zero;
  ear_str platform, id, url, author, text;
  ear_time published;
  double weight; /* its share in the alert, 0..1 */
} ear_evidence;

enum { EAR_ALERT_OPEN = 0, EAR_ALERT_CLOSED = 1 };

/* Said again with the same subject, kind and start, it replaces what was said before. */
typedef struct ear_alert {
  uint32_t size;
  uint32_t state;
  ear_id id; /* set by the host, as is `detector` and `revision` */
  ear_str detector;
  uint64_t revision;
  ear_str kind; /* spike, drop, silence, novelty … */
  ear_str subject;
  ear_str summary; /* one sentence for people */
  ear_time start;  /* first moment of what is unusual; part of its identity */
  ear_time end;    /* how far it reaches by now */
  double observed, expected, lower, upper;
  uint32_t severity; /* 1..10 */
  uint32_t evidence_count, evidence_stride;
  uint32_t attribute_count;
  const ear_evidence* evidence;
  const ear_value* attributes;
} ear_alert;

/* ---- what the host offers ------------------------------------------------------------------------- */

enum { EAR_LOG_DEBUG = 1, EAR_LOG_INFO = 2, EAR_LOG_WARNING = 3, EAR_LOG_ERROR = 4 };
enum { EAR_COUNTER = 1, EAR_GAUGE = 2 };

/* Valid from create until destroy has returned. */
typedef struct ear_host {
  uint32_t size;
  uint32_t abi;      /* EAR_ABI of the host */
  void* ctx;         /* first argument of each */
  ear_str component; /* the id that the user gave this instance */
  ear_str pipeline;
  ear_str state_dir;                                      /* a folder of this pipeline's own; "" where it keeps none */
  void (*log)(void* ctx, int32_t level, ear_str message); /* [any] */
  void (*metric)(void* ctx, int32_t kind, ear_str name, double value); /* [any] counter: added */
  ear_time (*now)(void* ctx);                                          /* [any] the only clock */
  int32_t (*cancelled)(
      void* ctx); /* [any] ask at least every 100 ms of work; 1: return EAR_CANCELLED soon. Who asks does not hang */
  /* [any] Shows a secret to `use` and forgets it. EAR_INVALID: no such secret. */
  ear_status (*secret)(void* ctx, ear_str name, void (*use)(void* user, ear_str value), void* user);
  /* [any] A list; each item a map of `id`, `names` (empty only beside a `query`), and what else the user wrote. */
  const ear_value* (*watchlist)(void* ctx);
  /* [any] The pipeline as configured, secrets left out, for commands; NULL where there is none. */
  const ear_value* (*config)(void* ctx);
  /* [main] The table of a service by its id, as "earshot.store/1"; NULL: nobody offers it. Valid until destroy. */
  const void* (*service)(void* ctx, ear_str id);
} ear_host;

/* ---- components ----------------------------------------------------------------------------------- */

enum { EAR_OPTION_REQUIRED = 1, EAR_OPTION_RELOADABLE = 2, EAR_OPTION_DEPRECATED = 4 };

/* One line of a component's schema. The host checks YAML against it and hands over values in this order. */
typedef struct ear_option {
  uint32_t size;
  uint32_t type;    /* EAR_TEXT … */
  uint32_t element; /* of a list or map: the type of its items; else 0 */
  uint32_t flags;
  const char* name;
  const char* doc;
  const char* fallback;       /* the default as YAML, read as a user's value is; NULL: none */
  const char* example;        /* YAML, or NULL */
  double min, max;            /* of numbers, seconds, bytes and list lengths; both 0: no bounds */
  const char* const* choices; /* of EAR_CHOICE, NULL-terminated */
} ear_option;

/* Pieces of state. `put` replaces what stands under the key; `remove` forgets it. [worker], during save */
typedef struct ear_state_out {
  uint32_t size;
  uint32_t whole; /* 1: everything is wanted, not what changed since the last save */
  void* ctx;
  void (*put)(void* ctx, ear_str key, ear_bytes value);
  void (*remove)(void* ctx, ear_str key);
} ear_state_out;

/* -- source -- */

typedef struct ear_source_out {
  uint32_t size;
  uint32_t max_posts; /* about as many as are wanted in one poll */
  void* ctx;
  /* Memory in the batch, valid until poll returns. Text of a pushed post that lies in it is not copied again. */
  char* (*buffer)(void* ctx, size_t size);
  void (*post)(void* ctx, const ear_post* post);
  /* Input that is no post: kept as a dead letter. `place` is "posts.ndjson:17"; `reason` names the kind of fault. */
  void (*reject)(void* ctx, ear_bytes raw, ear_str place, ear_str reason);
  /* Every post published before `t` has been pushed. Moves event time where nothing is published. */
  void (*complete_until)(void* ctx, ear_time t);
  void (*gap)(void* ctx, ear_time from, ear_time to, ear_str reason);
  /* The position after everything pushed so far. Opaque to the host, at most 1 MiB. */
  void (*cursor)(void* ctx, ear_bytes cursor);
} ear_source_out;

typedef struct ear_source {
  uint32_t size;
  uint32_t zero;
  /* Goes to a position that it once gave, or to the beginning (empty). Nothing after it may be lost. [worker] */
  ear_status (*open)(void* self, ear_bytes cursor, ear_error* error);
  /* Pushes what there is, then the cursor that covers it. EAR_OK: more may be there at once. EAR_AGAIN: wait
   * retry_after. What was pushed before EAR_AGAIN, EAR_END and EAR_CANCELLED counts. [worker] */
  ear_status (*poll)(void* self, const ear_source_out* out, ear_error* error);
  /* Everything up to this cursor is safe. Optional. [worker] */
  ear_status (*committed)(void* self, ear_bytes cursor, ear_error* error);
  /* Reads once more what it once rejected, after a new version or other options, and pushes the posts in it.
   * EAR_INVALID: still wrong. Optional; no cursor may be pushed. [worker] */
  ear_status (*reread)(void* self, ear_bytes raw, ear_str place, const ear_source_out* out, ear_error* error);
} ear_source;

/* -- detector -- */

typedef struct ear_batch {
  uint32_t size;
  uint32_t count;
  const ear_post* const* posts;
  const ear_gap* gaps;
  uint32_t gap_count, gap_stride;
} ear_batch;

typedef struct ear_detector_out {
  uint32_t size;
  uint32_t zero;
  void* ctx;
  void (*finding)(void* ctx, const ear_finding* finding);
  void (*segment)(void* ctx, uint32_t post, const ear_segment* segment);
  void (*alert)(void* ctx, const ear_alert* alert);
  void (*stop)(void* ctx, uint32_t post); /* it goes no further here; deletions go on all the same */
  /* The post cannot be handled: a dead letter; the others go on. */
  void (*reject)(void* ctx, uint32_t post, ear_str reason);
  /* Call advance(t) once no post published before t can come. Kept until then, also by a checkpoint. */
  void (*wake_at)(void* ctx, ear_time t);
} ear_detector_out;

typedef struct ear_detector {
  uint32_t size;
  uint32_t zero;
  /* Looks at each post. Any cutting of the same posts into batches gives the same answers. [worker] */
  ear_status (*detect)(void* self, const ear_batch* batch, const ear_detector_out* out, ear_error* error);
  /* Event time has reached what wake_at asked for, or EAR_TIME_END: every source has ended. Optional. [worker] */
  ear_status (*advance)(void* self, ear_time watermark, const ear_detector_out* out, ear_error* error);
  /* Another instance with the same model and a scratch of its own, for another worker: asked for once `self` has
   * started, and destroyed before it, without start or stop of its own. Only of a stateless detector; optional:
   * without it the host creates one for each worker. [main] */
  ear_status (*share)(void* self, void** sibling, ear_error* error);
} ear_detector;

/* -- sink -- */

enum { EAR_DELIVERY_POST = 1, EAR_DELIVERY_ALERT = 2, EAR_DELIVERY_GAP = 3 };

typedef struct ear_delivery {
  uint32_t size;
  uint32_t kind;
  ear_id id;            /* of the post or the alert: writing it again changes nothing */
  uint64_t revision;    /* a lower one than written before is to be ignored */
  const ear_post* post; /* the one that `kind` names is set, the others are NULL */
  const ear_alert* alert;
  const ear_gap* gap;
} ear_delivery;

typedef struct ear_deliveries {
  uint32_t size;
  uint32_t count;
  const ear_delivery* items;
  uint32_t stride;
  uint32_t zero;
} ear_deliveries;

typedef struct ear_sink {
  uint32_t size;
  uint32_t zero;
  /* Takes a prefix of `deliveries` and says how long it is. EAR_INVALID with error.post: that delivery can never
   * be taken; the ones before it were. [worker] */
  ear_status (*write)(void* self, const ear_deliveries* deliveries, uint32_t* accepted, ear_error* error);
  /* EAR_OK: everything accepted is durable. [worker] */
  ear_status (*flush)(void* self, ear_error* error);
} ear_sink;

/* -- service and command -- */

typedef struct ear_service {
  uint32_t size;
  uint32_t zero;
  const char* const* offers; /* the ids, NULL-terminated: "earshot.store/1" */
  /* The table behind one of them; its header stands in earshot/services/. [main] */
  const void* (*table)(void* self, ear_str id);
} ear_service;

typedef struct ear_command_io {
  uint32_t size;
  uint32_t terminal; /* 1: standard output is one; colours and bars are welcome */
  uint32_t width;    /* its columns; 0: not known */
  uint32_t zero;
  void* ctx;
  void (*out)(void* ctx, ear_str text);   /* [any] */
  void (*error)(void* ctx, ear_str text); /* [any] */
} ear_command_io;

typedef struct ear_command {
  uint32_t size;
  uint32_t zero;
  const char* usage;    /* the words after the verb: "POST-ID" */
  const char* examples; /* lines for the help text, or NULL */
  /* `arguments` are the words that are no options. [main] */
  ear_status (*run)(void* self, const ear_str* arguments, uint32_t count, const ear_command_io* io, int32_t* exit_code,
                    ear_error* error);
} ear_command;

/* -- every component -- */

enum { EAR_SOURCE = 1, EAR_DETECTOR = 2, EAR_SINK = 3, EAR_SERVICE = 4, EAR_COMMAND = 5 };

enum {
  EAR_STATELESS = 1, /* a detector: posts do not influence each other; runs on several workers */
  EAR_NEEDS_WATCHLIST = 2,
  EAR_NEEDS_MEDIA = 4,   /* looks at pictures or listens: batches are small */
  EAR_REPEATS = 8,       /* a source that may bring a post again; the host stops the repeats */
  EAR_REMOTE = 16,       /* a sink that is far away: it takes from the host's outbox, at its own pace */
  EAR_ADDS_NOTHING = 32, /* a detector that only stops posts or raises alerts: it may be asked anew of stored posts */
  EAR_REPLAYS = 64       /* a source whose posts bring what was found in them, by whom, and whether they were late */
};

/* Order of calls: create, load for each piece of state, start, the calls of its kind, save whenever asked, stop,
 * destroy. `create` and `load` touch nothing outside, so that a reload can build the new beside the old. */
typedef struct ear_component {
  uint32_t size;
  uint32_t kind;
  uint32_t flags;
  uint32_t state_version; /* grows when the meaning of saved state changes */
  const char* name;       /* what a pipeline writes after `plugin:`; lower case, digits and _ */
  const char* summary;
  const ear_option* options;
  uint32_t option_count, option_stride;
  const ear_source* source; /* the one that `kind` names is set, the others are NULL */
  const ear_detector* detector;
  const ear_sink* sink;
  const ear_service* service;
  const ear_command* command;
  /* `values` has one for each option, in their order; it dies with the call. [main] */
  ear_status (*create)(const ear_host* host, const ear_value* values, void** self, ear_error* error);
  void (*destroy)(void* self); /* [main] */
  /* The rest is optional. */
  ear_status (*start)(void* self, ear_error* error);                                                      /* [main] */
  ear_status (*stop)(void* self, ear_error* error);                                                       /* [main] */
  ear_status (*save)(void* self, const ear_state_out* out, ear_error* error);                             /* [worker] */
  ear_status (*load)(void* self, uint32_t state_version, ear_str key, ear_bytes value, ear_error* error); /* [main] */
  /* When `tick` is next wanted, by the clock; EAR_TIME_END: never. Asked after each call. [worker] */
  ear_time (*next_tick)(void* self);
  ear_status (*tick)(void* self, ear_time now, ear_error* error); /* [worker] */
  /* Forgets what it knows of an author. [worker] */
  ear_status (*erase)(void* self, ear_str platform, ear_str author, ear_error* error);
} ear_component;

/* The one symbol that a plugin exports. `size` and `abi` are FROZEN and read first. */
typedef struct ear_module {
  uint32_t size;
  uint32_t abi;        /* EAR_ABI(EAR_ABI_MAJOR, EARSHOT_TARGET_MINOR): the lowest that it needs */
  const char* id;      /* "org.example.loudness"; never changes */
  const char* version; /* semver */
  const char* vendor;
  const char* licence; /* SPDX */
  const char* summary;
  const ear_component* const* components; /* NULL-terminated */
} ear_module;

#if defined(__GNUC__)
#define EAR_EXPORT __attribute__((visibility("default")))
#else
#define EAR_EXPORT
#endif

#ifdef __cplusplus
extern EAR_EXPORT const ear_module earshot_module;
}
#else
extern EAR_EXPORT const ear_module earshot_module;
#endif

#include "abi_layout.h"

#endif /* EARSHOT_ABI_H */
