// testing.hpp: try a component in a test, without a host and with any test framework. The component is driven through
// its C tables, as a host drives it.
//
//   TEST_CASE("a post in capitals is loud") {
//     earshot::testing::Harness<Loudness> h{{"share", 0.5}};
//     h.post("THIS IS AN OUTRAGE").at("2026-05-01T12:00:00Z").by("ana");
//     h.run();
//     REQUIRE(h.findings().size() == 1);
//   }
//
// for_each_chunking runs a detector's test with batches of 1, 2 and all, each also with a save and load after every
// batch, and throws where the answers differ. One thread.
#pragma once

#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "earshot/component.hpp"
#include "earshot/testing/command.hpp"
#include "earshot/testing/detector.hpp"
#include "earshot/testing/sink.hpp"
#include "earshot/testing/source.hpp"

namespace earshot::testing {

namespace detail {
template <std::uint32_t Kind>
struct HarnessFor;
template <>
struct HarnessFor<EAR_SOURCE> {
  using type = SourceHarness;
};
template <>
struct HarnessFor<EAR_DETECTOR> {
  using type = DetectorHarness;
};
template <>
struct HarnessFor<EAR_SINK> {
  using type = SinkHarness;
};
template <>
struct HarnessFor<EAR_SERVICE> {
  using type = ServiceHarness;
};
template <>
struct HarnessFor<EAR_COMMAND> {
  using type = CommandHarness;
};
}  // namespace detail

// The harness of a component class, by its kind. For a component of a loaded plugin, take DetectorHarness and its like
// with its table.
template <class T>
class Harness : public detail::HarnessFor<T::kind>::type {
 public:
  using Base = typename detail::HarnessFor<T::kind>::type;
  Harness(std::initializer_list<Setting> options = {}) : Base(earshot::detail::component_of<T>, options) {}
};

inline constexpr Chunking all_chunkings[] = {{0, false}, {1, false}, {2, false}, {0, true}, {1, true}, {2, true}};

// Runs `script` on a new detector for each way to cut the stream, and throws std::logic_error, with both answers,
// where the answers differ.
inline void for_each_chunking(const ear_component& table, const std::vector<Setting>& options,
                              const std::function<void(DetectorHarness&)>& script) {
  std::string expected;
  for (const Chunking& chunking : all_chunkings) {
    DetectorHarness harness(table, options);
    harness.chunking(chunking);
    script(harness);
    harness.run();
    const std::string answers = harness.answers();
    if (&chunking == all_chunkings) expected = answers;
    if (answers != expected)
      throw std::logic_error(chunking.describe() + " give other answers than " + all_chunkings[0].describe() + ":\n" +
                             answers + "instead of:\n" + expected);
  }
}
template <class T>
void for_each_chunking(std::initializer_list<Setting> options, const std::function<void(DetectorHarness&)>& script) {
  for_each_chunking(earshot::detail::component_of<T>, options, script);
}

}  // namespace earshot::testing
