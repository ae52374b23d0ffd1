// phones.hpp: the sounds that the acoustic model knows, in the alphabet of its dictionary (ARPAbet), and how IPA is
// written in it. Values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::speech {

using Phone = std::uint8_t;  // index into the alphabet
using Phones = std::vector<Phone>;

inline constexpr std::size_t kPhones = 39;

std::string_view name_of(Phone phone);
std::optional<Phone> phone_of(std::string_view name);  // "AH", "AH0"
bool is_vowel(Phone phone);

// "K AO R V OW". Nothing where a word of it is no phone.
std::optional<Phones> from_arpabet(std::string_view text);
std::string to_arpabet(const Phones& phones);

// Of IPA with or without slashes, stress and length; signs that stand for no English sound are left out.
Phones from_ipa(std::string_view text);

}  // namespace earshot::speech
