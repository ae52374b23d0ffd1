// erase: removes an author from a store, with all that they published and what alerts quote of it.
#include <earshot/command.hpp>
#include <earshot/services/store.hpp>

#include "store/location.hpp"
#include "text/cells.hpp"

namespace {

struct EraseOptions {
  std::string author;
  std::optional<std::filesystem::path> store;

  static constexpr auto schema() {
    using earshot::option;
    using O = EraseOptions;
    return earshot::schema(
        option<&O::author>("author", "Whom to erase: PLATFORM/ID, the id as the platform gives it",
                           {.example = "mastodon/14715"}),
        option<&O::store>("store", "The store to erase from; without it, that of the pipeline's sqlite sink",
                          {.example = "var/acme.db"}));
  }
};

class Erase : public earshot::Command<EraseOptions> {
 public:
  static constexpr earshot::Info info{"erase", "Removes an author and all that they published from a store"};
  static constexpr const char* usage = "";
  static constexpr const char* examples = "earshot erase --author mastodon/14715 --store var/acme.db";

  void prepare() {
    const std::size_t slash = options().author.find('/');
    if (slash == 0 || slash == std::string::npos || slash + 1 == options().author.size())
      throw earshot::invalid("PLATFORM/ID is wanted, such as mastodon/14715").at_option("author");
  }

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (!arguments.empty()) throw earshot::invalid("erase takes no words; name the author with --author PLATFORM/ID");
    const std::string path = earshot::store::location(options().store, host());
    const std::string_view author = options().author;
    const std::size_t slash = author.find('/');
    const std::string shown = earshot::text::cells(author);
    try {
      const std::uint64_t posts =
          earshot::Store::erase(host(), path, author.substr(0, slash), author.substr(slash + 1));
      io.out("erased " + shown + " with " + std::to_string(posts) + (posts == 1 ? " post" : " posts") + " from " +
             path + "\n");
      return 0;
    } catch (const earshot::Error& error) {
      if (error.status != EAR_INVALID) throw;
      io.error(earshot::text::cells(error.what()) + "\n");
      return 1;
    }
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.erase", "1.0.0", "Earshot", "Apache-2.0", "Removes an author from a store", Erase)
