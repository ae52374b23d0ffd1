// option_value.hpp: a text as a value of the type that an option's schema names. Used for configs, for defaults and for
// the flags of commands. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/value.hpp"
#include "plugin/descriptor.hpp"

namespace earshot::host {

// Nothing where the text is no such value; then `complaint` says what was expected, to be put behind the text itself:
// "is not a duration; write a number with its unit, as 5m, 1h30m or 250ms". It never repeats the text, which may be
// a secret. Of a list the items stand between commas, of a map as key=value. The text of EAR_SECRET is taken as it is:
// who calls keeps the secret and hands on its name.
std::optional<Value> option_value(const OptionSchema& option, std::string_view text, std::string& complaint);

// The default of an option, which is YAML; EAR_UNSET where there is none. Nothing, and a complaint, where the plugin's
// author made a mistake.
std::optional<Value> option_default(const OptionSchema& option, std::string& complaint);

// The schema of one item of a list or map.
OptionSchema element_of(const OptionSchema& option);

// Does `count`, of a list or map, keep within the bounds? As option_value does.
bool count_fits(const OptionSchema& option, std::size_t count, std::string& complaint);

}  // namespace earshot::host
