// content.hpp: what a report says, before it is put into any form. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "calendar/period.hpp"
#include "figures/types.hpp"

namespace earshot::report {

struct WatchItem {
  std::string id, name;
};

// What is asked for. The same of the same store gives the same report, to the byte.
struct Request {
  calendar::Period period, before;  // before: what it is compared with
  calendar::Step step = calendar::Step::day;
  std::string zone = "UTC";
  std::string before_words = "the week before";
  std::string title, pipeline, store;  // store: its path, for the commands that are shown
  std::vector<WatchItem> items;        // empty: those that the store knows
  std::string query, lists;            // query: narrows everything down; empty: nothing
  std::string media;                   // the folder that pictures may be taken from; empty: none are
  std::size_t top = 8, posts = 5;
  std::string version, config_hash;
};

// A figure's posts: which query finds them, and some of them. It stands in the report's list under `anchor`.
struct Evidence {
  std::string anchor, label, query;
  std::vector<figures::PostCard> posts;
  std::int64_t count = 0;
};

struct ListRow {
  figures::Ranked row;
  std::string evidence;  // anchor, or empty
};
struct List {
  figures::By by = figures::By::platform;
  std::vector<ListRow> rows;
};

struct Item {
  WatchItem item;
  figures::Counts now, before;
  figures::Sentiment sentiment, sentiment_before;
  figures::Share share, share_before;
  std::vector<figures::Bin> volume, volume_before;
  std::vector<List> lists;
  std::vector<ListRow> praise, blame;  // aspects
  std::vector<figures::RankedAuthor> busiest, farthest;
  std::vector<figures::PostCard> best, negative, positive, media;
  std::string all_evidence, unique_evidence, negative_evidence, neutral_evidence, positive_evidence;

  const List* list(figures::By by) const {
    for (const List& one : lists)
      if (one.by == by) return &one;
    return nullptr;
  }
};

// What a source could not see, for one reason.
struct Unseen {
  std::string source, reason;
  std::int64_t gaps = 0;
  double hours = 0;
  calendar::Period between;  // from the first to the end of the last
};

struct Content {
  Request request;
  figures::State state;
  figures::Counts all, all_before;
  std::vector<figures::Bin> volume;  // of everything
  std::vector<Item> items;           // most mentions first
  std::vector<figures::AlertCard> alerts;
  std::vector<figures::Gap> gaps;
  std::vector<Unseen> unseen;  // the same by source and reason, most hours first
  std::vector<figures::Ranked> sources;
  std::vector<Evidence> evidence;
  std::vector<std::string> headlines;  // sentences
  double hours_unseen = 0;             // in gaps, of all sources together
};

}  // namespace earshot::report
