// score.hpp: how sure it is that a logo is there, by what speaks for it. Pure; any thread.
#pragma once

#include "logo/finder.hpp"

namespace earshot::logo {

double score(const Evidence& evidence);

}  // namespace earshot::logo
