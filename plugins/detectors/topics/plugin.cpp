#include "topics/topics.hpp"

EARSHOT_PLUGIN("org.earshot.topics", "0.1.0", "Earshot", "Apache-2.0",
               "Puts posts that are about the same thing together", earshot::topics::TopicsDetector)
