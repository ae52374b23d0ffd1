// What an author's figures say.
#include "figures.hpp"

#include <catch2/catch.hpp>

using namespace earshot;
using earshot::spam::judge;

namespace {

constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000'000;
constexpr Time kNow{Duration{kDay * 20'000}};

ear_author author(std::int64_t posts, std::int64_t followers, std::int64_t following, std::int64_t days) {
  ear_author a = make_author();
  a.posts = posts, a.followers = followers, a.following = following;
  if (days >= 0) a.created = ticks(kNow) - days * kDay;
  return a;
}

}  // namespace

TEST_CASE("an account that never sleeps is automatic, and the reason says why") {
  std::string reasons;
  CHECK(judge(author(6000, 3, 900, 20), kNow, &reasons).log_odds > 0);
  CHECK(reasons == "300 posts a day, an account of 20 days, 3 followers, 900 followed");
}

TEST_CASE("an ordinary account is not") {
  CHECK(judge(author(4000, 300, 250, 2000), kNow).log_odds < -2);
  CHECK(judge(author(20, 5, 30, 3), kNow).log_odds < 0);  // new, which alone is no sign
}

TEST_CASE("a busy newsroom that is followed by many is not") {
  CHECK(judge(author(400'000, 900'000, 500, 4000), kNow).log_odds < 0);
}

TEST_CASE("digits of a handle speak only beside figures") {
  ear_author a = make_author();
  a.handle = str("mary84920173");
  CHECK_FALSE(judge(a, kNow).known);
  ear_author b = author(6000, -1, -1, 20), c = b;
  b.handle = str("mary84920173"), c.handle = str("mary");
  CHECK(judge(b, kNow).log_odds > judge(c, kNow).log_odds);
}

TEST_CASE("a time before the account began, or none, is no figure") {
  ear_author a = author(6000, -1, -1, -1);
  CHECK_FALSE(judge(a, kNow).known);
  a.created = ticks(kNow) + kDay;
  CHECK_FALSE(judge(a, kNow).known);
  a.created = ticks(kNow) - kDay;
  CHECK_FALSE(judge(a, no_time).known);
}
