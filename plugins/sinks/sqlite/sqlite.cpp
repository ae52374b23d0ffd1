// sqlite: posts, authors, segments, media, findings, alerts and gaps in one SQLite file that people query with SQL.
// What was accepted is kept in memory until its transaction is on the disk, so that a transaction which fails, as on a
// full disk, is made again without loss. docs/store.md tells the tables.
#include <optional>
#include <string>

#include <earshot/sink.hpp>

#include "background.hpp"
#include "journal.hpp"
#include "pseudonym/pseudonym.hpp"
#include "store/copies.hpp"
#include "store/schema.hpp"
#include "store/writer.hpp"
#include "turns.hpp"

enum class Indexing { background, at_once, none };

template <>
inline constexpr const char* earshot::choices<Indexing>[] = {"background", "inline", "none", nullptr};

namespace {

struct SqliteOptions {
  std::filesystem::path path;
  Indexing index;
  std::int64_t commit_every;
  std::chrono::milliseconds busy_timeout;
  earshot::Duration keep_posts, keep_alerts, keep_gaps;
  std::vector<std::string> keep_kinds;
  std::optional<std::filesystem::path> pseudonyms;

  static constexpr auto schema() {
    using earshot::option;
    using O = SqliteOptions;
    return earshot::schema(
        option<&O::path>("path", "The file; made where it is not there", {.example = "var/acme.db"}),
        option<&O::index>("index", "The full-text index: in the background behind the rows, inline with them, or none",
                          {.fallback = "background"}),
        option<&O::commit_every>("commit_every",
                                 "So many posts, alerts and gaps at most are kept in memory before they are written; "
                                 "a checkpoint writes them in any case",
                                 {.fallback = "16384", .min = 1, .max = 1e6}),
        option<&O::busy_timeout>("busy_timeout", "How long to wait while another program writes to the file",
                                 {.fallback = "10s", .max = 3600}),
        option<&O::keep_posts>("keep_posts",
                               "How long posts are kept, by their time of publication, with all that was found in "
                               "them; 0: for ever",
                               {.fallback = "0s", .max = 3.2e9, .example = "90d"}),
        option<&O::keep_kinds>("keep_kinds", "Kinds of posts that are kept for another time",
                               {.fallback = "[]", .example = "[comment 30d, article 400d]"}),
        option<&O::keep_alerts>("keep_alerts", "How long alerts are kept behind their end; 0: for ever",
                                {.fallback = "0s", .max = 3.2e9}),
        option<&O::keep_gaps>("keep_gaps", "How long it is known where sources could not see; 0: for ever",
                              {.fallback = "0s", .max = 3.2e9}),
        option<&O::pseudonyms>("pseudonyms",
                               "A key file: authors are kept under pseudonyms that are made with it, without name, bio "
                               "and addresses",
                               {.example = "secrets/authors.key"}));
  }
};

class Sqlite : public earshot::Sink<SqliteOptions> {
 public:
  static constexpr earshot::Info info{"sqlite",
                                      "Posts, findings, alerts and gaps in a SQLite file with full-text search"};

  void prepare() {
    if (options().path.empty()) throw earshot::invalid("there is no path").at_option("path");
    keep_ = {options().keep_posts.count(), {}, options().keep_alerts.count(), options().keep_gaps.count()};
    try {
      for (const std::string& each : options().keep_kinds) keep_.kinds.insert(earshot::store::kept_kind(each));
    } catch (const earshot::Error& error) {
      throw earshot::invalid(error.what()).at_option("keep_kinds");
    }
  }

  void start() {
    database_.emplace(earshot::store::open_for_writing(options().path, options().busy_timeout));
    if (options().pseudonyms) pseudonyms_.emplace(*options().pseudonyms);
    earshot::pseudonym::agree(*database_, pseudonyms_ ? &*pseudonyms_ : nullptr);
    copies_.disguise(pseudonyms_ ? &*pseudonyms_ : nullptr);
    earshot::store::remember(*database_, keep_);
    writer_.emplace(*database_);
    journal_.watch(*database_);
    background_.emplace(earshot::sqlite::Background::Task{options().path, options().busy_timeout,
                                                          options().index == Indexing::background, keep_},
                        turns_, journal_, host());
  }
  void stop() {
    if (writer_) flush();
    if (background_) background_->wait(kLastIndexing);
    background_.reset();
    writer_.reset();
    database_.reset();
  }

  std::uint32_t write(const earshot::Deliveries& deliveries) {
    if (copies_.size() >= static_cast<std::size_t>(options().commit_every) || copies_.bytes() >= kMostBytes) flush();
    std::uint32_t taken = 0;
    for (; taken < deliveries.size() && copies_.bytes() < kMostBytes; ++taken) {
      const earshot::Delivery delivery = deliveries[taken];
      check_size(delivery, taken);
      copies_.add(delivery.raw());
    }
    return taken;
  }

  void flush() {
    if (copies_.size() == 0) return;
    {
      const earshot::sqlite::Turns::Rows turn(turns_);
      writer_->write(copies_.all(), options().index == Indexing::at_once);
    }
    copies_.clear();
    background_->rows_were_written();
  }

  void erase(std::string_view platform, std::string_view author) {
    flush();
    const earshot::sqlite::Turns::Rows turn(turns_);
    writer_->erase(platform, author);
    if (pseudonyms_) writer_->erase(platform, pseudonyms_->of(platform, author));
  }

 private:
  static constexpr std::size_t kMostBytes = 64 << 20;  // in memory
  static constexpr std::size_t kMostText = 256 << 20;  // of one segment; SQLite takes up to 1 GB in a row
  static constexpr std::chrono::seconds kLastIndexing{10};

  static void check_size(const earshot::Delivery& delivery, std::uint32_t index) {
    if (!delivery.is_post()) return;
    for (const earshot::Segment segment : delivery.post().segments())
      if (segment.text().size() > kMostText)
        throw earshot::invalid("a text of " + std::to_string(segment.text().size()) +
                               " bytes does not fit into a store; 256 MiB is the most")
            .at_post(index);
  }

  earshot::store::Keep keep_;
  earshot::sqlite::Turns turns_;
  earshot::sqlite::Journal journal_;
  std::optional<earshot::pseudonym::Pseudonyms> pseudonyms_;
  earshot::store::Copies copies_;
  std::optional<earshot::store::Database> database_;
  std::optional<earshot::store::Writer> writer_;
  std::optional<earshot::sqlite::Background> background_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.sqlite", "1.0.0", "Earshot", "Apache-2.0", "A store in one SQLite file", Sqlite)
