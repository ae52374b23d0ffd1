#include "store/catch_up.hpp"

#include "earshot/error.hpp"
#include "store/rollup.hpp"
#include "store/schema.hpp"

namespace earshot::store {

void catch_up(const std::filesystem::path& path, const std::function<bool(std::int64_t, std::int64_t)>& progress) {
  constexpr std::chrono::seconds kPatience{30};
  constexpr std::int64_t kPosts = 2000;  // in one transaction: the pipeline's rows wait for it
  if (!std::filesystem::exists(path)) throw invalid("there is no store '" + path.string() + "'");
  const Database database = open_for_writing(path, kPatience);
  Rollup rollup(database);
  const std::int64_t of = database.integer("SELECT max(post) FROM posts");
  const char* done = "SELECT rolled_up_to FROM rollup_state";
  for (bool more = database.integer(done) < of; more;) {
    {
      Transaction transaction(database);
      rollup.begin();
      more = rollup.advance(kPosts);
      rollup.finish();
      transaction.commit();
    }
    if (progress && !progress(database.integer(done), of)) throw cancelled();
  }
}

}  // namespace earshot::store
