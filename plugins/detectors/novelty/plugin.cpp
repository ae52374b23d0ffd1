#include "novelty/novelty.hpp"

EARSHOT_PLUGIN("org.earshot.novelty", "0.1.0", "Earshot", "Apache-2.0",
               "Says what has not been said of a subject before, and is now said by several", earshot::novelty::Novelty)
