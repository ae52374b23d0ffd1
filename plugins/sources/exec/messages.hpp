// messages.hpp: what a program writes to its standard error, line by line into the log, bounded in length and number.
// One instance for one thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "earshot/host.hpp"

namespace earshot::exec {

class Messages {
 public:
  void take(std::string_view bytes, const Host& host) {
    for (const char c : bytes) {
      if (c == '\n') {
        say(host);
      } else if (line_.size() < kLongest) {
        line_ += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
      }
    }
  }
  // The program has ended: what is left is a line too.
  void end(const Host& host) {
    say(host);
    if (left_out_ > 0) host.warn(std::to_string(left_out_) + " more lines of standard error were left out");
    left_out_ = 0;
  }

 private:
  static constexpr std::size_t kLongest = 1000;
  static constexpr int kBurst = 50;                                    // lines at once
  static constexpr Duration kPerLine{std::chrono::milliseconds(100)};  // ten a second after that

  void say(const Host& host) {
    if (line_.empty()) return;
    const Time now = host.now();
    free_at_ = std::max(free_at_, now - kBurst * kPerLine);
    if (free_at_ > now) {
      ++left_out_;
    } else {
      free_at_ += kPerLine;
      if (left_out_ > 0) host.warn(std::to_string(left_out_) + " lines of standard error were left out");
      left_out_ = 0;
      host.info(line_);
    }
    line_.clear();
  }

  std::string line_;
  Time free_at_{};
  std::size_t left_out_ = 0;
};

}  // namespace earshot::exec
