// control.hpp: the lines of a program that are no posts: how far it has got, what it could not see, what it has to
// say. One instance for one thread.
#pragma once

#include <string_view>

#include "earshot/source.hpp"
#include "post/json.hpp"
#include "post/memory.hpp"

namespace earshot::exec {

// What a line asks for. Texts lie in the line or the memory given.
struct Control {
  enum class Kind { none, cursor, complete, gap, log };
  Kind kind = Kind::none;
  std::string_view text;              // the cursor, the reason, the message
  Time from = no_time, to = no_time;  // complete until `to`
};

class ControlReader {
 public:
  // The line as post::Reader wants it. False: it is none of these, or faulty; `fault` tells which.
  bool read(std::string_view line, post::Memory& memory, Control& out);
  // Set where the line is meant as one of these and is wrong.
  const post::Fault& fault() const { return fault_; }

 private:
  bool field(post::Walk& walk, std::string_view key, Control& out);
  bool gap(post::Walk& walk, Control& out);
  bool log(post::Walk& walk, Control& out);
  static bool time(post::Walk& walk, std::string_view name, Time& out);

  post::Tokens tokens_;
  post::Fault fault_;
};

}  // namespace earshot::exec
