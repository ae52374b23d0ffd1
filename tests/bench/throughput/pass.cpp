#include "pass.hpp"

EARSHOT_PLUGIN("org.earshot.bench.pass", "1.0.0", "Earshot", "Apache-2.0", "Lets posts pass", Pass)
