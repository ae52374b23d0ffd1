#include "rule/rule.hpp"

EARSHOT_PLUGIN("org.earshot.rule", "0.1.0", "Earshot", "Apache-2.0",
               "Raises an alert when enough posts match a query in a stretch of time", earshot::rule::Rule)
