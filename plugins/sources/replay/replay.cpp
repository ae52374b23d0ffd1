// replay: the posts of a store once more, in the order of their publication, with what was found in them or without.
#include <charconv>
#include <earshot/source.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "store/schema.hpp"
#include "stored_posts.hpp"

namespace {

using earshot::Polled;
using earshot::ticks;
using earshot::Time;
using earshot::replay::Place;
using earshot::replay::StoredPosts;

struct ReplayOptions {
  std::filesystem::path path;
  std::optional<Time> from, to;
  bool findings;
  std::vector<std::string> without;

  static constexpr auto schema() {
    using earshot::option;
    using O = ReplayOptions;
    return earshot::schema(
        option<&O::path>("path", "The store that a sqlite sink has written", {.example = "var/acme.db"}),
        option<&O::from>("from", "Posts published at or after", {.example = "2026-03-01T00:00:00Z"}),
        option<&O::to>("to", "Posts published before", {.example = "2026-04-01T00:00:00Z"}),
        option<&O::findings>("findings", "With what was found in them when they came; false: as published",
                             {.fallback = "true"}),
        option<&O::without>("without", "Detectors whose findings are left out, because they run again",
                            {.fallback = "[]"}));
  }
};

// A cursor is "published post".
Place place_of(std::string_view cursor) {
  Place place;
  const char* end = cursor.data() + cursor.size();
  const auto [at, fault] = std::from_chars(cursor.data(), end, place.published);
  if (fault != std::errc() || at == end || std::from_chars(at + 1, end, place.post).ec != std::errc())
    throw earshot::invalid("what it is to go on from is no cursor of this source: remove its state to begin anew");
  return place;
}

class Replay : public earshot::Source<ReplayOptions> {
 public:
  static constexpr earshot::Info info{"replay", "Posts of a store once more, with what was found in them", EAR_REPLAYS};

  void prepare() {
    if (options().path.empty()) throw earshot::invalid("there is no path").at_option("path");
    if (options().from && options().to && *options().to <= *options().from)
      throw earshot::invalid("it is not behind `from`: there is nothing in between").at_option("to");
  }

  void open(std::string_view cursor) {
    earshot::replay::Wanted wanted;
    if (options().to) wanted.to = ticks(*options().to);
    wanted.findings = options().findings;
    wanted.without.insert(options().without.begin(), options().without.end());
    if (!std::filesystem::exists(options().path))
      throw earshot::not_allowed("there is no store '" + options().path.string() + "'");
    posts_ = std::make_unique<StoredPosts>(options().path, std::move(wanted));
    Place place;
    if (options().from) place.published = ticks(*options().from);
    if (!cursor.empty()) place = place_of(cursor);
    posts_->go_to(place);
    load_gaps(place.published);
  }

  Polled poll(earshot::SourceOut& out) {
    earshot::post::Memory memory(out.raw());
    for (std::uint32_t left = out.max_posts(); left > 0; --left) {
      const ear_post* post = posts_->next(memory);
      if (post == nullptr) return finish(out);
      tell_gaps(post->published, out);
      out.post(*post);
    }
    out.cursor(std::to_string(posts_->place().published) + ' ' + std::to_string(posts_->place().post));
    return host().cancelled() ? Polled::idle() : Polled::more();
  }

 private:
  struct Hole {
    Time from, to;
    std::string reason;
  };

  // Those that ended before were told with the posts before.
  void load_gaps(std::int64_t from) {
    gaps_.clear(), next_gap_ = 0;
    const auto database = earshot::store::open_for_reading(options().path, std::chrono::seconds{30});
    earshot::store::Statement rows(database,
                                   "SELECT starts, ends, reason FROM gaps WHERE ends > ?1 ORDER BY starts, source");
    for (rows.integer(1, from); rows.step();)
      gaps_.push_back(
          {earshot::time(rows.integer_at(0)), earshot::time(rows.integer_at(1)), std::string(rows.text_at(2))});
  }

  // Before the first post behind its beginning: whoever counts knows of it before a window is over.
  void tell_gaps(std::int64_t until, earshot::SourceOut& out) {
    for (; next_gap_ < gaps_.size() && ticks(gaps_[next_gap_].from) <= until; ++next_gap_)
      out.gap(gaps_[next_gap_].from, gaps_[next_gap_].to, gaps_[next_gap_].reason);
  }

  Polled finish(earshot::SourceOut& out) {
    const std::int64_t end = options().to ? ticks(*options().to) : posts_->place().published;
    tell_gaps(end, out);
    if (options().to) out.complete_until(*options().to);
    if (posts_->place().post != 0)
      out.cursor(std::to_string(posts_->place().published) + ' ' + std::to_string(posts_->place().post));
    return Polled::end();
  }

  std::unique_ptr<StoredPosts> posts_;
  std::vector<Hole> gaps_;
  std::size_t next_gap_ = 0;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.replay", "0.1.0", "Earshot", "Apache-2.0",
               "Posts of a store once more, with what was found in them", Replay)
