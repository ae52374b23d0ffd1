// proof.hpp: what an erasure did, and what was found before and after it. Values and free functions; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "erase/places.hpp"
#include "erase/traces.hpp"
#include "erase/who.hpp"

namespace earshot::erase {

struct Done {
  bool running = false;  // the pipeline
  std::uint64_t posts = 0, alerts = 0, redacted = 0, components = 0, letters = 0, deliveries = 0;
  bool nothing() const { return posts + alerts + redacted + letters + deliveries == 0; }
};

struct Proof {
  const Who& who;
  const Telling& telling;
  const Places& places;
  Done done{};
  Traces before{}, after{};  // after: empty where nothing was to be changed
};

std::uint64_t places_in(const Traces& traces);
// Places that are left in what is kept: none, where the erasure held.
std::uint64_t left(const Proof& proof);

std::string as_text(const Proof& proof);
std::string as_json(const Proof& proof);

}  // namespace earshot::erase
