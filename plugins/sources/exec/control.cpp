#include "control.hpp"

#include <optional>

#include "post/time.hpp"

namespace earshot::exec {

bool ControlReader::read(std::string_view line, post::Memory& memory, Control& out) {
  fault_ = {};
  out = {};
  if (tokens_.index(line) != nullptr) return false;
  post::Walk walk(line.data(), tokens_.begin(), line, memory);
  if (walk.peek() != '{') return false;
  const bool walked = walk.object([&](std::string_view key) { return field(walk, key, out); }) && walk.finish();
  if (out.kind == Control::Kind::none) return false;
  if (!walked) fault_ = walk.fault();
  return walked;
}

bool ControlReader::field(post::Walk& walk, std::string_view key, Control& out) {
  using Kind = Control::Kind;
  if (key == "cursor") {
    out.kind = Kind::cursor;
    return walk.text(out.text, "cursor");
  }
  if (key == "complete_until") {
    out.kind = Kind::complete;
    return time(walk, "complete_until", out.to);
  }
  if (key == "gap") return out.kind = Kind::gap, gap(walk, out);
  if (key == "log") return out.kind = Kind::log, log(walk, out);
  return walk.skip();
}

bool ControlReader::gap(post::Walk& walk, Control& out) {
  const bool walked = walk.object([&](std::string_view key) {
    if (key == "from") return time(walk, "gap.from", out.from);
    if (key == "to") return time(walk, "gap.to", out.to);
    if (key == "reason") return walk.text(out.text, "gap.reason");
    return walk.skip();
  });
  if (!walked) return false;
  if (out.from == no_time || out.to == no_time || out.to < out.from)
    return walk.refuse("wrong value", "wants from and to, in this order", "gap");
  return true;
}

bool ControlReader::log(post::Walk& walk, Control& out) {
  if (walk.peek() == '"') return walk.text(out.text, "log");
  return walk.object([&](std::string_view key) {
    if (key == "message") return walk.text(out.text, "log.message");
    return walk.skip();
  });
}

bool ControlReader::time(post::Walk& walk, std::string_view name, Time& out) {
  std::optional<ear_time> read;
  if (walk.peek() == '"') {
    std::string_view text;
    if (!walk.text(text, name)) return false;
    read = post::read_time(text);
  } else {
    post::Number number;
    if (!walk.number(number, name)) return false;
    read = post::time_of_seconds(number.real);
  }
  if (!read) return walk.refuse("not a time", "is neither RFC 3339 nor seconds since 1970", name);
  return out = earshot::time(*read), true;
}

}  // namespace earshot::exec
