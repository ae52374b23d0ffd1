// confusables.hpp: letters that look like others (Unicode Technical Standard 39, by ICU's data), and figures that
// stand for letters. Constant once made; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace earshot::brand_text {

class Confusables {
 public:
  Confusables();

  // The ASCII letter or digit, in lower case, that a character beyond ASCII looks like; 0: none.
  char ascii_like(char32_t c) const { return c >= kFirst && c - kFirst < likes_.size() ? likes_[c - kFirst] : '\0'; }

 private:
  static constexpr char32_t kFirst = 0xC0;
  std::vector<char> likes_;
};

// The one letter for all that look alike: "l" for i, l, 1 and !, "o" for o and 0, "e" for e and 3 …
constexpr char same_look(char c) {
  switch (c) {
    case 'i':
    case '1':
    case '!':
      return 'l';
    case '0':
      return 'o';
    case '3':
      return 'e';
    case '4':
      return 'a';
    case '5':
    case '$':
      return 's';
    case '7':
      return 't';
    case '8':
      return 'b';
    default:
      return c;
  }
}
constexpr bool is_figure(char c) {
  return (c >= '0' && c <= '9') || c == '$';
}

}  // namespace earshot::brand_text
