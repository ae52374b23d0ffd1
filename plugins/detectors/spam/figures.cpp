#include "figures.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace earshot::spam {
namespace {

constexpr double kBefore = -4;  // nearly all authors are people

class Sum {
 public:
  explicit Sum(std::string* reasons) : reasons_(reasons) {}
  Judgement judgement{kBefore, false};

  void known() { judgement.known = true; }
  template <class... Values>
  void speak(double weight, fmt::string_view text, const Values&... values) {
    judgement.log_odds += weight;
    if (reasons_ == nullptr || weight <= 0) return;
    if (!reasons_->empty()) *reasons_ += ", ";
    fmt::vformat_to(std::back_inserter(*reasons_), text, fmt::make_format_args(values...));
  }

 private:
  std::string* reasons_;
};

void judge_pace(const ear_author& author, double days, Sum& sum) {
  if (author.posts < 0 || days < 0) return;
  sum.known();
  const double pace = static_cast<double>(author.posts) / std::max(days, 1.0);
  // 144 a day is one every ten minutes, day and night.
  if (pace >= 144) {
    sum.speak(3, "{:.0f} posts a day", pace);
  } else if (pace >= 50) {
    sum.speak(1.5, "{:.0f} posts a day", pace);
  } else if (pace < 10) {
    sum.speak(-0.5, "");
  }
}

void judge_age(double days, Sum& sum) {
  if (days < 0) return;
  sum.known();
  if (days < 7) {
    sum.speak(1.5, "an account of {:.0f} days", days);
  } else if (days < 30) {
    sum.speak(0.7, "an account of {:.0f} days", days);
  } else if (days > 730) {
    sum.speak(-0.5, "");
  }
}

void judge_followers(const ear_author& author, Sum& sum) {
  if (author.followers < 0 || author.following < 0) return;
  sum.known();
  if (author.following >= 300 && author.followers * 20 <= author.following) {
    sum.speak(2, "{} followers, {} followed", author.followers, author.following);
  } else if (author.followers == 0 && author.posts >= 100) {
    sum.speak(1.5, "no followers of {} posts", author.posts);
  } else if (author.followers > 1000 && author.followers > author.following) {
    sum.speak(-1, "");
  }
}

// Names that are handed out in series end in many digits: mary84920173.
void judge_handle(std::string_view handle, Sum& sum) {
  std::size_t digits = 0;
  while (digits < handle.size() && static_cast<unsigned char>(handle[handle.size() - 1 - digits] - '0') < 10) ++digits;
  if (digits < 5 || digits == handle.size()) return;
  sum.speak(1, "a handle with {} digits", digits);
}

}  // namespace

Judgement judge(const ear_author& author, Time published, std::string* reasons) {
  Sum sum(reasons);
  double days = -1;
  if (author.created != EAR_TIME_NONE && published != no_time && ticks(published) >= author.created)
    days = std::chrono::duration<double, std::ratio<86400>>(published - time(author.created)).count();
  judge_pace(author, days, sum);
  judge_age(days, sum);
  judge_followers(author, sum);
  if (!sum.judgement.known) return {};
  judge_handle(view(author.handle), sum);
  return sum.judgement;
}

}  // namespace earshot::spam
