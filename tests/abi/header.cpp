// abi.h as C++.
#include <earshot/abi.h>

static const ear_component* const components[] = {nullptr};
const ear_module earshot_module = {
    sizeof(ear_module), EAR_ABI(EAR_ABI_MAJOR, EARSHOT_TARGET_MINOR), "x", "1.0.0", "x", "MIT", "x", components};
