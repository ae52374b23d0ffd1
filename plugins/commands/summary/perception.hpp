// perception.hpp: how each watch item is perceived, by what stands in a store: how much is said, how it is meant, in
// which languages, and about what. Free functions; one thread.
#pragma once

#include <earshot/services/store.hpp>
#include <string>
#include <vector>

#include "share/stored.hpp"

namespace earshot::summary {

struct Perception {
  Rows items;  // subject, posts, unique_posts, authors, stated; answers counted: positive, neutral, negative
  std::vector<share::OfSubject> shares;  // what the posts say, estimated: counting answers flatters what is frequent
  Rows languages;                        // subject, value, posts: the most frequent of each
  Rows phrases;                          // the same of key phrases and topics, by kind
};

// Posts that are deleted or withdrawn do not count.
Perception perception(Store& store);

// The lines of a page, empty where nothing is mentioned.
std::string as_text(const Perception& perception);
std::string as_json(const Perception& perception);

}  // namespace earshot::summary
