// month.hpp: four weeks of posts about three invented brands, in the order in which they were collected; always the
// same. What happens in them, besides the rhythm of day and week:
//   - Friday 6 November: metal splinters are found in cans of Tavorelle, from 8:00 UTC on; it ebbs over three days
//   - Wednesday 11 November: almost nobody speaks of Maréval
#pragma once

#include <vector>

#include "post.hpp"
#include "texts.hpp"

namespace earshot::sample {

std::vector<Post> make_month(const Texts& texts);

}  // namespace earshot::sample
