// Which call goes on in a thread, and for how long.
#include "runtime/calls.hpp"

#include <catch2/catch.hpp>

using namespace earshot::host;
using namespace std::chrono_literals;

TEST_CASE("a call past its deadline is named") {
  Calls calls;
  CallSlot& slot = calls.add();
  const InCall call(slot, "ocr", "detect", 1min);
  CHECK(calls.overdue().empty());
  slot.since = steady_now() - 2 * std::chrono::nanoseconds(1min).count();
  REQUIRE(calls.overdue().size() == 1);
  CHECK((calls.overdue()[0].component == "ocr" && calls.overdue()[0].running > 1min));
}

TEST_CASE("a call that asks whether it is to stop may go on for as long as it likes") {
  Calls calls;
  CallSlot& slot = calls.add();
  const InCall call(slot, "ocr", "detect", 1min);
  slot.since = steady_now() - 2 * std::chrono::nanoseconds(1min).count();
  note_asked();
  CHECK(calls.overdue().empty());
  slot.asked = steady_now() - 2 * std::chrono::nanoseconds(1min).count();
  CHECK(calls.overdue().size() == 1);
}

TEST_CASE("asking outside of a call does nothing") {
  Calls calls;
  CallSlot& slot = calls.add();
  { const InCall call(slot, "ocr", "detect", 1min); }
  note_asked();
  CHECK(slot.asked == 0);
}
