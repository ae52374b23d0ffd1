// seen.hpp: what a run found in each file, out of the lines that the ndjson sink wrote. Values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::look {

struct Place {
  double start = 0, stop = 0;  // seconds; both 0: not in time
  std::vector<double> box;     // eight numbers, or none
};

struct Mention {
  std::string subject, how, text, reason;  // `how`: logo, lettering, speech, captions
  double score = 0;
  std::string share;  // percent of the picture, where it is known
  Place place;
};

struct Text {
  std::string how, text;
  Place place;
};

struct Seen {
  std::string unreadable;  // why nothing could be seen; empty: it was read
  std::vector<Mention> mentions;
  std::vector<Text> texts;
  std::vector<std::string> other;  // what else detectors said
};

// One line, and the place of its file. Throws Error where it is no line of the sink's.
struct SeenLine {
  std::size_t file = 0;
  Seen seen;
};
SeenLine read_line(std::string_view line);

}  // namespace earshot::look
