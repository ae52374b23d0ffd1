// spy.hpp: a component's table with an observer before each call: an exception that comes out, an error without words,
// words said after the call they belong to. There is one spy in a process, for the one component that it checks.
// Any thread.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "earshot/abi.h"

namespace earshot::check {

// An exception came out of this call of the plugin.
struct Escaped : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The table to call instead of `real`, which stays loaded.
const ear_component& spy_on(const ear_component& real);

struct Seen {
  std::vector<std::string> wordless;      // errors without a message that can be shown
  std::vector<std::string> late;          // callbacks used after the call that they were lent for
  std::vector<std::string> wrong_thread;  // [main] calls from elsewhere
  std::size_t errors = 0;                 // calls that were answered with an error
};
Seen seen();

// For ear_host.service, which is [main]: offers nothing, and notes a call from another thread.
const void* no_service(void* ctx, ear_str id);

}  // namespace earshot::check
