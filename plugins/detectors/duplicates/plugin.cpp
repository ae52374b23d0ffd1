#include "duplicates/duplicates.hpp"

EARSHOT_PLUGIN("org.earshot.duplicates", "0.1.0", "Earshot", "Apache-2.0",
               "Finds exact copies, reposts and near copies of earlier posts", earshot::duplicates::Duplicates)
