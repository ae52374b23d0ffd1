// brand_text.hpp: the detector: mentions of watch items in every segment of a post. One copy a worker; the model
// behind them is shared.
#pragma once

#include <algorithm>
#include <array>
#include <earshot/detector.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "brand_text/queries.hpp"
#include "brand_text/scanner.hpp"
#include "brand_text/senses.hpp"

namespace earshot::brand_text {

enum class OffContext { drop, mark };
enum class Origin { title, body, quote, alt, image, speech, caption };  // numbered as EAR_TITLE …

}  // namespace earshot::brand_text

template <>
inline constexpr const char* earshot::choices<earshot::brand_text::Origin>[] = {"title", "body",   "quote",   "alt",
                                                                                "image", "speech", "caption", nullptr};

template <>
inline constexpr const char* earshot::choices<earshot::brand_text::OffContext>[] = {"drop", "mark", nullptr};

namespace earshot::brand_text {
struct BrandTextOptions {
  std::vector<std::string> items;
  std::vector<Origin> origins;
  bool misspellings, lookalikes, elongations, inflections, joined;
  std::optional<std::filesystem::path> words;
  double least_context;
  OffContext off_context;
  std::optional<std::filesystem::path> lists;
  template <auto Member>
  static constexpr auto writing(const char* name, const char* doc) {
    return option<Member>(name, doc, {.fallback = "true", .flags = EAR_OPTION_RELOADABLE});
  }
  static constexpr auto schema() {
    return earshot::schema(
        option<&BrandTextOptions::items>(
            "items", "Ids of the watch items to look for; none: all of them",
            {.fallback = "[]", .example = "[acme, rivals]", .flags = EAR_OPTION_RELOADABLE}),
        option<&BrandTextOptions::origins>(
            "origins", "Kinds of segments to look into; none: all of them",
            {.fallback = "[]", .example = "[title, body]", .flags = EAR_OPTION_RELOADABLE}),
        writing<&BrandTextOptions::misspellings>("misspellings", "Names with a letter or two wrong"),
        writing<&BrandTextOptions::lookalikes>("lookalikes",
                                               "Names with letters or figures that only look like theirs"),
        writing<&BrandTextOptions::elongations>("elongations", "Names with letters drawn out"),
        writing<&BrandTextOptions::inflections>("inflections", "Plurals of names"),
        writing<&BrandTextOptions::joined>(
            "joined", "Names joined with other words in a hashtag or handle, or without their spaces"),
        option<&BrandTextOptions::words>("words", "A file of words that are no misspelling of a name, one a line",
                                         {.example = "words.txt", .flags = EAR_OPTION_RELOADABLE}),
        option<&BrandTextOptions::least_context>("least_context", "How sure it must be that an ambiguous name is meant",
                                                 {.fallback = "0.5", .max = 1, .flags = EAR_OPTION_RELOADABLE}),
        option<&BrandTextOptions::off_context>("off_context",
                                               "What becomes of a mention of which it is less sure: it is not told, or "
                                               "marked by a score of at most 0.3",
                                               {.fallback = "drop", .flags = EAR_OPTION_RELOADABLE}),
        option<&BrandTextOptions::lists>("lists",
                                         "The folder of the files that @list:FILE in a query names; without it, the "
                                         "folder of the file that the query stands in",
                                         {.example = "/srv/lists", .flags = EAR_OPTION_RELOADABLE}));
  }
};

class BrandText : public Detector<BrandTextOptions> {
 public:
  static constexpr Info info{"brand_text", "Finds the names, hashtags, handles and links of watch items",
                             EAR_STATELESS | EAR_NEEDS_WATCHLIST};

  void prepare() {
    const BrandTextOptions& o = options();
    items_ = read_watchlist(host().watchlist(), o.items,
                            {o.misspellings, o.lookalikes, o.elongations, o.inflections, o.joined});
    if (items_.empty()) host().warn("the watchlist is empty: there is nothing to look for");
    model_ = std::make_shared<Model>(items_);
    if (std::any_of(items_.begin(), items_.end(), [](const WatchItem& item) { return !item.query.text.empty(); }))
      queries_.emplace(items_, o.lists);  // here, so that a wrong query is told before a start
    wanted_.fill(options().origins.empty());
    for (const Origin origin : options().origins) wanted_[static_cast<std::size_t>(origin)] = true;
  }

  // What this makes, copies for other workers see as well.
  void start() {
    if (options().words) model_->add_known(read_words(*options().words));
    model_->compile(host().state_dir().empty() ? std::filesystem::path{}
                                               : std::filesystem::path(host().state_dir()) / "compiled");
    senses_->load(items_);
  }

  void detect(const Batch& batch, Out& out) {
    if (!scanner_) scanner_.emplace(model_);
    // a call that failed may have left some
    segments_.clear(), texts_.clear(), scanner_->clear();
    if (queries_) queries_->clear();
    for (std::uint32_t i = 0; i < batch.size(); ++i) {
      const Post post = batch[i];
      if (post.is_gone()) continue;
      for (const Segment segment : post.segments()) {
        if (segment.origin() >= wanted_.size() || !wanted_[segment.origin()] || segment.text().empty()) continue;
        segments_.push_back({i, segment.number()});
        texts_.push_back(segment.text());
        scanner_->add(segment.text());
        if (scanner_->full()) say(out);
      }
    }
    if (!scanner_->empty()) say(out);
    if (queries_) queries_->say(batch, out);
  }

 private:
  struct Where {
    std::uint32_t post, segment;
  };

  void say(Out& out) {
    for (const Mention& mention : scanner_->scan()) {
      const Where where = segments_[mention.text];
      std::optional<double> context = senses_->of(mention.item, texts_[mention.text], mention.range, judge_);
      double score = mention.score;
      if (context && *context < options().least_context) {
        if (options().off_context == OffContext::drop) continue;
        score = std::min(score, off_score);
      }
      if (queries_) queries_->found(where.post, mention.id, where.segment, mention.range);
      reason_.assign(name_of(mention.rule)).append(": ").append(mention.written);
      const std::array attributes{text_value("rule", name_of(mention.rule)),
                                  real_value("context", context.value_or(0))};
      out.finding(where.post, {.kind = "mention",
                               .subject = mention.id,
                               .score = score,
                               .segment = where.segment,
                               .begin = mention.range.begin,
                               .end = mention.range.end,
                               .reason = reason_,
                               .attributes = std::span(attributes).first(context ? 2 : 1)});
    }
    segments_.clear(), texts_.clear();
  }

  static constexpr double off_score = 0.3;  // of a mention that is marked

  std::vector<WatchItem> items_;
  std::shared_ptr<Model> model_;                                 // constant once started
  std::shared_ptr<Senses> senses_ = std::make_shared<Senses>();  // likewise
  std::optional<Scanner> scanner_;
  std::optional<Queries> queries_;  // none where no item has one
  std::array<bool, 7> wanted_{};
  std::vector<Where> segments_;          // of the texts in the scanner
  std::vector<std::string_view> texts_;  // likewise
  std::string reason_;
  context::Judge judge_;
};

}  // namespace earshot::brand_text
