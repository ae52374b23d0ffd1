#include <algorithm>
#include <map>
#include <queue>

#include "figures/scan.hpp"

namespace earshot::figures {
namespace {

using store::Fact;
using store::kUnknown;

constexpr std::size_t kMostText = 4000;  // bytes of a post that are given out

// The larger, the rather it is shown; ties are decided by the number.
struct Candidate {
  double first = 0, second = 0;
  std::uint32_t post = 0, author = 0;
  Fact fact;
  friend bool operator>(const Candidate& a, const Candidate& b) {
    if (a.first != b.first) return a.first > b.first;
    return a.second != b.second ? a.second > b.second : a.post < b.post;
  }
};

double known(std::uint32_t n) {
  return n == kUnknown ? 0 : n;
}

// False: not of the kind that is asked for.
bool weigh(const Fact& fact, std::int64_t published, PostsBy by, Candidate& to) {
  to.first = known(fact.engagement), to.second = known(fact.reach);
  const bool negative = fact.sentiment() == store::Sentiment::negative;
  const bool positive = fact.sentiment() == store::Sentiment::positive;
  switch (by) {
    case PostsBy::engagement:
      return true;
    case PostsBy::latest:
      to.second = to.first, to.first = static_cast<double>(published);
      return true;
    case PostsBy::media:
      return fact.is(Fact::kMedia);
    case PostsBy::negative:
      to.first = (1 + to.first) * fact.negative;
      return negative;
    case PostsBy::positive:
      to.first = (1 + to.first) * fact.positive;
      return positive;
  }
  return false;
}

std::string_view cut(std::string_view text) {
  if (text.size() <= kMostText) return text;
  std::size_t size = kMostText;
  while (size > 0 && (text[size] & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

std::string_view word_of(store::Sentiment sentiment) {
  static constexpr std::string_view words[] = {"", "negative", "neutral", "positive"};
  return words[static_cast<std::size_t>(sentiment)];
}

}  // namespace

std::vector<PostCard> Figures::posts(const Scope& scope, PostsBy by, std::size_t most) {
  constexpr std::size_t kOfOneAuthor = 2;
  const std::size_t keep = most * 8 + 50;                                       // several of one author are left out
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> best;  // the least on top
  scan(scope, [&](const Fact& fact, std::int64_t published) {
    Candidate one;
    if (fact.is_copy() || !weigh(fact, published, by, one)) return;
    one.post = fact.post, one.author = fact.author, one.fact = fact;
    if (best.size() < keep) return best.push(one);
    if (one > best.top()) best.pop(), best.push(one);
  });
  std::vector<Candidate> sorted;
  for (; !best.empty(); best.pop()) sorted.push_back(best.top());
  std::reverse(sorted.begin(), sorted.end());
  std::vector<PostCard> out;
  std::map<std::uint32_t, std::size_t> of_author;
  for (const Candidate& one : sorted) {
    if (out.size() == most) break;
    if (by != PostsBy::latest && one.author != 0 && ++of_author[one.author] > kOfOneAuthor) continue;
    std::vector<PostCard> card = posts(std::vector<std::int64_t>{one.post});
    if (card.empty()) continue;  // gone meanwhile
    card[0].sentiment = word_of(one.fact.sentiment());
    out.push_back(std::move(card[0]));
  }
  return out;
}

std::vector<PostCard> Figures::posts(const std::vector<std::int64_t>& numbers) {
  std::vector<PostCard> out;
  for (const std::int64_t number : numbers) {
    PostCard card;
    card.post = number;
    if (card_.integer(1, number).step()) {
      card.platform = card_.text_at(0), card.id = card_.text_at(1), card.url = card_.text_at(2);
      card.published = card_.integer_at(3), card.language = card_.text_at(4), card.author = card_.text_at(5);
      card.author_name = card_.text_at(6), card.followers = card_.is_null(7) ? -1 : card_.integer_at(7);
      for (int i = 8; i < 11; ++i)
        if (!card_.is_null(i)) card.engagement = std::max<std::int64_t>(card.engagement, 0) + card_.integer_at(i);
    }
    card_.reset();
    if (card.id.empty()) continue;
    text_.integer(1, number);
    while (text_.step())
      if (card.text.size() < kMostText) card.text.append(card.text.empty() ? "" : "\n").append(cut(text_.text_at(1)));
    card.text = cut(card.text);
    add_media(card);
    out.push_back(std::move(card));
  }
  return out;
}

void Figures::add_media(PostCard& to) {
  media_.integer(1, to.post);
  while (media_.step())
    to.media.push_back({std::string(media_.text_at(0)), std::string(media_.text_at(1)), std::string(media_.text_at(2)),
                        std::string(media_.text_at(3)), std::string(media_.text_at(4))});
}

std::vector<AlertCard> Figures::alerts(const Period& period, std::string_view subject, std::size_t most) {
  std::vector<AlertCard> out;
  store::Statement ask(database_,
                       "SELECT alert, hex(alert), state, detector, kind, subject, summary, attributes, starts, ends,"
                       " severity, observed, expected, lower, upper FROM alerts WHERE starts < ?2 AND ends >= ?1"
                       " AND (?3 = '' OR subject = ?3) ORDER BY severity DESC, starts, alert LIMIT ?4");
  ask.integer(1, period.from).integer(2, period.to).text(3, subject).integer(4, static_cast<std::int64_t>(most));
  while (ask.step()) {
    AlertCard card;
    int column = 1;
    for (std::string* text :
         {&card.alert, &card.state, &card.detector, &card.kind, &card.subject, &card.summary, &card.attributes})
      *text = ask.text_at(column++);
    card.starts = ask.integer_at(8), card.ends = ask.integer_at(9), card.severity = ask.integer_at(10);
    card.observed = ask.real_at(11), card.expected = ask.real_at(12), card.lower = ask.real_at(13);
    card.upper = ask.real_at(14);
    evidence_.blob(1, ask.text_at(0));
    while (evidence_.step())
      card.evidence.push_back({std::string(evidence_.text_at(0)), std::string(evidence_.text_at(1)),
                               std::string(evidence_.text_at(2)), std::string(evidence_.text_at(3)),
                               std::string(cut(evidence_.text_at(4))), evidence_.integer_at(5), evidence_.real_at(6)});
    out.push_back(std::move(card));
  }
  return out;
}

std::vector<Gap> Figures::gaps(const Period& period, std::size_t most) {
  std::vector<Gap> out;
  store::Statement ask(database_,
                       "SELECT source, reason, starts, ends FROM gaps WHERE starts < ?2 AND ends > ?1"
                       " ORDER BY starts, source LIMIT ?3");
  ask.integer(1, period.from).integer(2, period.to).integer(3, static_cast<std::int64_t>(most));
  while (ask.step())
    out.push_back({std::string(ask.text_at(0)),
                   std::string(ask.text_at(1)),
                   {std::max(period.from, ask.integer_at(2)), std::min(period.to, ask.integer_at(3))}});
  return out;
}

}  // namespace earshot::figures
