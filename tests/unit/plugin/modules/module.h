/* module.h: a small detector that works, for a file that makes one thing of it wrong. */
#include <earshot/abi.h>
#include <stddef.h>

static ear_status create(const ear_host* host, const ear_value* values, void** self, ear_error* error) {
  static int instance;
  (void)host, (void)values, (void)error;
  *self = &instance;
  return EAR_OK;
}

static void destroy(void* self) {
  (void)self;
}

static ear_status detect(void* self, const ear_batch* batch, const ear_detector_out* out, ear_error* error) {
  (void)self, (void)batch, (void)out, (void)error;
  return EAR_OK;
}

#define DETECTOR(call) static const ear_detector detector = {sizeof detector, 0, call, NULL, NULL}

#define COMPONENT(component_name)                                    \
  static const ear_component component = {.size = sizeof component,  \
                                          .kind = EAR_DETECTOR,      \
                                          .flags = EAR_STATELESS,    \
                                          .state_version = 1,        \
                                          .name = component_name,    \
                                          .summary = "Does nothing", \
                                          .detector = &detector,     \
                                          .create = create,          \
                                          .destroy = destroy};       \
  static const ear_component* const components[] = {&component, NULL}

#define MODULE(module_abi, module_id)                                                                              \
  EAR_EXPORT const ear_module earshot_module = {sizeof earshot_module, module_abi,  module_id, "1.0.0", "Example", \
                                                "Apache-2.0",          "For tests", components}

#define ABI EAR_ABI(EAR_ABI_MAJOR, EARSHOT_TARGET_MINOR)
