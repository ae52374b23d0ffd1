#include "background.hpp"

#include <algorithm>

#include "audit/audit.hpp"
#include "earshot/error.hpp"
#include "store/schema.hpp"
#include "store/text_index.hpp"

namespace earshot::sqlite {
namespace {

constexpr std::int64_t kPosts = 1000;      // in one transaction: rows wait for it
constexpr std::chrono::seconds kPause{2};  // after something went wrong
constexpr std::chrono::minutes kPass{10};  // from one pass of retention to the next

}  // namespace

Background::Background(Task task, Turns& turns, Journal& journal, const Host& host)
    : task_(std::move(task)), turns_(turns), journal_(journal), host_(host), thread_([this] { run(); }) {}

Background::~Background() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Background::rows_were_written() {
  {
    const std::lock_guard lock(mutex_);
    rows_ = true, idle_ = false;
  }
  changed_.notify_all();
}

void Background::wait(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, at_most, [&] { return idle_; });
}

bool Background::wait_for_rows() {
  std::unique_lock lock(mutex_);
  if (!rows_) {
    idle_ = true;
    changed_.notify_all();
  }
  const auto woken = [&] { return rows_ || stop_; };
  if (task_.keep.any())
    changed_.wait_until(lock, next_pass_, woken);
  else
    changed_.wait(lock, woken);
  rows_ = idle_ = false;
  return !stop_;
}

bool Background::stopping() {
  const std::lock_guard lock(mutex_);
  return stop_;
}

void Background::run() {
  for (;;) {
    try {
      return work();
    } catch (const std::exception& error) {
      host_.warn(std::string("the figures and the full-text index do not follow: ") + error.what() +
                 "; it is tried again");
    }
    std::unique_lock lock(mutex_);
    rows_ = true;
    if (changed_.wait_for(lock, kPause, [&] { return stop_; })) return;
  }
}

void Background::work() {
  const store::Database database = store::open_for_writing(task_.path, task_.patience);
  database.execute("PRAGMA synchronous = NORMAL");  // what a power cut takes from the index is made again
  journal_.watch(database);
  store::TextIndex index(database);
  store::Rollup rollup(database);
  store::Retention retention(database, index, rollup);
  store::Statement index_lag(database,
                             "SELECT coalesce((SELECT max(post) FROM posts), 0) - indexed_to FROM search_state");
  store::Statement rollup_lag(database,
                              "SELECT coalesce((SELECT max(post) FROM posts), 0) - rolled_up_to FROM rollup_state");
  while (wait_for_rows()) {
    retain(database, retention);
    journal_.shorten(database);
    for (bool more = true; more && !stopping(); journal_.shorten(database)) {
      more = advance(database, rollup);
      tell("figures_lag_posts", rollup_lag);
      if (!task_.index || stopping()) continue;
      more = advance(database, index) || more;
      tell("index_lag_posts", index_lag);
      retain(database, retention);
    }
  }
}

template <class Covers>
bool Background::advance(const store::Database& database, Covers& covers) {
  const Turns::Index turn(turns_);
  store::Transaction transaction(database);
  try {
    covers.begin();
    const bool some = covers.advance(kPosts);
    covers.finish();
    transaction.commit();
    return some;
  } catch (...) {
    covers.forget();
    throw;
  }
}

void Background::retain(const store::Database& database, store::Retention& retention) {
  if (!task_.keep.any() || std::chrono::steady_clock::now() < next_pass_) return;
  retention.begin(task_.keep, ticks(host_.now()));
  for (bool more = true; more && !stopping(); journal_.shorten(database)) {
    const Turns::Index turn(turns_);
    more = retention.step(kPosts);
  }
  const store::Removed& removed = retention.removed();
  host_.count("retention_posts_removed", static_cast<double>(removed.posts));
  if (removed.all() > 0)
    audit::note(task_.path.string() + ".audit", ticks(host_.now()),
                {.command = "retention", .what = store::words(removed), .count = removed.posts});
  next_pass_ = std::chrono::steady_clock::now() + kPass;
}

void Background::tell(std::string_view gauge, store::Statement& lag) {
  if (lag.step()) host_.gauge(gauge, static_cast<double>(std::max<std::int64_t>(0, lag.integer_at(0))));
  lag.reset();
}

}  // namespace earshot::sqlite
