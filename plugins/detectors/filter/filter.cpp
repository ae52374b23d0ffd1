// filter: lets those posts on that match a query. One copy a worker; the query behind them is shared.
#include <memory>

#include <earshot/detector.hpp>

#include "query/query.hpp"

namespace {

struct FilterOptions {
  earshot::Query where;
  static constexpr auto schema() {
    return earshot::schema(earshot::option<&FilterOptions::where>(
        "where", "Which posts go on, as has:mention AND NOT spam:true",
        {.example = "has:mention AND NOT spam:true", .flags = EAR_OPTION_RELOADABLE}));
  }
};

class Filter : public earshot::Detector<FilterOptions> {
 public:
  static constexpr earshot::Info info{"filter", "Lets those posts on that match a query", EAR_STATELESS};

  void prepare() {
    try {
      query_ = std::make_shared<const earshot::query::Query>(options().where.text);
    } catch (const earshot::query::Fault& fault) {
      throw earshot::invalid(fault.what()).at_option("where", fault.offset);
    }
  }

  // What is gone passes, so that whoever had the post hears of it.
  void detect(const earshot::Post& post, earshot::Out& out) {
    if (!post.is_gone() && !query_->match(post, scratch_)) out.stop(post);
  }

 private:
  std::shared_ptr<const earshot::query::Query> query_;
  earshot::query::Scratch scratch_;
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.filter", "0.1.0", "Earshot", "Apache-2.0", "Lets those posts on that match a query", Filter)
