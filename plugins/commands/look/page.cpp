#include "page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "media/clock.hpp"
#include "text/cells.hpp"

namespace earshot::look {
namespace {

constexpr std::string_view kPlain = "\x1B[0m", kBold = "\x1B[1m", kDim = "\x1B[2m", kRed = "\x1B[31m";

// 0:07.0
std::string clock_time(double seconds) {
  return media::clock_text(std::llround(std::max(0.0, seconds) * 10));
}

// "12 to 48 % from the left, 3 to 20 % from the top", as short as it goes.
std::string where(const Place& place) {
  std::string out;
  if (place.start != 0 || place.stop != 0)
    out = fmt::format("from {} to {}", clock_time(place.start), clock_time(place.stop));
  if (place.box.size() != 8) return out;
  double left = 1, right = 0, top = 1, foot = 0;
  for (std::size_t i = 0; i < 8; i += 2) {
    left = std::min(left, place.box[i]), right = std::max(right, place.box[i]);
    top = std::min(top, place.box[i + 1]), foot = std::max(foot, place.box[i + 1]);
  }
  return out + fmt::format("{}{:.0f}-{:.0f} % across, {:.0f}-{:.0f} % down", out.empty() ? "" : ", ", left * 100,
                           right * 100, top * 100, foot * 100);
}

}  // namespace

std::string page(std::string_view name, const Seen& seen, bool texts, bool colour) {
  const auto paint = [&](std::string_view text, std::string_view how) {
    return colour ? fmt::format("{}{}{}", how, text, kPlain) : std::string(text);
  };
  std::string out = paint(text::cells(name, 500), kBold) + '\n';
  if (!seen.unreadable.empty()) out += "  " + paint("not read: " + text::cells(seen.unreadable, 500), kRed) + '\n';
  for (const Mention& m : seen.mentions) {
    out += fmt::format("  {:<16} {:<10} {:.2f}  {}", text::cells(m.subject, 40), text::cells(m.how, 20), m.score,
                       where(m.place));
    if (!m.share.empty()) out += fmt::format(", {} % of the picture", text::cells(m.share, 12));
    out += paint(fmt::format("  {}", text::cells(m.reason, 120)), kDim) + '\n';
  }
  for (const std::string& one : seen.other) out += "  " + text::cells(one, 120) + '\n';
  if (texts)
    for (const Text& t : seen.texts)
      out += paint(fmt::format("  {:<16} {}  {}", t.how, where(t.place), text::cells(t.text, 160)), kDim) + '\n';
  const bool nothing =
      seen.unreadable.empty() && seen.mentions.empty() && seen.other.empty() && (!texts || seen.texts.empty());
  return nothing ? out + paint("  nothing", kDim) + '\n' : out;
}

}  // namespace earshot::look
