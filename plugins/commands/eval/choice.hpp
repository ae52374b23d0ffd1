// choice.hpp: one value of several for each post and subject. Free function; one thread.
#pragma once

#include "scope.hpp"

namespace earshot::eval {

std::vector<Task> choice_tasks(const Labelled& labelled, const Findings& findings, const Scope& scope,
                               const std::vector<std::string>& values);

}  // namespace earshot::eval
