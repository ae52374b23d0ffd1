/* state.h: the service "earshot.state/1": what a pipeline remembers beside its stores. The host itself offers it, to
 * commands that were given a pipeline with a state folder.
 *
 * The rules of abi.h hold. The table lives as long as the command; its functions are called from the main thread.
 */
#ifndef EARSHOT_SERVICES_STATE_H
#define EARSHOT_SERVICES_STATE_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define EAR_STATE_1 "earshot.state/1"

/* An author: the native id, and the names that posts and alerts may carry instead. What is not known is empty. */
typedef struct ear_whom {
  uint32_t size;
  uint32_t zero;
  ear_str platform;
  ear_str id;
  ear_str handle;
  ear_str name;
} ear_whom;

typedef struct ear_forgotten {
  uint32_t size;
  uint32_t running;    /* 1: the pipeline runs, and its components have been asked where they stand */
  uint64_t components; /* that forgot */
  uint64_t letters;    /* dead letters that went */
  uint64_t deliveries; /* to remote sinks in wait, that went or lost what they quoted */
} ear_forgotten;

typedef struct ear_state_1 {
  uint32_t size;
  uint32_t zero;
  void* ctx; /* first argument of each */
  /* Has the pipeline's components forget an author, and takes them out of dead letters and the outbox. Where the
   * pipeline runs, that happens at its next checkpoint, which is waited for, and sinks forget too; else sinks are left
   * alone. EAR_AGAIN: it runs and did not come to that within `patience` nanoseconds. EAR_INTERNAL: a component could
   * not; the message names it. */
  ear_status (*forget)(void* ctx, const ear_whom* whom, int64_t patience, ear_forgotten* done, ear_error* error);
  /* Dead letters from before that time go, but for those on their way back. EAR_TIME_NONE: as the pipeline says. */
  ear_status (*drop_letters)(void* ctx, ear_time before, uint64_t* dropped, ear_error* error);
} ear_state_1;

#ifdef __cplusplus
}
#endif

#endif /* EARSHOT_SERVICES_STATE_H */
