// formulas.hpp: how the figures of a report are made, in words that stand in it and in docs/reports.md. Constants.
#pragma once

#include <string_view>

namespace earshot::report {

struct Formula {
  std::string_view name, text;
};

inline constexpr Formula kFormulas[] = {
    {"Mentions",
     "Posts published in the period, begin included and end not, that have a finding `mention` of the watch item. "
     "Deleted and withdrawn posts are not counted."},
    {"Unique content",
     "Mentions less those with a finding `duplicate` of score 0.5 or more: of each cluster of copies the first "
     "post counts, where it is in the period."},
    {"Authors",
     "Different authors, by platform and id, counted exactly. The same person on two platforms counts twice."},
    {"Reach",
     "The followers of a post's author when the post was counted, added up over posts. It says how many could have "
     "seen "
     "it at most, not how many did; people who follow several authors count several times."},
    {"Engagement", "Likes, reposts and replies as they were when the post was last brought, added up."},
    {"Change",
     "(now − before) / before. Where |now − before| ≤ 1.96 · √(now + before), which is what chance makes of counts "
     "(Poisson), it is told as no change."},
    {"Share of voice",
     "Mentions of the watch item / mentions of all watch items of the report; a post that mentions two counts for "
     "both. The interval is Wilson's, 95 %."},
    {"Sentiment",
     "The numbers of posts are those whose surest finding `sentiment` of the watch item says so. The shares are of "
     "unique content "
     "and estimated from the probabilities that the detector gave, together with the mix of classes, by expectation "
     "and "
     "maximisation (Saerens, Latinne, Decaestecker 2002): counting answers is off wherever a subject is spoken of "
     "otherwise than "
     "what the detector learned from. Posts that it said nothing about are in it as such."},
    {"Net sentiment",
     "Share positive − share negative, from −1 to +1; its interval reaches from low − high to high − low of the two."},
    {"Intervals of sentiment",
     "They hold the true share of nineteen subjects in twenty: they know what chance does, and that a detector reads "
     "some subjects "
     "better than others. Posts of one author are not independent: n posts count as n / d, where d is the variance of "
     "the mean "
     "with authors as clusters (Liang and Zeger 1986) over that of independent posts; of fewer than ten authors each "
     "counts once."},
    {"Net sentiment by keyword",
     "(posts that are positive − posts that are negative) / posts with the keyword; posts counted as their surest "
     "finding says. The interval, 95 %, is that of a difference of two shares of one sample, with z² / 3 = 1.28 posts "
     "of each of the three kinds added."},
    {"Lists",
     "Posts with the value, the most frequent first. Places and languages: as a detector found them, else as declared. "
     "Topics, phrases, aspects, intents and emotions: those said of the watch item, or of the post as a whole."},
    {"Gaps", "Stretches in which a source told that it could not see, cut at the period's ends."},
};

}  // namespace earshot::report
