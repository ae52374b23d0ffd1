// alert.hpp: an alert as the book keeps it. A value; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "earshot/types.hpp"

namespace earshot::alert_book {

enum class Life { open, acknowledged, closed };
std::string_view word(Life life);
Life life_of(std::string_view word);

struct Alert {
  std::string id;  // 32 hexadecimal digits
  std::uint64_t revision = 0;
  std::string detector, kind, subject, summary;
  ear_time start = 0, end = 0;
  std::uint32_t severity = 1;
  bool over = false;  // its detector says that it has ended
  double observed = 0, expected = 0, lower = 0, upper = 0;
  std::string evidence, attributes;  // JSON: a list and a map, in the form of docs/posts.md

  // What the book adds.
  ear_time raised = 0, revised = 0;  // by the clock
  Life life = Life::open;
  ear_time life_at = 0;
  std::string life_by;  // empty: its detector
  std::string life_note;
};

std::string id_text(ear_id id);

// A copy of what a detector said, whatever it holds: text that is no UTF-8 is mended, long lists and texts are cut.
Alert alert_of(const ear_alert& said);

// The same text without what is no UTF-8, cut between characters at `most` bytes with "…".
std::string mended(std::string_view text, std::size_t most);

}  // namespace earshot::alert_book
