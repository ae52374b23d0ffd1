// skipping.hpp: what tests of speech need beside the tree, or they skip. Free functions; any thread.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

namespace earshot::testing {

inline const std::string dictionary = "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict";

inline bool no_dictionary() {
  if (std::filesystem::exists(dictionary)) return false;
  WARN("skipped: there is no " << dictionary << " (package pocketsphinx-en-us)");
  return true;
}

// `spoken` what flite made of a sentence, if it is there.
template <class Spoken>
bool no_voice(const Spoken& spoken) {
  if (spoken) return false;
  WARN("skipped: there is no flite (package flite)");
  return true;
}

}  // namespace earshot::testing
