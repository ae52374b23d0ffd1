// clusters.hpp: posts that belong together, counted in pairs. Free function; one thread.
#pragma once

#include "scope.hpp"

namespace earshot::eval {

// A cluster is named by the value of the label or finding; a post without a finding is the first of its own, which has
// the post's platform/id as its name.
Task cluster_task(const Labelled& labelled, const Findings& findings, const Scope& scope);

}  // namespace earshot::eval
