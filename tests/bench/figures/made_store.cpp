#include "made_store.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <deque>
#include <thread>
#include <vector>

#include "../../plugins/loaded.hpp"
#include "../used.hpp"
#include "earshot/testing.hpp"
#include "store/database.hpp"

namespace earshot::bench {
namespace {

using Clock = std::chrono::steady_clock;
using testing::ComponentUnderTest;

constexpr std::uint32_t kBatch = 256;
constexpr std::uint64_t kAuthors = 300'000;

std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

// Numbers from a seed, one behind the other.
struct Random {
  std::uint64_t state;
  std::uint64_t next() { return mixed(state += 0x9E3779B97F4A7C15u); }
  std::uint64_t below(std::uint64_t n) { return next() % n; }
  bool chance(unsigned percent) { return below(100) < percent; }
  // The lower, the more frequent: about 1/x.
  std::uint64_t skewed(std::uint64_t n) { return below(below(below(n) + 1) + 1); }
};

constexpr std::array<const char*, 6> kPlatforms{"microblog", "forum", "photos", "video", "news", "reviews"};
constexpr std::array<const char*, 5> kLanguages{"en", "de", "fr", "es", "ja"};
constexpr std::array<const char*, 8> kCountries{"US", "DE", "GB", "FR", "AT", "ES", "JP", "BR"};
constexpr std::array<const char*, 6> kAspects{"price", "delivery", "service", "quality", "taste", "app"};
constexpr std::array<const char*, 3> kFeelings{"negative", "neutral", "positive"};

// One post with all that it points to.
struct One {
  std::string id, text, url, author, cluster;
  std::deque<std::string> texts;
  ear_author who{};
  ear_segment segment{};
  std::vector<ear_finding> findings;
  std::deque<std::array<ear_value, 3>> attributes;
  ear_post post{};

  std::string_view keep(std::string value) { return texts.emplace_back(std::move(value)); }
  ear_finding& found(const char* kind, std::string_view subject, std::string_view value, double score) {
    ear_finding& f = findings.emplace_back(make_finding(0, kind, subject, score));
    f.value = str(value), f.detector = str("made");
    return f;
  }
};

void say_feeling(One& to, std::string_view subject, Random& random) {
  const std::uint64_t feeling = random.below(10) < 5 ? 1 : random.below(10) < 6 ? 0 : 2;
  const double sure = 0.5 + static_cast<double>(random.below(50)) / 100, rest = (1 - sure) / 2;
  std::array<ear_value, 3>& p = to.attributes.emplace_back();
  for (std::size_t i = 0; i < 3; ++i) p[i] = real_value(kFeelings[i], i == feeling ? sure : rest);
  ear_finding& f = to.found("sentiment", subject, kFeelings[feeling], sure);
  f.attributes = p.data(), f.attribute_count = 3, f.segment = 0;
}

void say_all(One& to, Random& random) {
  const std::uint64_t mentions = random.chance(12) ? 2 : 1;
  to.found("language", "", to.post.language.ptr == nullptr ? "en" : view(to.post.language), 0.98);
  std::uint64_t before = kItems;
  for (std::uint64_t m = 0; m < mentions; ++m) {
    const std::uint64_t item = random.chance(25) ? 0 : random.skewed(kItems);
    if (item == before) continue;
    before = item;
    const std::string_view subject = to.keep(item_id(item));
    to.text += to.text.empty() ? "" : " ", to.text += subject;
    ear_finding& f = to.found("mention", subject, "", 0.9);
    f.segment = 0, f.begin = static_cast<std::uint32_t>(to.text.size() - subject.size());
    f.end = static_cast<std::uint32_t>(to.text.size()), f.reason = str("name");
    say_feeling(to, subject, random);
    if (random.chance(50))
      to.found("keyphrase", subject, to.keep(word(random.skewed(5000)) + " " + word(random.skewed(500))), 0.5);
    if (random.chance(30)) {
      const std::string_view id = to.keep("t" + std::to_string(random.skewed(200)));
      std::array<ear_value, 3>& label = to.attributes.emplace_back();
      label[0] = text_value("label", id);
      ear_finding& t = to.found("topic", subject, id, 0.6);
      t.attributes = label.data(), t.attribute_count = 1;
    }
    if (random.chance(25)) {
      std::array<ear_value, 3>& tone = to.attributes.emplace_back();
      tone[0] = text_value("sentiment", kFeelings[random.below(3)]);
      ear_finding& a = to.found("aspect", subject, kAspects[random.skewed(kAspects.size())], 0.7);
      a.attributes = tone.data(), a.attribute_count = 1;
    }
  }
  if (random.chance(20)) to.found("place", "", kCountries[random.skewed(kCountries.size())], 0.8);
  if (random.chance(10)) to.found("duplicate", "", to.keep("microblog/" + std::to_string(random.below(20'000))), 0.95);
}

void make(One& to, std::uint64_t number, std::uint64_t of) {
  Random random{mixed(number + 1)};
  to.texts.clear(), to.findings.clear(), to.attributes.clear(), to.text.clear();
  to.id = std::to_string(random.next() % 1'000'000'000'000'000'000u);
  const std::uint64_t author = random.below(kAuthors / 2) + random.skewed(kAuthors / 2);
  to.author = "user" + std::to_string(author);
  to.url = "https://social.example/@" + to.author + "/" + to.id;
  to.who = make_author(), to.who.id = to.who.handle = str(to.author);
  to.who.followers = static_cast<std::int64_t>(mixed(author) % 1000 * (author % 100 == 0 ? 1000 : 1));
  ear_post& post = to.post = make_post();
  post.platform = str(kPlatforms[random.skewed(kPlatforms.size())]), post.id = str(to.id), post.kind = str("status");
  post.url = str(to.url), post.language = str(kLanguages[random.skewed(kLanguages.size())]);
  post.source = str("made"), post.author = &to.who;
  const auto length = static_cast<std::uint64_t>(kDays) * 86'400;
  post.published = kBegin + static_cast<std::int64_t>(number * length / of + random.below(600)) * 1'000'000'000;
  post.collected = post.published + 1'000'000'000;
  post.likes = static_cast<std::int64_t>(random.skewed(500)),
  post.reposts = static_cast<std::int64_t>(random.skewed(50));
  say_all(to, random);
  while (to.text.size() < 180) to.text += " " + word(random.chance(60) ? random.skewed(300) : random.below(60'000));
  if (random.chance(8)) to.text += " https://site" + std::to_string(random.skewed(400)) + ".example/a";
  if (random.chance(8)) to.text += " #tag" + std::to_string(random.skewed(1000));
  to.segment = make_segment(EAR_BODY, to.text);
  post.segments = &to.segment, post.segment_count = 1;
  post.findings = to.findings.data(), post.finding_count = static_cast<std::uint32_t>(to.findings.size());
  post.key = {mixed(number), number};
}

}  // namespace

std::string item_id(std::uint64_t item) {
  return "brand" + std::to_string(item);
}

std::string word(std::uint64_t number) {
  std::string out;
  std::uint64_t rest = mixed(number + 77);
  for (std::uint64_t length = 3 + rest % 7; length > 0; --length, rest = mixed(rest))
    out += static_cast<char>('a' + rest % 26);
  return out;
}

Made make_store(const std::string& path, std::uint64_t posts) {
  Made made;
  const auto began = Clock::now();
  ComponentUnderTest sink(testing::loaded("sqlite"), {{"path", path}});
  sink.start();
  std::vector<One> batch(kBatch);
  std::vector<ear_delivery> items(kBatch);
  const auto flush = [&] {
    sink.call("flush", [&](ear_error* e) { return sink.table().sink->flush(sink.self(), e); });
  };
  for (std::uint64_t done = 0; done < posts; done += kBatch) {
    const auto count = static_cast<std::uint32_t>(std::min<std::uint64_t>(kBatch, posts - done));
    for (std::uint32_t i = 0; i < count; ++i) {
      make(batch[i], done + i, posts);
      items[i] = {sizeof(ear_delivery), EAR_DELIVERY_POST, batch[i].post.key, 0, &batch[i].post, nullptr, nullptr};
    }
    const double before = cpu_seconds();
    const ear_deliveries deliveries{sizeof(ear_deliveries), count, items.data(), sizeof(ear_delivery), 0};
    std::uint32_t accepted = 0;
    sink.call("write", [&](ear_error* e) { return sink.table().sink->write(sink.self(), &deliveries, &accepted, e); });
    if (done + kBatch >= posts) flush();
    made.rows_cpu += cpu_seconds() - before;
  }
  made.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  const store::Database database(path, store::Database::Mode::read, std::chrono::seconds{30});
  while (database.integer(
             "SELECT min(rolled_up_to, indexed_to) < (SELECT max(post) FROM posts) FROM rollup_state, search_state") !=
         0)
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  made.counted = std::chrono::duration<double>(Clock::now() - began).count();
  sink.stop();
  return made;
}

}  // namespace earshot::bench
