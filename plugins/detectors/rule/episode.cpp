#include "rule/episode.hpp"

#include <algorithm>

namespace earshot::rule {
namespace {

double count_distinct(std::vector<std::uint32_t>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  return static_cast<double>(std::unique(numbers.begin(), numbers.end()) - numbers.begin());
}

}  // namespace

void Episode::add(const Match& match, std::int64_t oldest, std::size_t most) {
  const auto before = [](std::int64_t time, const Match& m) { return time < m.time; };
  matches.insert(std::upper_bound(matches.begin(), matches.end(), match.time, before), match);
  const auto first = std::find_if(matches.begin(), matches.end(), [&](const Match& m) { return m.time >= oldest; });
  matches.erase(matches.begin(), first);
  if (matches.size() > most) matches.erase(matches.begin());
}

void Episode::begin(std::int64_t from, std::int64_t to) {
  open = true, start = from, end = to;
  posts = sum = told = 0;
  authors = texts = {};
  for (const Match& match : matches)
    if (match.time >= from && match.time <= to) count(match);
  matches.clear();
}

void Episode::count(const Match& match) {
  posts += 1, sum += match.amount;
  authors.add(match.author), texts.add(match.text);
  end = std::max(end, match.time);
}

Tally Episode::between(std::int64_t from, std::int64_t to) const {
  Tally tally;
  std::vector<std::uint32_t> by, said;
  for (const Match& m : matches) {
    if (m.time < from || m.time > to) continue;
    tally.posts += 1, tally.sum += m.amount;
    by.push_back(m.author), said.push_back(m.text);
  }
  tally.authors = count_distinct(by), tally.texts = count_distinct(said);
  return tally;
}

std::string Episode::save() const {
  state::BytesOut out;
  out.text(key);
  out.number(matches.size());
  for (const Match& m : matches) out.integer(m.time), out.number(m.author), out.number(m.text), out.real(m.amount);
  sample.save(out);
  out.number((open ? 1u : 0u) | (closed_once ? 2u : 0u));
  out.integer(start), out.integer(end), out.real(posts), out.real(sum), out.real(told);
  authors.save(out), texts.save(out);
  return out.bytes();
}

void Episode::load(std::string_view bytes) {
  state::BytesIn in(bytes);
  key = in.text();
  matches.resize(in.count());
  for (Match& m : matches) {
    m.time = in.integer(), m.author = static_cast<std::uint32_t>(in.number());
    m.text = static_cast<std::uint32_t>(in.number()), m.amount = in.real();
  }
  sample.load(in);
  const std::uint64_t flags = in.number();
  open = (flags & 1) != 0, closed_once = (flags & 2) != 0;
  start = in.integer(), end = in.integer(), posts = in.real(), sum = in.real(), told = in.real();
  authors.load(in), texts.load(in);
}

}  // namespace earshot::rule
