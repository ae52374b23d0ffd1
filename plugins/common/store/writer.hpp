// writer.hpp: writes deliveries into a store, each call as one transaction: all of them or, where it throws, none.
// Writing a delivery again changes nothing. One instance for one thread.
#pragma once

#include <optional>
#include <span>

#include "store/alerts.hpp"
#include "store/authors.hpp"
#include "store/posts.hpp"
#include "store/rollup.hpp"
#include "store/text_index.hpp"

namespace earshot::store {

class Writer {
 public:
  explicit Writer(const Database& database)
      : database_(database),
        authors_(database),
        index_(database),
        rollup_(database),
        posts_(database, authors_, index_, rollup_),
        alerts_(database),
        find_author_(database, "SELECT author FROM authors WHERE platform = ?1 AND id = ?2"),
        remove_author_(database, "DELETE FROM authors WHERE author = ?1") {}

  // Durable when it returns. With `index`, the full-text index and the figures are brought up to date too.
  void write(std::span<const ear_delivery> deliveries, bool index);

  // Removes the author, their posts and what alerts quote of them. Returns the number of posts; nothing where there is
  // no such author.
  std::optional<std::int64_t> erase(std::string_view platform, std::string_view author);

 private:
  void write_one(const ear_delivery& delivery);

  const Database& database_;
  Authors authors_;
  TextIndex index_;
  Rollup rollup_;
  Posts posts_;
  Alerts alerts_;
  Statement find_author_, remove_author_;
};

}  // namespace earshot::store
