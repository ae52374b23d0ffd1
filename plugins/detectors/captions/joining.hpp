// joining.hpp: subtitles put together to runs of text in which a name that stands in two of them is found. One thread.
#pragma once

#include <earshot/abi.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::captions {

// One run: its words with the time of the subtitle that each comes from.
struct Run {
  std::string text, language;
  std::int64_t start = 0, stop = 0;  // nanoseconds
  std::vector<ear_word> words;
};

// A subtitle that follows without a pause goes on with the run, unless a sentence has ended or the run is long. Lines
// that roll up (each shown again above the next one) count once. Languages that come in turns do not disturb each
// other.
class Joining {
 public:
  explicit Joining(std::int64_t pause) : pause_(pause) {}

  // Subtitles in the order of time; `done(run)` is called for each run that has ended by this one.
  template <class Done>
  void add(std::string_view text, std::string_view language, std::int64_t start, std::int64_t stop, Done&& done) {
    Open& open = of(language);
    const bool follows = !open.run.text.empty() && start - open.run.stop <= pause_;
    if (!follows) open.last_line.clear();
    if (!follows || ends_sentence(open.run.text) || open.run.text.size() >= kMostRun) {
      if (!open.run.text.empty()) done(open.run);
      open.run = Run{{}, std::string(language), start, stop, {}};
    }
    append(open, text, start, stop);
  }
  template <class Done>
  void end(Done&& done) {
    for (auto& [language, open] : open_)
      if (!open.run.text.empty()) done(open.run);
    open_.clear();
  }

 private:
  static constexpr std::size_t kMostRun = 400;  // bytes after which none is added
  static constexpr std::size_t kMostLanguages = 64;

  struct Open {
    Run run;
    std::string last_line;
  };
  static bool ends_sentence(std::string_view text);
  Open& of(std::string_view language);
  static void append(Open& open, std::string_view text, std::int64_t start, std::int64_t stop);

  std::int64_t pause_;
  std::map<std::string, Open, std::less<>> open_;
};

}  // namespace earshot::captions
