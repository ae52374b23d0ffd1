#include "keyphrases/keyphrases.hpp"

EARSHOT_PLUGIN("org.earshot.keyphrases", "0.1.0", "Earshot", "Apache-2.0",
               "Finds what is said with a subject more than it used to be", earshot::keyphrases::Keyphrases)
