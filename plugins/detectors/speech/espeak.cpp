#include "speech/espeak.hpp"

#include <espeak-ng/speak_lib.h>

#include <mutex>

namespace earshot::speech {

std::string espeak_ipa(const std::string& text) {
  constexpr int kIpa = 0x02;
  static std::mutex one;
  const std::lock_guard lock(one);
  static const bool ready = espeak_Initialize(AUDIO_OUTPUT_RETRIEVAL, 0, nullptr, espeakINITIALIZE_DONT_EXIT) > 0 &&
                            espeak_SetVoiceByName("en-us") == EE_OK;
  if (!ready) return {};
  std::string ipa;
  const void* rest = text.c_str();
  while (rest != nullptr) {  // one clause at a time
    const char* clause = espeak_TextToPhonemes(&rest, espeakCHARS_UTF8, kIpa);
    if (clause != nullptr) (ipa += ipa.empty() ? "" : " ") += clause;
  }
  return ipa;
}

}  // namespace earshot::speech
