#include "store/authors.hpp"

#include <algorithm>

namespace earshot::store {

Authors::Authors(const Database& database)
    : database_(database),
      select_(database, "SELECT author, seen FROM authors WHERE platform = ?1 AND id = ?2"),
      insert_(database,
              "INSERT INTO authors(platform, id, seen, handle, name, url, bio, place, followers, following, posts,"
              " created) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"),
      update_(database,
              "UPDATE authors SET seen = ?2, handle = coalesce(?3, handle), name = coalesce(?4, name),"
              " url = coalesce(?5, url), bio = coalesce(?6, bio), place = coalesce(?7, place),"
              " followers = coalesce(?8, followers), following = coalesce(?9, following), posts = coalesce(?10, posts),"
              " created = coalesce(?11, created) WHERE author = ?1"),
      removals_now_(database, "SELECT names_removed FROM rollup_state") {}

void Authors::begin() {
  const std::int64_t now = removals_now_.step() ? removals_now_.integer_at(0) : 0;
  removals_now_.reset();
  if (now != removals_) forget();
  removals_ = now;
}

int Authors::bind_profile(Statement& statement, int index, const ear_author& author) {
  for (const ear_str text : {author.handle, author.name, author.url, author.bio, author.place})
    statement.known(index++, text);
  for (const std::int64_t count : {author.followers, author.following, author.posts}) statement.known(index++, count);
  statement.time(index++, author.created);
  return index;
}

Authors::Known Authors::find(const ear_post& post, std::string_view id) {
  if (select_.text(1, post.platform).text(2, id).step()) {
    const Known found{select_.integer_at(0), select_.is_null(1) ? EAR_TIME_NONE : select_.integer_at(1), nullptr};
    select_.reset();
    return found;
  }
  bind_profile(insert_.text(1, post.platform).text(2, id).time(3, post.published), 4, *post.author);
  insert_.run();
  return {sqlite3_last_insert_rowid(database_.raw()), post.published, nullptr};
}

std::int64_t Authors::row_of(const ear_post& post) {
  if (post.author == nullptr) return 0;
  const std::string_view id = view(post.author->id.len != 0 ? post.author->id : post.author->handle);
  if (id.empty()) return 0;
  key_.assign(view(post.platform)).append(1, '\0').append(id);
  auto found = known_.find(key_);
  if (found == known_.end()) found = known_.emplace(key_, find(post, id)).first;
  Known& author = found->second;
  if (post.published > author.seen) {
    if (author.profile == nullptr) changed_.push_back(&author);
    author.seen = post.published, author.profile = post.author;
  }
  return author.row;
}

void Authors::finish() {
  std::sort(changed_.begin(), changed_.end(), [](const Known* a, const Known* b) { return a->row < b->row; });
  for (Known* author : changed_) {
    bind_profile(update_.integer(1, author->row).time(2, author->seen), 3, *author->profile);
    update_.run();
    author->profile = nullptr;
  }
  changed_.clear();
  if (known_.size() > kMost) known_.clear();
}

void Authors::forget() {
  changed_.clear();
  known_.clear();
}

}  // namespace earshot::store
