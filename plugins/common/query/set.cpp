#include "query/set.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "query/required.hpp"

namespace earshot::query {

QuerySet::QuerySet(const std::vector<std::string>& queries, const ParseOptions& options,
                   const std::filesystem::path& cache, std::shared_ptr<const SearchFold> fold)
    : QuerySet(queries, std::vector(queries.size(), options), cache, std::move(fold)) {}

QuerySet::QuerySet(const std::vector<std::string>& queries, const std::vector<ParseOptions>& options,
                   const std::filesystem::path& cache, std::shared_ptr<const SearchFold> fold)
    : fold_(std::move(fold)) {
  std::map<std::string, std::vector<Target>> wanted;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    try {
      queries_.emplace_back(queries[i], options[i], fold_);
    } catch (const Fault& fault) {
      throw SetFault(i, fault);
    }
    const auto number = static_cast<std::uint32_t>(i);
    const std::vector<Literal> literals = required(queries_.back().root());
    if (literals.empty()) always_.push_back(number);
    for (const Literal& literal : literals)
      wanted[literal.text].push_back({number, literal.begins_word, literal.ends_word});
  }
  std::vector<std::string> texts;
  for (auto& [text, targets] : wanted) {
    texts.push_back(text);
    first_target_.push_back(static_cast<std::uint32_t>(targets_.size()));
    targets_.insert(targets_.end(), targets.begin(), targets.end());
  }
  first_target_.push_back(static_cast<std::uint32_t>(targets_.size()));
  literals_ = patterns::Literals(std::move(texts), cache);
}

SetMatcher::SetMatcher(std::shared_ptr<const QuerySet> set)
    : set_(std::move(set)), scratch_(set_->literals_), evaluator_(set_->fold_), asked_(set_->size(), 0) {}

void SetMatcher::match(std::span<const Post> posts, const std::function<void(const Held&)>& use) {
  std::uint32_t first = 0;
  text_.clear(), ends_.clear();
  for (std::uint32_t i = 0; i < posts.size(); ++i) {
    for (const Segment segment : posts[i].segments()) append_scan_form(text_, segment.text(), *set_->fold_, memory_);
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    if (text_.size() < kBlock && i + 1 < posts.size()) continue;
    scan(posts, first, use);
    first = i + 1;
    text_.clear(), ends_.clear();
    if (text_.capacity() > 64 * kBlock) text_ = {};  // a giant post's
  }
}

void SetMatcher::scan(std::span<const Post> posts, std::uint32_t first, const std::function<void(const Held&)>& use) {
  candidates_.clear();
  at_ = 0;
  set_->literals_.scan(text_, scratch_, [&](const patterns::Hit& h) { hit(h); });
  block_ += ends_.size();
  const auto before = [](const Held& a, const Held& b) {
    return std::tie(a.post, a.query) < std::tie(b.post, b.query);
  };
  std::sort(candidates_.begin(), candidates_.end(), before);
  auto next = candidates_.begin();
  for (std::uint32_t i = 0; i < ends_.size(); ++i) {
    auto always = set_->always_.begin();
    if (always == set_->always_.end() && (next == candidates_.end() || next->post != i)) continue;
    evaluator_.set(posts[first + i]);
    const auto look = [&](std::uint32_t query) {
      if (evaluator_.holds(set_->queries_[query].root())) use({first + i, query});
    };
    while (next != candidates_.end() && next->post == i) {
      for (; always != set_->always_.end() && *always < next->query; ++always) look(*always);
      look((next++)->query);
    }
    for (; always != set_->always_.end(); ++always) look(*always);
  }
}

// No letter or digit of ASCII, which would go on with the word; others are left to the evaluator.
bool SetMatcher::is_edge(std::size_t at) const {
  return !is_ascii_word(static_cast<unsigned char>(text_[at]));
}

void SetMatcher::hit(const patterns::Hit& hit) {
  const bool begins = hit.begin == 0 || is_edge(hit.begin - 1);
  const bool ends = is_edge(hit.end);  // a NUL stands behind each text
  if (at_ > 0 && hit.begin < ends_[at_ - 1]) at_ = 0;
  while (hit.end > ends_[at_]) ++at_;
  const std::uint64_t post = block_ + at_ + 1;
  for (std::uint32_t i = set_->first_target_[hit.literal]; i < set_->first_target_[hit.literal + 1]; ++i) {
    const QuerySet::Target& target = set_->targets_[i];
    if ((target.begins_word && !begins) || (target.ends_word && !ends) || asked_[target.query] == post) continue;
    asked_[target.query] = post;
    candidates_.push_back({at_, target.query});
  }
}

std::span<const Found> SetMatcher::places(const Held& held) {
  hits_.clear(), found_.clear();
  evaluator_.places(set_->queries_[held.query].root(), hits_);
  const std::vector<Passage>& passages = evaluator_.document().passages();
  for (const Hit& hit : hits_) {
    const bool in_text = hit.passage != kNone;
    found_.push_back(
        {in_text ? passages[hit.passage].number : EAR_NONE, hit.begin, hit.end, hit.media, hit.start, hit.stop});
  }
  const auto key = [](const Found& f) { return std::tie(f.segment, f.begin, f.end, f.media, f.start, f.stop); };
  std::sort(found_.begin(), found_.end(), [&](const Found& a, const Found& b) { return key(a) < key(b); });
  found_.erase(
      std::unique(found_.begin(), found_.end(), [&](const Found& a, const Found& b) { return key(a) == key(b); }),
      found_.end());
  return found_;
}

}  // namespace earshot::query
