#include "store/writer.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace earshot::store {
namespace {

std::pair<std::string_view, std::string_view> identity(const ear_delivery& delivery) {
  if (delivery.post == nullptr) return {};
  return {view(delivery.post->platform), view(delivery.post->id)};
}

// By identity, so that the index over it is written page by page; what belongs to one post stays in its order.
std::vector<const ear_delivery*> in_order(std::span<const ear_delivery> deliveries) {
  std::vector<const ear_delivery*> all;
  all.reserve(deliveries.size());
  for (const ear_delivery& delivery : deliveries) all.push_back(&delivery);
  std::stable_sort(all.begin(), all.end(),
                   [](const ear_delivery* a, const ear_delivery* b) { return identity(*a) < identity(*b); });
  return all;
}

}  // namespace

void Writer::write(std::span<const ear_delivery> deliveries, bool index) {
  try {
    Transaction transaction(database_);
    authors_.begin(), index_.begin(), rollup_.begin();
    for (const ear_delivery* delivery : in_order(deliveries)) write_one(*delivery);
    authors_.finish();
    while (index && (index_.advance(4096) | rollup_.advance(4096))) {
    }
    rollup_.finish();
    transaction.commit();
  } catch (...) {
    authors_.forget(), rollup_.forget();
    throw;
  }
}

void Writer::write_one(const ear_delivery& delivery) {
  if (delivery.kind == EAR_DELIVERY_POST) posts_.write(*delivery.post);
  if (delivery.kind == EAR_DELIVERY_ALERT) alerts_.write(*delivery.alert, delivery.revision);
  if (delivery.kind == EAR_DELIVERY_GAP) alerts_.write(*delivery.gap);
}

std::optional<std::int64_t> Writer::erase(std::string_view platform, std::string_view author) {
  authors_.forget();
  rollup_.forget();
  std::optional<std::int64_t> posts;
  {
    Transaction transaction(database_);
    index_.begin(), rollup_.begin();
    std::int64_t row = 0;
    if (find_author_.text(1, platform).text(2, author).step()) row = find_author_.integer_at(0);
    find_author_.reset();
    if (row != 0) {
      posts = posts_.erase(row);
      remove_author_.integer(1, row).run();
      index_.removed_posts(), rollup_.removed_posts();
      rollup_.forget_names(), rollup_.removed_rows();
    }
    rollup_.finish();
    transaction.commit();
  }
  if (posts) database_.execute("PRAGMA wal_checkpoint(TRUNCATE)");  // nor does it stay in the journal
  return posts;
}

}  // namespace earshot::store
