#include "module.h"

DETECTOR(detect);

static const char* const modes[] = {"fast", "exact", NULL};

static const ear_option options[] = {
    {sizeof(ear_option), EAR_PATH, 0, EAR_OPTION_REQUIRED, "model", "Where the model is", NULL, "acme.model", 0, 0,
     NULL},
    {sizeof(ear_option), EAR_SECRET, 0, EAR_OPTION_REQUIRED, "token", "To log in", NULL, NULL, 0, 0, NULL},
    {sizeof(ear_option), EAR_LIST, EAR_TEXT, 0, "words", "What | to skip", "[]", NULL, 0, 9, NULL},
    {sizeof(ear_option), EAR_DURATION, 0, EAR_OPTION_RELOADABLE, "window", "How long", "5m", NULL, 1, 86400, NULL},
    {sizeof(ear_option), EAR_SIZE, 0, 0, "buffer", "How much", "1MiB", NULL, 1024, 1 << 28, NULL},
    {sizeof(ear_option), EAR_CHOICE, 0, 0, "mode", "How", "fast", NULL, 0, 0, modes},
    {sizeof(ear_option), EAR_REAL, 0, EAR_OPTION_DEPRECATED, "share", "Of what", NULL, NULL, -0.5, 1, NULL}};

static const ear_component component = {.size = sizeof component,
                                        .kind = EAR_DETECTOR,
                                        .flags = EAR_STATELESS | EAR_NEEDS_WATCHLIST,
                                        .state_version = 1,
                                        .name = "options",
                                        .summary = "Has options of many types",
                                        .options = options,
                                        .option_count = sizeof options / sizeof options[0],
                                        .option_stride = sizeof options[0],
                                        .detector = &detector,
                                        .create = create,
                                        .destroy = destroy};
static const ear_component* const components[] = {&component, NULL};

MODULE(ABI, "org.example.options");
