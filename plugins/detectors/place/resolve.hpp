// resolve.hpp: from what somebody wrote as their place to a country: "Berlin, DE", "London, Ontario", "living in 🇫🇷".
// Free of state; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "place/gazetteer.hpp"

namespace earshot::place {

// What speaks softly: it decides between namesakes and says nothing by itself.
struct Hints {
  std::vector<Country> likely;  // of the language, the time zone
};

struct Place {
  Country country;
  double probability = 0;
  std::string told_by;  // the words that told it
};

// A place as declared in the field for it.
std::optional<Place> resolve(const Gazetteer& gazetteer, std::string_view declared, const Hints& hints = {});
// A profile text, in which only few forms speak of a place: "based in Berlin", "📍 Lyon", a flag.
std::optional<Place> resolve_profile(const Gazetteer& gazetteer, std::string_view text, const Hints& hints = {});

// The countries whose flags stand in a text, each once.
std::vector<Country> flags_in(std::string_view text);

}  // namespace earshot::place
