// redact.hpp: takes what tells of a person out of texts that tell of something else and stay: the sentence of an alert,
// its explanation, a message about it, the label of a topic. Free functions, for the thread of the command.
#pragma once

#include <cstdint>
#include <string>

#include "erase/matcher.hpp"
#include "store/database.hpp"

namespace earshot::erase {

inline constexpr std::string_view kErased = "[erased]";

// The text with each place of a literal replaced; the same text where there is none.
std::string redacted(std::string_view text, Matcher& matcher);

// In a store and in an alert book. Returns how many values were changed.
std::uint64_t redact_store(const store::Database& database, Matcher& matcher);
std::uint64_t redact_book(const store::Database& database, Matcher& matcher);

}  // namespace earshot::erase
