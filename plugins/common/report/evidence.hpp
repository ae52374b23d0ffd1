// evidence.hpp: the posts behind the figures of a report, each with the query that finds them. One thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "figures/figures.hpp"
#include "report/content.hpp"

namespace earshot::report {

class EvidenceList {
 public:
  EvidenceList(figures::Figures& figures, const Request& request) : figures_(figures), request_(request) {}

  // Each returns the anchor. `extra` are the query's terms beside item and period.
  std::string add(const std::string& item, const std::string& label, const std::string& extra, std::int64_t count,
                  std::vector<figures::PostCard> posts);
  // One for each row, with posts of its own; rows of which the query language cannot ask have none.
  void add(const figures::Scope& scope, figures::By by, const std::string& label, std::vector<ListRow>& rows);

  std::vector<Evidence> take() { return std::move(all_); }

 private:
  static constexpr std::size_t kPosts = 3;      // of each
  static constexpr std::size_t kExcerpt = 120;  // bytes of a text that names a group of copies

  figures::Figures& figures_;
  const Request& request_;
  std::vector<Evidence> all_;
};

}  // namespace earshot::report
