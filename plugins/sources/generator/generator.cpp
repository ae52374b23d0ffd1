// generator: synthetic posts, each made from the seed and its index alone, so that any position can be gone to.
#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>
#include <vector>

#include <earshot/source.hpp>

namespace {

using earshot::Polled;

struct GeneratorOptions {
  std::int64_t posts;
  double rate;
  std::int64_t seed;
  earshot::Time start;
  earshot::Duration interval;
  std::vector<std::string> names;
  double share;
  std::int64_t authors;
  std::vector<std::string> languages;
  std::string platform;

  static constexpr auto schema() {
    using earshot::option;
    using O = GeneratorOptions;
    return earshot::schema(
        option<&O::posts>("posts", "How many posts to make; 0: no end", {.fallback = "1000", .min = 0, .max = 1e15}),
        option<&O::rate>("rate", "Posts a second; 0: as fast as they are taken",
                         {.fallback = "0", .min = 0, .max = 1e9}),
        option<&O::seed>("seed", "Another seed makes other posts", {.fallback = "1", .min = 0, .max = 9e15}),
        option<&O::start>("start", "When the first post was published", {.fallback = "2026-01-01T00:00:00Z"}),
        option<&O::interval>("interval", "Event time from one post to the next",
                             {.fallback = "1s", .min = 0, .max = 31536000}),
        option<&O::names>("names", "Names to mention", {.fallback = "[]", .max = 100000, .example = "[Acme, Zentrix]"}),
        option<&O::share>("share", "Share of the posts that mention one of the names", {.fallback = "0.1", .max = 1}),
        option<&O::authors>("authors", "How many authors there are", {.fallback = "1000", .min = 1, .max = 1e9}),
        option<&O::languages>("languages", "Languages that the posts say they are in",
                              {.fallback = "[en]", .max = 1000}),
        option<&O::platform>("platform", "The platform that the posts say they are from", {.fallback = "generator"}));
  }
};

// A stream of numbers that depends on its start alone (SplitMix64).
class Random {
 public:
  explicit Random(std::uint64_t start) : state_(start) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

// A number below `n` from 32 even bits.
std::uint32_t below(std::uint64_t bits, std::uint32_t n) {
  return static_cast<std::uint32_t>((bits & 0xFFFFFFFFu) * n >> 32);
}

constexpr std::string_view kWords[] = {
    "after",   "again",   "almost",  "battery",  "because",  "before",  "better",  "broken",  "camera",  "cheap",
    "coffee",  "colour",  "deliver", "does",     "easy",     "enough",  "every",   "finally", "friends", "from",
    "good",    "great",   "happy",   "have",     "honestly", "just",    "keeps",   "late",    "little",  "love",
    "maybe",   "morning", "never",   "new",      "nobody",   "not",     "on",      "one",     "order",   "over",
    "perfect", "price",   "quality", "quick",    "really",   "returns", "service", "slow",    "some",    "still",
    "support", "that",    "the",     "their",    "this",     "time",    "today",   "update",  "waiting", "week",
    "with",    "work",    "worth",   "yesterday"};
static_assert(std::size(kWords) == 64);

class Generator : public earshot::Source<GeneratorOptions> {
 public:
  static constexpr earshot::Info info{"generator", "Makes synthetic posts by seed and rate"};

  void prepare() {
    if (options().platform.empty()) throw earshot::invalid("the platform has no name").at_option("platform");
    for (const std::string& name : options().names) {
      if (name.empty() || name.size() > 200) throw earshot::invalid("a name has 1 to 200 bytes").at_option("names");
      longest_ = std::max(longest_, name.size());
    }
  }

  void open(std::string_view cursor) {
    index_ = 0;
    const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), index_);
    if (!cursor.empty() && (error != std::errc{} || end != cursor.data() + cursor.size()))
      throw earshot::invalid("the cursor is none of this source");
    began_ = earshot::ticks(host().now());
    first_ = index_;
  }

  Polled poll(earshot::SourceOut& out) {
    const auto total = static_cast<std::uint64_t>(options().posts);
    std::uint64_t wanted = std::max<std::uint32_t>(out.max_posts(), 1);
    if (total != 0) wanted = std::min(wanted, total - std::min(total, index_));
    if (options().rate > 0) {
      const double seconds = static_cast<double>(earshot::ticks(host().now()) - began_) / 1e9;
      const auto due = first_ + 1 + static_cast<std::uint64_t>(std::max(0.0, seconds) * options().rate);
      wanted = std::min(wanted, due - std::min(due, index_));
    }
    if (wanted != 0) make(out, wanted);
    if (total != 0 && index_ >= total) return Polled::end();
    if (options().rate <= 0 || wanted == out.max_posts()) return Polled::more();
    const double pause = std::clamp(1 / options().rate, 0.001, 0.1);
    return Polled::idle(earshot::Duration{static_cast<std::int64_t>(pause * 1e9)});
  }

 private:
  static constexpr std::size_t kText = 320;  // the most that one post without its name takes

  void make(earshot::SourceOut& out, std::uint64_t count) {
    char* at = out.buffer(count * (kText + longest_));
    for (std::uint64_t end = index_ + count; index_ < end; ++index_) at = make_one(out, at);
    char cursor[24];
    out.cursor({cursor, static_cast<std::size_t>(std::to_chars(cursor, cursor + sizeof cursor, index_).ptr - cursor)});
  }

  char* make_one(earshot::SourceOut& out, char* at) const {
    const GeneratorOptions& o = options();
    Random random((static_cast<std::uint64_t>(o.seed) << 32) ^ (index_ * 0xD1342543DE82EF95u));
    const std::uint64_t choice = random.next();
    ear_post post = earshot::make_post();
    post.platform = earshot::str(o.platform);
    post.kind = earshot::str("status");
    post.published = earshot::ticks(o.start) + static_cast<std::int64_t>(index_) * o.interval.count();
    post.id = text(at, "p", index_);
    ear_author author = earshot::make_author();
    const std::uint64_t number = random.next() % static_cast<std::uint64_t>(o.authors);
    author.id = text(at, "a", number);
    author.handle = text(at, "user_", number);
    author.followers = static_cast<std::int64_t>(number * number % 10007);
    post.author = &author;
    if (!o.languages.empty()) {
      const auto size = static_cast<std::uint32_t>(o.languages.size());
      post.language = earshot::str(o.languages[below(choice >> 32, size)]);
    }
    post.likes = static_cast<std::int64_t>(choice >> 20 & 63);
    ear_segment body = earshot::make_segment(EAR_BODY, {});
    body.text = sentence(at, random, choice);
    post.segments = &body, post.segment_count = 1;
    out.post(post);
    return at;
  }

  static ear_str text(char*& at, std::string_view before, std::uint64_t number) {
    char* begin = at;
    at += before.copy(at, before.size());
    at = std::to_chars(at, at + 24, number).ptr;
    return {begin, static_cast<std::size_t>(at - begin)};
  }

  // 8 to 23 words, a name among them in the share of the posts that was asked for.
  ear_str sentence(char*& at, Random& random, std::uint64_t choice) const {
    char* begin = at;
    const auto words = static_cast<std::uint32_t>(8 + (choice & 15));
    const std::vector<std::string>& names = options().names;
    const bool names_one = !names.empty() && static_cast<double>(choice >> 32) < options().share * 4294967296.0;
    const std::uint64_t which = random.next();
    const std::uint32_t place = names_one ? below(which >> 32, words) : words;
    std::uint64_t bits = 0;
    for (std::uint32_t i = 0; i < words; ++i, bits >>= 6) {
      if (i % 10 == 0) bits = random.next();
      const std::string_view word =
          i == place ? std::string_view(names[below(which, static_cast<std::uint32_t>(names.size()))])
                     : kWords[bits & 63];
      if (i != 0) *at++ = ' ';
      if (word.size() <= 16 && i != place) {
        std::memcpy(at, word.data(), std::min<std::size_t>(word.size(), 16));
        at += word.size();
      } else {
        at += word.copy(at, word.size());
      }
    }
    *at++ = '.';
    return {begin, static_cast<std::size_t>(at - begin)};
  }

  std::uint64_t index_ = 0, first_ = 0;
  ear_time began_ = 0;
  std::size_t longest_ = 0;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.generator", "1.0.0", "Earshot", "Apache-2.0", "Synthetic posts for load tests and demos",
               Generator)
