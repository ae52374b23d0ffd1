// look.hpp: how a text looks, whatever it says: links, figures, phone numbers, capitals, signs, length. A free
// function; any thread.
#pragma once

#include <string_view>

#include "model/features.hpp"

namespace earshot::model {

// Adds own features of the text that was read last into `features`.
void add_look(std::string_view text, Features& features);

}  // namespace earshot::model
