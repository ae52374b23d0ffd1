// filter: lets those posts on that match a query. One copy a worker; the query behind them is shared.
#include <earshot/detector.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "query/query.hpp"

namespace {

using earshot::query::Evaluator;
using earshot::query::Query;

struct FilterOptions {
  earshot::Query where;
  std::optional<std::filesystem::path> lists;
  static constexpr auto schema() {
    using earshot::option;
    return earshot::schema(
        option<&FilterOptions::where>("where", "Which posts go on, as has:mention AND NOT spam:true",
                                      {.example = "has:mention AND NOT spam:true", .flags = EAR_OPTION_RELOADABLE}),
        option<&FilterOptions::lists>("lists",
                                      "The folder of the files that @list:FILE in the query names; without it, the "
                                      "folder of the file that the query stands in",
                                      {.example = "/srv/lists", .flags = EAR_OPTION_RELOADABLE}));
  }
};

class Filter : public earshot::Detector<FilterOptions> {
 public:
  static constexpr earshot::Info info{"filter", "Lets those posts on that match a query",
                                      EAR_STATELESS | EAR_ADDS_NOTHING};

  void prepare() {
    const earshot::Query& where = options().where;
    try {
      query_ = std::make_shared<const Query>(where.text,
                                             earshot::query::ParseOptions{options().lists.value_or(where.folder)});
    } catch (const earshot::query::Fault& fault) {
      throw earshot::invalid(earshot::query::sentence(fault)).at_option("where", fault.offset);
    }
    evaluator_.emplace(query_->evaluator());
  }

  // What is gone passes, so that whoever had the post hears of it.
  void detect(const earshot::Post& post, earshot::Out& out) {
    if (!post.is_gone() && !query_->match(post, *evaluator_)) out.stop(post);
  }

 private:
  std::shared_ptr<const Query> query_;
  std::optional<Evaluator> evaluator_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.filter", "0.1.0", "Earshot", "Apache-2.0", "Lets those posts on that match a query", Filter)
