#include "csv_time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "post/time.hpp"

namespace earshot::file {
namespace {

std::optional<ear_time> since_1970(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  for (int thousands = 0; thousands < 3 && std::abs(number) >= 1e11; ++thousands) number /= 1000;
  return post::time_of_seconds(number);
}

// The words of "Tue Feb 24 11:35:52 +0000 2015" and "Tue, 24 Feb 2015 11:35:52 GMT".
std::optional<ear_time> in_words(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size() && words.size() < 8;) {
    const std::size_t begin = text.find_first_not_of(", ", at);
    if (begin == text.npos) break;
    at = std::min(text.find_first_of(", ", begin), text.size());
    words.push_back(text.substr(begin, at - begin));
  }
  std::string day, month, year, clock, offset = "Z";
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const auto named = std::find(kMonths.begin(), kMonths.end(), word);
    const bool number = word.find_first_not_of("0123456789") == word.npos;
    if (named != kMonths.end()) {
      const auto n = named - kMonths.begin() + 1;
      month = std::to_string(100 + n).substr(1);
    } else if (number && word.size() == 4) {
      year = word;
    } else if (number && word.size() <= 2) {
      day = std::string(2 - word.size(), '0').append(word);
    } else if (word.size() == 8 && word[2] == ':') {
      clock = word;
    } else if (word.size() == 5 && (word[0] == '+' || word[0] == '-')) {
      offset = word;
    } else if (i > 0 && word != "GMT" && word != "UTC") {
      return std::nullopt;  // only the first word may be anything: the day of the week
    }
  }
  return post::read_time(
      year.append("-").append(month).append("-").append(day).append("T").append(clock).append(offset));
}

}  // namespace

std::optional<ear_time> read_export_time(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.size() > 40) return std::nullopt;
  if (const auto time = post::read_time(text)) return time;
  if (const auto time = since_1970(text)) return time;
  if (text.size() > 4 && text[4] == '-') {
    std::string whole(text);
    if (whole.size() == 10) whole.append("T00:00:00");
    if (whole.size() == 16) whole.append(":00");
    return post::read_time(whole.append("Z"));
  }
  return in_words(text);
}

}  // namespace earshot::file
