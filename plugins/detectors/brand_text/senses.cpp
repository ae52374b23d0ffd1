#include "brand_text/senses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <earshot/error.hpp>
#include <map>

#include "model/file.hpp"

namespace earshot::brand_text {

void Senses::load(const std::vector<WatchItem>& items) {
  senses_.clear();
  if (std::all_of(items.begin(), items.end(), [](const WatchItem& item) { return item.context.empty(); })) return;
  const text::Folder folder;
  std::map<std::string, std::shared_ptr<const model::Model>> models;  // items may share one
  senses_.resize(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const ContextSpec& spec = items[i].context;
    if (spec.empty()) continue;
    context::Sense sense;
    for (const std::string& word : spec.speaks_for) sense.speaks_for.push_back(folder.fold(word));
    for (const std::string& word : spec.against) sense.against.push_back(folder.fold(word));
    try {
      if (!spec.model.empty()) {
        sense.model = models[spec.model];
        if (sense.model == nullptr) sense.model = models[spec.model] = model::read(std::filesystem::path(spec.model));
        context::check_is_context(*sense.model, spec.model);
      }
    } catch (const model::BadModel& e) {
      throw invalid(e.what()).at_option(fmt::format("watchlist.{}.context_model", items[i].id));
    }
    senses_[i] = std::move(sense);
  }
}

}  // namespace earshot::brand_text
