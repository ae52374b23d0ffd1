// brand_text.hpp: the detector: mentions of watch items in every segment of a post. One copy a worker; the model
// behind them is shared.
#pragma once

#include <array>
#include <earshot/detector.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "brand_text/model.hpp"

namespace earshot::brand_text {

enum class Origin { title, body, quote, alt, image, speech, caption };  // numbered as EAR_TITLE …

}  // namespace earshot::brand_text

template <>
inline constexpr const char* earshot::choices<earshot::brand_text::Origin>[] = {"title", "body",   "quote",   "alt",
                                                                                "image", "speech", "caption", nullptr};

namespace earshot::brand_text {
struct BrandTextOptions {
  std::vector<std::string> items;
  std::vector<Origin> origins;
  static constexpr auto schema() {
    return earshot::schema(option<&BrandTextOptions::items>(
                               "items", "Ids of the watch items to look for; none: all of them",
                               {.fallback = "[]", .example = "[acme, rivals]", .flags = EAR_OPTION_RELOADABLE}),
                           option<&BrandTextOptions::origins>(
                               "origins", "Kinds of segments to look into; none: all of them",
                               {.fallback = "[]", .example = "[title, body]", .flags = EAR_OPTION_RELOADABLE}));
  }
};

class BrandText : public Detector<BrandTextOptions> {
 public:
  static constexpr Info info{"brand_text", "Finds the names, hashtags, handles and links of watch items",
                             EAR_STATELESS | EAR_NEEDS_WATCHLIST};

  void prepare() {
    const std::vector<WatchItem> items = read_watchlist(host().watchlist(), options().items);
    if (items.empty()) host().warn("the watchlist is empty: there is nothing to look for");
    scanner_.emplace(std::make_shared<const Model>(items));
    wanted_.fill(options().origins.empty());
    for (const Origin origin : options().origins) wanted_[static_cast<std::size_t>(origin)] = true;
  }

  void detect(const Batch& batch, Out& out) {
    segments_.clear(), scanner_->clear();  // a call that failed may have left some
    for (std::uint32_t i = 0; i < batch.size(); ++i) {
      const Post post = batch[i];
      if (post.is_gone()) continue;
      for (const Segment segment : post.segments()) {
        if (segment.origin() >= wanted_.size() || !wanted_[segment.origin()] || segment.text().empty()) continue;
        segments_.push_back({i, segment.number()});
        scanner_->add(segment.text());
        if (scanner_->full()) say(out);
      }
    }
    if (!scanner_->empty()) say(out);
  }

 private:
  struct Where {
    std::uint32_t post, segment;
  };

  void say(Out& out) {
    for (const Mention& mention : scanner_->scan()) {
      const Where where = segments_[mention.text];
      out.finding(where.post, {.kind = "mention",
                               .subject = mention.item,
                               .score = mention.score,
                               .segment = where.segment,
                               .begin = mention.range.begin,
                               .end = mention.range.end,
                               .reason = mention.reason});
    }
    segments_.clear();
  }

  std::optional<Scanner> scanner_;
  std::array<bool, 7> wanted_{};
  std::vector<Where> segments_;  // of the texts in the scanner
};

}  // namespace earshot::brand_text
