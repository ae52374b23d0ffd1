#include "background.hpp"

#include "earshot/error.hpp"
#include "store/schema.hpp"
#include "store/text_index.hpp"

namespace earshot::sqlite {
namespace {

constexpr std::int64_t kPosts = 1000;      // in one transaction: rows wait for it
constexpr std::chrono::seconds kPause{2};  // after something went wrong

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
  changed_.wait(lock, [&] { return rows_ || stop_; });
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
      host_.warn(std::string("the full-text index does not follow: ") + error.what() + "; it is tried again");
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
  store::Statement lag(database,
                       "SELECT max(0, coalesce((SELECT max(post) FROM posts), 0) - indexed_to) FROM search_state");
  while (wait_for_rows()) {
    journal_.shorten(database);
    while (task_.index && !stopping() && index_some(database, index, lag)) journal_.shorten(database);
  }
}

bool Background::index_some(const store::Database& database, store::TextIndex& index, store::Statement& lag) {
  bool some = false;
  {
    const Turns::Index turn(turns_);
    store::Transaction transaction(database);
    index.begin();
    some = index.advance(kPosts);
    transaction.commit();
  }
  lag.step();
  host_.gauge("index_lag_posts", static_cast<double>(lag.integer_at(0)));
  lag.reset();
  return some;
}

}  // namespace earshot::sqlite
