// error.hpp: what the host throws inside itself. The message is one or more sentences for the person who reads it:
// what, where, why, and what to do. A value.
#pragma once

#include <stdexcept>
#include <string>

namespace earshot::host {

class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace earshot::host
