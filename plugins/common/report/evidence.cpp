#include "report/evidence.hpp"

#include "report/queries.hpp"

namespace earshot::report {

std::string EvidenceList::add(const std::string& item, const std::string& label, const std::string& extra,
                              std::int64_t count, std::vector<figures::PostCard> posts) {
  Evidence one;
  one.anchor = "e" + std::to_string(all_.size() + 1);
  one.label = label, one.count = count;
  one.query = query_of(item, extra, request_.query, request_.period);
  if (posts.size() > kPosts) posts.resize(kPosts);
  one.posts = std::move(posts);
  all_.push_back(std::move(one));
  return all_.back().anchor;
}

void EvidenceList::add(const figures::Scope& scope, figures::By by, const std::string& label,
                       std::vector<ListRow>& rows) {
  std::vector<std::string> values;
  for (const ListRow& row : rows) values.push_back(row.row.value);
  const std::vector<std::vector<std::int64_t>> posts = figures_.examples(scope, by, values, kPosts);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string term = term_of(by, scope.subject, rows[i].row.value);
    if (term.empty()) continue;
    std::vector<figures::PostCard> cards = figures_.posts(posts[i]);
    if (by == figures::By::copy && !cards.empty()) rows[i].row.label = cards[0].text.substr(0, kExcerpt);
    const std::string& shown = rows[i].row.label.empty() ? rows[i].row.value : rows[i].row.label;
    rows[i].evidence = add(scope.subject, label + ": " + shown, term, rows[i].row.posts, std::move(cards));
  }
}

}  // namespace earshot::report
