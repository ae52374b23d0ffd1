// refusals.hpp: what components say of their options before anything starts: a query that cannot be read, for one. Main
// thread.
#pragma once

#include <vector>

#include "config/plan.hpp"
#include "plugin/catalog.hpp"

namespace earshot::host {

// The fault with the line of the file that it is about; without it where the line holds a secret.
Diagnostic with_line(Diagnostic fault, const Plan& plan);

// Creates every component by itself, which touches nothing outside, and tells all that refuse.
std::vector<Diagnostic> refusals(const Plan& plan, Catalog& catalog);

}  // namespace earshot::host
