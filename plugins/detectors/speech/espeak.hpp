// espeak.hpp: how English speakers would read a spelling, by the rules of espeak-ng. Any thread, one at a time: the
// library has one state for the whole process.
#pragma once

#include <string>

namespace earshot::speech {

// IPA; empty where espeak-ng or its data are not there.
std::string espeak_ipa(const std::string& text);

}  // namespace earshot::speech
