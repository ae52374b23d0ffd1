// pack.hpp: makes the table that gazetteer.hpp reads, at build time: every name by its key, so that a start costs
// nothing. From the file that gather.sh makes, a zstd frame of lines `kind, name, country, people, code`, parted by
// tabs, of the kinds `city` and `state`; from ICU the names of countries in many languages; and what people call some
// of them. Free function; any thread.
#pragma once

#include <string>
#include <string_view>

namespace earshot::place {

// Throws std::runtime_error on bytes that are none; without any the table has countries and nicknames alone.
std::string packed_table(std::string_view places);

}  // namespace earshot::place
