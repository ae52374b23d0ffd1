#include "brand_text/queries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "brand_text/where.hpp"

namespace earshot::brand_text {
namespace {

constexpr std::size_t most = 100;            // mentions of one item in one post by its query: more tell nothing
constexpr std::size_t longest_reason = 200;  // bytes

std::shared_ptr<const query::QuerySet> compiled(const std::vector<WatchItem>& items,
                                                const std::optional<std::filesystem::path>& lists) {
  std::vector<std::string> texts, ids;
  std::vector<query::ParseOptions> options;
  for (const WatchItem& item : items) {
    if (item.query.text.empty()) continue;
    texts.push_back(item.query.text), ids.push_back(item.id);
    options.push_back({lists.value_or(item.query.folder)});
  }
  try {
    return std::make_shared<const query::QuerySet>(texts, options);
  } catch (const query::SetFault& fault) {
    throw invalid(query::sentence(fault)).at_option(fmt::format("watchlist.{}.query", ids[fault.query]), fault.offset);
  }
}

// One line, cut at a character.
std::string shortened(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  if (text.size() <= longest_reason) return text;
  std::size_t end = longest_reason;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

Queries::Queries(const std::vector<WatchItem>& items, const std::optional<std::filesystem::path>& lists)
    : set_(compiled(items, lists)), matcher_(set_) {
  std::vector<Item> all;
  for (const WatchItem& item : items)
    if (!item.query.text.empty()) all.push_back({item.id, "query: " + shortened(item.query.text)});
  items_ = std::make_shared<const std::vector<Item>>(std::move(all));
}

void Queries::found(std::uint32_t post, std::string_view item, std::uint32_t segment, text::Range range) {
  known_.push_back({post, segment, range, item});
}

void Queries::say(const Batch& batch, Out& out) {
  posts_.clear();
  for (std::uint32_t i = 0; i < batch.size(); ++i)
    if (!batch[i].is_gone()) posts_.push_back(batch[i]);
  std::stable_sort(known_.begin(), known_.end(), [](const Known& a, const Known& b) { return a.post < b.post; });
  matcher_.match(posts_, [&](const query::Held& held) { say(posts_[held.post], held, out); });
  known_.clear();
}

void Queries::say(const Post& post, const query::Held& held, Out& out) {
  const Item& item = (*items_)[held.query];
  const std::array attributes{text_value("rule", "query")};
  Finding mention{.kind = "mention", .subject = item.id, .reason = item.reason, .attributes = attributes};
  std::size_t said = 0;
  for (const query::Found& place : matcher_.places(held)) {
    if (place.segment == EAR_NONE) continue;
    if (++said > most) return;
    if (is_known(post.index(), item, place)) continue;
    mention.segment = place.segment, mention.begin = place.begin, mention.end = place.end;
    Finding here = mention;
    for (const Segment segment : post.segments())
      if (segment.number() == place.segment) brand_text::place(segment.raw(), {place.begin, place.end}, here);
    out.finding(post, here);
  }
  if (said == 0) out.finding(post, mention);
}

bool Queries::is_known(std::uint32_t post, const Item& item, const query::Found& place) const {
  auto at =
      std::lower_bound(known_.begin(), known_.end(), post, [](const Known& k, std::uint32_t p) { return k.post < p; });
  for (; at != known_.end() && at->post == post; ++at)
    if (at->item == item.id && at->segment == place.segment && at->range.begin < place.end &&
        place.begin < at->range.end)
      return true;
  return false;
}

}  // namespace earshot::brand_text
