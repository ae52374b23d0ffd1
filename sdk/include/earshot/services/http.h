/* http.h: the service "earshot.http/1": requests over HTTP(S), with connections that are used again, limits on time and
 * size, and TLS that is always verified.
 *
 * The rules of abi.h hold. The table lives as long as the host said of it; its functions may be called from any
 * thread, several at once. Streams, WebSocket, budgets of requests and listeners will come as further members.
 */
#ifndef EARSHOT_SERVICES_HTTP_H
#define EARSHOT_SERVICES_HTTP_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define EAR_HTTP_1 "earshot.http/1"

/* FROZEN */
typedef struct ear_http_header {
  ear_str name;  /* a token; no case */
  ear_str value; /* no line breaks */
} ear_http_header;

enum {
  /* The URL is a user's own, from a pipeline file. Without this flag, as for a URL out of a post or a feed, nothing but
   * public addresses is connected to: whatever its name stands for at that moment, and after each redirect. */
  EAR_HTTP_TRUSTED = 1
};

typedef struct ear_http_request {
  uint32_t size;
  uint32_t flags; /* EAR_HTTP_TRUSTED */
  ear_str method; /* GET, HEAD, POST, PUT, PATCH, DELETE */
  ear_str url;    /* http or https */
  const ear_http_header* headers;
  uint32_t header_count;
  uint32_t redirects; /* that are followed at most: of GET and HEAD, and only to the same host. 0: none */
  ear_bytes body;
  int64_t connect_timeout; /* nanoseconds; 0: 10 s */
  int64_t timeout;         /* for all of it; 0: 30 s */
  uint64_t most_bytes;     /* of the answer's body, unpacked; 0: 16 MiB. More: EAR_UNSUPPORTED */
  /* Asked several times a second; not 0: ends with EAR_CANCELLED. Optional. */
  int32_t (*cancelled)(void* user);
  void* user;
} ear_http_request;

/* Borrowed for the call. */
typedef struct ear_http_response {
  uint32_t size;
  uint32_t status; /* 200, 404 … */
  const ear_http_header* headers;
  uint32_t header_count;
  uint32_t zero;
  ear_bytes body;
  ear_str url;         /* after redirects */
  int64_t retry_after; /* nanoseconds from now, as the Retry-After header says; -1: it says nothing */
} ear_http_response;

typedef struct ear_http_1 {
  uint32_t size;
  uint32_t zero;
  void* ctx; /* first argument of each */
  /* Makes one request and waits for its answer, which `answer` is shown; any status is one. EAR_IO: no answer came
   * (refused, cut off, too slow: trying again may help). EAR_INVALID: URL, method or header can never work.
   * EAR_UNSUPPORTED: the answer is larger than was asked for. EAR_AUTH: the server's certificate, or an address that is
   * not public, is not to be trusted. EAR_CANCELLED. [any] */
  ear_status (*request)(void* ctx, const ear_http_request* request,
                        void (*answer)(void* user, const ear_http_response* response), void* user, ear_error* error);
} ear_http_1;

#ifdef __cplusplus
}
#endif

#endif /* EARSHOT_SERVICES_HTTP_H */
