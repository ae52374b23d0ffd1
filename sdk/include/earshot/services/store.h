/* store.h: the service "earshot.store/1": reads the stores that the sqlite sink writes, and erases authors from them.
 *
 * The rules of abi.h hold. The table lives as long as the host said of it; its functions may be called from any
 * thread, those for one ear_store never two at once. docs/store.md tells the tables that `query` may ask.
 */
#ifndef EARSHOT_SERVICES_STORE_H
#define EARSHOT_SERVICES_STORE_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define EAR_STORE_1 "earshot.store/1"

typedef struct ear_store ear_store; /* one open store */

/* One row, borrowed for the call. The key of each value is its column; its type EAR_UNSET (NULL), EAR_TEXT (bytes
 * too), EAR_INTEGER, EAR_REAL, EAR_TIME or EAR_DURATION. Returns 0 for the next row, 1 where it has seen enough. */
typedef int32_t (*ear_store_row)(void* user, const ear_value* columns, uint32_t count);

/* What is empty, EAR_TIME_NONE or 0 is not asked for. */
typedef struct ear_store_filter {
  uint32_t size;
  uint32_t zero;
  ear_str platform;
  ear_str id;        /* native id of the post */
  ear_str author;    /* native id or handle */
  ear_str subject;   /* has a finding about it */
  ear_str kind;      /* has a finding of this kind, about the subject where one is given */
  ear_str search;    /* full text: words, "phrases", AND, OR, NOT, prefix*, title: word */
  ear_time from, to; /* published at or after, and before */
  uint64_t limit;    /* of rows; 0: 1,000 */
} ear_store_filter;

typedef struct ear_store_1 {
  uint32_t size;
  uint32_t zero;
  /* Opens a store to read. EAR_AUTH: it is damaged, of another version, or none. [any] */
  ear_status (*open)(ear_str path, ear_store** store, ear_error* error);
  void (*close)(ear_store* store); /* [any] */
  /* One row, numbers about the store: version, posts, live, deleted, withdrawn, authors, findings, alerts, gaps,
   * first and last (published), index_lag (posts that are not in the full-text index yet). [any] */
  ear_status (*state)(ear_store* store, ear_store_row row, void* user, ear_error* error);
  /* Posts, the latest first; those that are gone only where `id` asks for one. Columns: post (its number in the
   * store), platform, id, revision, state, published, collected, kind, url, language, author, author_name, source,
   * text. EAR_INVALID: `search` is no query. [any] */
  ear_status (*posts)(ear_store* store, const ear_store_filter* filter, ear_store_row row, void* user,
                      ear_error* error);
  /* Of one post, by its number in the store: number, origin, text, language, detector, media, confidence, starts,
   * ends, box. [any] */
  ear_status (*segments)(ear_store* store, int64_t post, ear_store_row row, void* user, ear_error* error);
  /* Of one post: number, kind, subject, value, score, detector, reason, segment, begin_byte, end_byte, media, starts,
   * ends, box, attributes. [any] */
  ear_status (*findings)(ear_store* store, int64_t post, ear_store_row row, void* user, ear_error* error);
  /* Alerts, the latest first, of `subject` and `kind` and with `platform` and `id` as evidence where the filter says
   * so: alert (hexadecimal), revision, state, detector, kind, subject, summary, starts, ends, observed, expected,
   * lower, upper, severity, attributes, weight (of that evidence). [any] */
  ear_status (*alerts)(ear_store* store, const ear_store_filter* filter, ear_store_row row, void* user,
                       ear_error* error);
  /* Live posts with a finding of `kind` (empty: mention) for each subject and day: subject, day (its start), posts.
   * `subject`, `from` and `to` of the filter hold. [any] */
  ear_status (*counts)(ear_store* store, const ear_store_filter* filter, ear_store_row row, void* user,
                       ear_error* error);
  /* One statement of SQL that only reads, ?1 and so on bound to `parameters`; at most `limit` rows (0: 1,000), and 60
   * seconds. EAR_INVALID: it is no such statement; error.offset is the byte at fault. [any] */
  ear_status (*query)(ear_store* store, ear_str sql, const ear_value* parameters, uint32_t parameter_count,
                      uint64_t limit, ear_store_row row, void* user, ear_error* error);
  /* Removes an author, by native id, with all that they published and what alerts quote of it. `posts` is how many
   * posts that were. EAR_INVALID: there is no such author. [any] */
  ear_status (*erase)(ear_str path, ear_str platform, ear_str author, uint64_t* posts, ear_error* error);
} ear_store_1;

#ifdef __cplusplus
}
#endif

#endif /* EARSHOT_SERVICES_STORE_H */
