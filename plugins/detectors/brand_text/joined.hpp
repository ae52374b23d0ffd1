// joined.hpp: is a name a word of its own inside a hashtag or handle that joins several? "#AcmeRocketsRock" has
// "AcmeRockets"; "#pineapple" has no "apple". Free functions; any thread.
#pragma once

#include <string_view>

#include "brand_text/known_words.hpp"
#include "text/fold.hpp"

namespace earshot::brand_text {

// `tag` is without its sign; the name is its bytes `name`.
bool is_word_of_hashtag(std::string_view tag, text::Range name, const KnownWords& known);

// What a company's further accounts are called: "@AcmeSupport", "@acme_uk".
bool is_service_handle(std::string_view handle, text::Range name);

}  // namespace earshot::brand_text
