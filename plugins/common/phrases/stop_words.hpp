// stop_words.hpp: words that say nothing by themselves, in the languages that most posts are in. A free function; any
// thread.
#pragma once

#include <string_view>

namespace earshot::phrases {

// `word` in lower case.
bool is_stop_word(std::string_view word);

}  // namespace earshot::phrases
