#include "month.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "platforms.hpp"

namespace earshot::sample {
namespace {

constexpr std::int64_t kMonday = 1792368000;  // 2026-10-19T00:00:00Z
constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kDays = 28, kCrisis = 18, kQuiet = 23;

constexpr std::array kWeek{100, 98, 100, 103, 108, 92, 90};  // per cent of a usual day
constexpr std::array kHours{9, 5, 3, 2, 3, 7, 18, 34, 46, 44, 38, 36, 44, 42, 34, 31, 33, 38, 44, 50, 52, 46, 32, 18};
constexpr std::array kCrisisHours{1, 1, 0, 0, 0, 0, 1, 2, 8, 22, 36, 44, 46, 42, 38, 34, 30, 28, 26, 24, 22, 16, 10, 6};

struct BrandManner {
  Brand brand;
  std::int64_t a_day;            // posts on a usual day
  std::array<int, 6> languages;  // en de fr es ja ru
};
constexpr BrandManner kBrands[] = {
    {tavorelle, 46, {50, 20, 8, 10, 9, 3}}, {thicket, 26, {74, 9, 5, 8, 4, 0}}, {mareval, 32, {26, 12, 40, 12, 9, 1}}};
constexpr std::array<int, 6> kIdleLanguages{48, 18, 12, 12, 8, 2};
constexpr std::array<const char*, 6> kLanguages{"en", "de", "fr", "es", "ja", "ru"};
constexpr std::array<const char*, 6> kTopics{"daily", "praise", "grumble", "ask", "deal", "versus"};
constexpr std::array<int, 6> kTopicShares{34, 24, 14, 10, 8, 10};

class Month {
 public:
  explicit Month(const Texts& texts) : platforms_(texts, random_) {}

  void run() {
    for (std::int64_t day = 0; day < kDays; ++day) {
      for (const BrandManner& brand : kBrands) usual(day, brand);
      for (std::int64_t i = usual_count(day, 40); i > 0; --i)
        write(day, {"idle", ""}, no_brand, kIdleLanguages, kHours);
      for (std::int64_t i = usual_count(day, 6); i > 0; --i)
        write(day, {"thicket", ""}, no_brand, std::array{1, 0, 0, 0, 0, 0}, kHours);
    }
    const Topic found{"crisis", "crisis_"}, after{"aftermath", ""};
    for (int i = 0; i < 250; ++i) write(kCrisis, found, tavorelle, kBrands[0].languages, kCrisisHours);
    for (int i = 0; i < 24; ++i) write(kCrisis + 1, found, tavorelle, kBrands[0].languages, kHours);
    for (int i = 0; i < 12; ++i) write(kCrisis + 2, found, tavorelle, kBrands[0].languages, kHours);
    for (std::int64_t day = kCrisis + 2; day < kDays; ++day)
      for (int i = 0; i < 3; ++i) write(day, after, tavorelle, kBrands[0].languages, kHours);
  }

  std::vector<Post> posts() {
    std::stable_sort(posts_.begin(), posts_.end(),
                     [](const Post& a, const Post& b) { return a.collected < b.collected; });
    return std::move(posts_);
  }

 private:
  // So many as on the day of the week, give or take a twentieth.
  std::int64_t usual_count(std::int64_t day, std::int64_t a_day) {
    const std::int64_t percent = kWeek[static_cast<std::size_t>(day % 7)] + random_.between(-5, 5);
    return (a_day * percent + 50) / 100;
  }

  void usual(std::int64_t day, const BrandManner& manner) {
    const std::int64_t count = manner.brand == mareval && day == kQuiet ? 2 : usual_count(day, manner.a_day);
    for (std::int64_t i = 0; i < count; ++i) {
      const Topic topic{kTopics[random_.weighted(kTopicShares)], ""};
      write(day, topic, manner.brand, manner.languages, kHours);
    }
  }

  template <class Hours>
  void write(std::int64_t day, const Topic& topic, Brand brand, const std::array<int, 6>& languages,
             const Hours& hours) {
    Voice voice{kLanguages[random_.weighted(languages)], brand};
    const auto platform = topic.list == "thicket" || topic.list == "idle" || topic.list == "deal"
                              ? Platform::microblog
                              : static_cast<Platform>(random_.weighted(kPlatformShares));
    const std::int64_t hour = static_cast<std::int64_t>(random_.weighted(hours));
    const std::int64_t published = kMonday + day * kDay + hour * 3600 + random_.below(3600);
    const Post post = platforms_.make(platform, topic, voice, published);
    posts_.push_back(post);
    follow_up(post, topic);
  }

  void follow_up(const Post& post, const Topic& topic) {
    const std::int64_t end_of_day = post.published / kDay * kDay + kDay - 1;
    const bool stirs = topic.list == "crisis";
    if (post.platform == "microblog" && random_.percent(stirs ? 20 : 7))
      for (std::int64_t i = random_.between(1, stirs ? 3 : 2); i > 0; --i)
        posts_.push_back(
            platforms_.repost(post, std::min(end_of_day, post.published + 60 + random_.skewed(stirs ? 5400 : 14400))));
    if (random_.below(70) == 0) posts_.push_back(platforms_.edit(post, random_.between(90, 7200)));
    if (random_.below(110) == 0) posts_.push_back(platforms_.remove(post, random_.between(8000, 2 * kDay)));
  }

  Random random_{20261023};
  Platforms platforms_;
  std::vector<Post> posts_;
};

}  // namespace

std::vector<Post> make_month(const Texts& texts) {
  Month month(texts);
  month.run();
  return month.posts();
}

}  // namespace earshot::sample
