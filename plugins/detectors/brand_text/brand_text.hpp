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

#include "brand_text/misread.hpp"
#include "brand_text/queries.hpp"
#include "brand_text/scanner.hpp"
#include "brand_text/senses.hpp"
#include "brand_text/where.hpp"

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
  bool misspellings, lookalikes, elongations, inflections, joined, misread;
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
        writing<&BrandTextOptions::misread>("misread", "Names that were read wrongly in a picture: 0 for O, rn for m"),
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
                            {o.misspellings, o.lookalikes, o.elongations, o.inflections, o.joined, o.misread});
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
    misread_->load(items_, model_);
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
        segments_.push_back({i, &segment.raw()});
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
    std::uint32_t post;
    const ear_segment* segment;  // the batch's
    bool was_read() const { return segment->origin == EAR_IMAGE; }
  };

  void say(Out& out) {
    const std::vector<Mention>& mentions = scanner_->scan();
    auto mention = mentions.begin();
    for (std::uint32_t text = 0; text < texts_.size(); ++text) {
      const bool was_read = segments_[text].was_read();
      taken_.clear();
      for (; mention != mentions.end() && mention->text == text; ++mention) {
        if (was_read) taken_.push_back(mention->range);
        // What looks like the name in a picture was hardly meant to.
        const Rule rule = was_read && mention->rule == Rule::lookalike ? Rule::reading : mention->rule;
        say(text, rule, mention->range, mention->item, mention->id, mention->written, mention->score, out);
      }
      if (!was_read) continue;
      for (const Misread::Found& found : misread_->find(texts_[text], taken_, misreading_))
        say(text, Rule::reading, found.range, found.item, found.id, found.written, found.score, out);
    }
    segments_.clear(), texts_.clear();
  }

  void say(std::uint32_t text, Rule rule, text::Range range, std::uint32_t item, std::string_view id,
           std::string_view written, double score, Out& out) {
    const Where where = segments_[text];
    const std::optional<double> context = senses_->of(item, texts_[text], range, judge_);
    if (context && *context < options().least_context) {
      if (options().off_context == OffContext::drop) return;
      score = std::min(score, off_score);
    }
    if (queries_) queries_->found(where.post, id, where.segment->number, range);
    reason_.assign(name_of(rule)).append(": ").append(written);
    if (where.was_read() && (rule == Rule::reading || rule == Rule::misspelling))
      add_reading(texts_[text].substr(range.begin, range.end - range.begin));
    const std::array attributes{text_value("rule", name_of(rule)), real_value("context", context.value_or(0))};
    Finding finding{.kind = "mention",
                    .subject = id,
                    .score = score,
                    .segment = where.segment->number,
                    .begin = range.begin,
                    .end = range.end,
                    .reason = reason_,
                    .attributes = std::span(attributes).first(context ? 2 : 1)};
    place(*where.segment, range, finding);
    out.finding(where.post, finding);
  }

  // In one line.
  void add_reading(std::string_view read) {
    reason_.append(", read as '");
    for (const char c : read) reason_ += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    reason_ += "'";
  }

  static constexpr double off_score = 0.3;  // of a mention that is marked

  std::vector<WatchItem> items_;
  std::shared_ptr<Model> model_;                                    // constant once started
  std::shared_ptr<Senses> senses_ = std::make_shared<Senses>();     // likewise
  std::shared_ptr<Misread> misread_ = std::make_shared<Misread>();  // likewise
  std::optional<Scanner> scanner_;
  Misread::Scratch misreading_;
  std::vector<text::Range> taken_;
  std::optional<Queries> queries_;  // none where no item has one
  std::array<bool, 7> wanted_{};
  std::vector<Where> segments_;          // of the texts in the scanner
  std::vector<std::string_view> texts_;  // likewise
  std::string reason_;
  context::Judge judge_;
};

}  // namespace earshot::brand_text
