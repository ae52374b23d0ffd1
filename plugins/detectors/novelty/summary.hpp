// summary.hpp: the words of an alert. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "novelty/candidate.hpp"

namespace earshot::novelty {

std::string_view name_of(Kind kind);
// `acme: new phrase "metal splinters" in 12 posts by 11 authors from 2026-03-14 08:00 to 10:15 UTC, with #cansgate`
std::string summary(std::string_view subject, const Candidate& told);

}  // namespace earshot::novelty
