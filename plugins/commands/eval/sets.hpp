// sets.hpp: findings of which any number may be there: by subject or value, or by the bytes they stand at. Free
// function; one thread.
#pragma once

#include "scope.hpp"

namespace earshot::eval {

Task set_task(const Labelled& labelled, const Findings& findings, const Scope& scope, Shape shape);

}  // namespace earshot::eval
