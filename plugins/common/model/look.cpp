#include "model/look.hpp"

#include <algorithm>
#include <array>

namespace earshot::model {
namespace {

// Counts in steps, as 1, 2, 3-4, 5-8 …: what is of interest is the order of magnitude.
unsigned step_of(std::size_t n) {
  unsigned steps = 0;
  for (; n > 0 && steps < 12; n /= 2) ++steps;
  return steps;
}

struct Look {
  std::size_t letters = 0, capitals = 0, digits = 0, longest_number = 0, currency = 0, exclaims = 0;
};

bool is_digit(char c) {
  return static_cast<unsigned char>(c - '0') < 10;
}

// The longest run of digits, over the blanks and hyphens that people put into phone numbers.
Look look_at(std::string_view text) {
  Look look;
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_digit(c)) {
      ++look.digits;
      look.longest_number = std::max(look.longest_number, ++run);
      continue;
    }
    const bool joint = (c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '+') && run > 0 &&
                       i + 1 < text.size() && is_digit(text[i + 1]);
    if (!joint) run = 0;
    const auto lower = static_cast<unsigned char>(c | 0x20);
    if (lower >= 'a' && lower <= 'z') ++look.letters, look.capitals += static_cast<std::size_t>((c & 0x20) == 0);
    look.exclaims += static_cast<std::size_t>(c == '!');
    look.currency +=
        static_cast<std::size_t>(c == '$' || text.substr(i, 2) == "\u00A3" || text.substr(i, 3) == "\u20AC");
  }
  return look;
}

}  // namespace

void add_look(std::string_view text, Features& features) {
  const std::vector<Token>& tokens = features.tokens().all();
  std::array<std::size_t, 7> kinds{};
  std::size_t shouted = 0;
  const auto mine = static_cast<std::uint16_t>(features.tokens().texts() - 1);
  for (std::size_t i = tokens.size(); i > 0 && tokens[i - 1].text == mine; --i) {
    ++kinds[static_cast<std::size_t>(tokens[i - 1].kind)];
    shouted += static_cast<std::size_t>(tokens[i - 1].shouted);
  }
  const Look look = look_at(text.substr(0, 64 * 1024));
  const auto say = [&](std::string_view name, std::size_t n) {
    constexpr float value = 0.3F;
    for (unsigned step = step_of(n); step > 0; --step) features.add(hash_step(hash(name), step), value);
  };
  say("look links", kinds[static_cast<std::size_t>(TokenKind::link)]);
  say("look handles", kinds[static_cast<std::size_t>(TokenKind::handle)]);
  say("look hashtags", kinds[static_cast<std::size_t>(TokenKind::hashtag)]);
  say("look numbers", kinds[static_cast<std::size_t>(TokenKind::number)]);
  say("look emoji", kinds[static_cast<std::size_t>(TokenKind::emoji)]);
  say("look words", kinds[static_cast<std::size_t>(TokenKind::word)]);
  say("look shouted", shouted);
  say("look bytes", text.size());
  say("look digits", look.digits);
  say("look longest number", look.longest_number);
  say("look currency", look.currency);
  say("look exclaims", look.exclaims);
  if (look.letters > 0) say("look capitals", look.capitals * 16 / look.letters);
}

}  // namespace earshot::model
