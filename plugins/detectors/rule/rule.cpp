#include "rule/rule.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "model/hash.hpp"
#include "rule/template.hpp"

namespace earshot::rule {
namespace {

constexpr std::size_t kMostEpisodes = 200'000;
constexpr std::size_t kSampled = 24;  // posts of an episode
constexpr std::size_t kShown = 140;   // bytes of a post in a sentence

constexpr std::string_view kOne = "{subject}: {author} on {platform}: {text}";
constexpr std::string_view kMany = "{subject}: {posts} by {authors} within {within}, from {from} to {to} UTC{why}";
constexpr std::string_view kSummed = "{subject}: {sum} in {posts} within {within}, from {from} to {to} UTC{why}";
// Of what went on for longer.
constexpr std::string_view kManyGrown = "{subject}: {posts} by {authors}, from {from} to {to} UTC{why}";
constexpr std::string_view kSummedGrown = "{subject}: {sum} in {posts}, from {from} to {to} UTC{why}";

std::string counted(double n, std::string_view one, std::string_view many) {
  return number(n) + ' ' + std::string(std::round(n) == 1 ? one : many);
}

}  // namespace

void Rule::prepare() {
  const Query& where = options().where;
  try {
    query_ =
        std::make_shared<const query::Query>(where.text, query::ParseOptions{options().lists.value_or(where.folder)});
  } catch (const query::Fault& fault) {
    throw invalid(query::sentence(fault)).at_option("where", fault.offset);
  }
  evaluator_.emplace(query_->evaluator());
  check_template(options().summary);
  if (options().kind.empty()) throw invalid("an alert has a kind").at_option("kind");
  if (options().sum == Sum::none && options().at_least > 0)
    throw invalid("there is nothing to add up: say `sum`, as views").at_option("at_least");
  if (options().sum != Sum::none && options().at_least <= 0)
    throw invalid("say `at_least`, from which sum on it is an alert").at_option("sum");
  pool_.per_sample = kSampled;
  reader_ = std::make_unique<sketch::Reader>();
}

void Rule::start() {
  for (const auto& [key, episode] : episodes_) set_due(episode);
}

// A query about one subject is asked with what was found about that one alone.
bool Rule::holds_for(const Post& post, std::string_view subject) {
  findings_.clear();
  for (const FoundBefore f : post.findings()) {
    if (!f.subject().empty() && f.subject() != subject) continue;
    ear_finding& own = findings_.emplace_back(f.raw());
    own.size = sizeof own;
  }
  ear_post own = post.raw();
  own.size = sizeof own;
  own.findings = findings_.data(), own.finding_count = static_cast<std::uint32_t>(findings_.size());
  own.finding_stride = sizeof(ear_finding);
  return query_->match(Post(own, post.index()), *evaluator_);
}

void Rule::detect(const Post& post, Out& out) {
  if (!post.is_new() || post.is_late() || post.published() == no_time) return;
  if (post.raw().published > clock_) pass(post.raw().published, out);
  if (options().per != Per::subject) {
    if (!query_->match(post, *evaluator_)) return;
    switch (options().per) {
      case Per::author:
        return take(post, std::string(post.platform()).append("/").append(post.author_id()), out);
      case Per::platform:
        return take(post, post.platform(), out);
      case Per::source:
        return take(post, post.source(), out);
      default:
        return take(post, {}, out);
    }
  }
  about_.clear();
  for (const FoundBefore f : post.findings())
    if (!f.subject().empty() && std::find(about_.begin(), about_.end(), f.subject()) == about_.end())
      about_.push_back(f.subject());
  if (about_.size() < 2) {
    if (query_->match(post, *evaluator_)) take(post, about_.empty() ? std::string_view() : about_.front(), out);
    return;
  }
  for (const std::string_view subject : about_)
    if (holds_for(post, subject)) take(post, subject, out);
}

double Rule::amount(const Post& post) const {
  const ear_post& p = post.raw();
  std::int64_t n = 0;
  switch (options().sum) {
    case Sum::none:
      return 0;
    case Sum::likes:
      n = p.likes;
      break;
    case Sum::reposts:
      n = p.reposts;
      break;
    case Sum::replies:
      n = p.replies;
      break;
    case Sum::views:
      n = p.views;
      break;
    case Sum::followers:
      n = p.author == nullptr ? -1 : p.author->followers;
      break;
  }
  return static_cast<double>(std::max<std::int64_t>(n, 0));
}

// Who has no author counts by the post.
Match Rule::match_of(const Post& post) {
  Match match;
  match.time = post.raw().published, match.amount = amount(post);
  const std::string_view author = post.author_id().empty() ? post.id() : post.author_id();
  match.author = model::short_hash(author, model::hash(post.platform()));
  for (const FoundBefore f : post.findings())
    if (f.kind() == "duplicate") return match.text = model::short_hash(f.value()), match;
  reader_->clear();
  for (const Segment s : post.segments())
    if (s.origin() == EAR_TITLE || s.origin() == EAR_BODY) reader_->add(s.text());
  reader_->finish();
  const std::string name = std::string(post.platform()).append("/").append(post.id());
  match.text = reader_->letters() < 12 ? model::short_hash(name) : static_cast<std::uint32_t>(reader_->hash() >> 32);
  return match;
}

Episode* Rule::episode(std::string_view key) {
  if (const auto found = episodes_.find(key); found != episodes_.end()) return &found->second;
  if (episodes_.size() >= kMostEpisodes) {
    if (!told_full_) host().warn("there are more than 200,000 to be counted apart: the others are passed over");
    told_full_ = true;
    return nullptr;
  }
  Episode& episode = episodes_[std::string(key)];
  episode.key = key, episode.sample = explain::Sample(&pool_);
  return &episode;
}

void Rule::take(const Post& post, std::string_view key, Out& out) {
  if (is_every()) return tell_one(post, key, out);
  Episode* episode = this->episode(key);
  if (episode == nullptr) return;
  const Match match = match_of(post);
  episode->sample.add(post, options().per == Per::subject ? key : std::string_view());
  if (episode->open)
    grow(*episode, match, out);
  else
    consider(*episode, match, out);
  unsaved_.insert(episode->key);
  set_due(*episode);
  ask(out);
}

void Rule::ask(Out& out) {
  if (due_.empty() || due_.begin()->first + 1 == asked_) return;
  asked_ = due_.begin()->first + 1;
  out.wake_at(time(asked_));
}

void Rule::grow(Episode& e, const Match& match, Out& out) {
  e.count(match);
  if (e.posts >= e.told + std::max(1.0, e.told / 4)) tell(e, out);
}

bool Rule::is_enough(const Tally& tally) const {
  if (options().sum != Sum::none && tally.sum < options().at_least) return false;
  return tally.of(options().distinct) >= static_cast<double>(options().count);
}

// Of all stretches that the new post lies in, one is enough.
void Rule::consider(Episode& e, const Match& match, Out& out) {
  const std::int64_t within = options().within.count();
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(1000, 4 * options().count));
  e.add(match, std::max(e.last(), match.time) - within, most);
  if (e.closed_once && match.time + within < e.end + options().cooldown.count()) return;
  for (const Match& last : e.matches) {
    if (last.time < match.time || last.time > match.time + within) continue;
    if (e.closed_once && last.time < e.end + options().cooldown.count()) continue;
    if (!is_enough(e.between(last.time - within, last.time))) continue;
    const auto first =
        std::find_if(e.matches.begin(), e.matches.end(), [&](const Match& m) { return m.time >= last.time - within; });
    e.begin(first->time, e.last());
    return tell(e, out);
  }
}

void Rule::tell(Episode& e, Out& out) {
  e.told = e.posts;
  push(e, e.tally(), options().per == Per::subject ? std::string_view(e.key) : std::string_view(), out);
}

// Every post by itself: an alert that is over as soon as it is there.
void Rule::tell_one(const Post& post, std::string_view key, Out& out) {
  Episode one;
  one.key = key;
  one.sample.add(post, options().per == Per::subject ? key : std::string_view());
  // Several posts may be of one moment, and an alert is known by its start.
  one.start = one.end = post.raw().published + static_cast<std::int64_t>(post.raw().key.low % 1'000'000);
  push(one, {1, 1, 1, 0}, options().per == Per::subject ? key : std::string_view(), out);
}

void Rule::push(const Episode& e, const Tally& tally, std::string_view subject, Out& out) {
  const RuleOptions& o = options();
  const bool summed = o.sum != Sum::none;
  ear_alert alert = make_alert(o.kind, subject);
  alert.state = e.open ? EAR_ALERT_OPEN : EAR_ALERT_CLOSED;
  alert.start = e.start, alert.end = std::max(e.end, e.start);
  // Keys that are no subject are told apart by parts of a microsecond.
  if (o.per != Per::subject && o.per != Per::all && !is_every()) {
    alert.start += static_cast<std::int64_t>(model::short_hash(e.key) % 1000);
    alert.end = std::max(alert.end, alert.start);
  }
  alert.observed = summed ? tally.sum : tally.of(o.distinct);
  alert.upper = summed ? o.at_least : static_cast<double>(o.count - 1);
  alert.severity = static_cast<std::uint32_t>(o.severity);
  const explain::Explanation why(e.sample, explain::Background(), {tally.posts, 0}, values_,
                                 static_cast<std::size_t>(o.evidence));
  const std::vector<ear_evidence> evidence = why.evidence();
  Words words{
      {"rule", std::string(host().component())},
      {"subject", subject.empty() ? e.key.empty() ? "all" : one_line(e.key, kShown) : std::string(subject)},
      {"key", one_line(e.key, kShown)},
      {"posts", counted(tally.posts, "post", "posts")},
      {"authors", counted(tally.authors, "author", "authors")},
      {"texts", counted(tally.texts, "text", "texts")},
      {"sum", number(tally.sum) + ' ' + earshot::choices<Sum>[static_cast<std::size_t>(o.sum)]},
      {"within", duration(o.within.count())},
      {"from", moment(e.start)},
      {"to", moment(e.start).substr(0, 10) == moment(e.end).substr(0, 10) ? moment(e.end).substr(11) : moment(e.end)},
      {"why", why.mostly().empty() ? "" : ", " + why.mostly()}};
  if (!evidence.empty()) {
    const ear_evidence& first = evidence.front();
    words["text"] = one_line(view(first.text), kShown), words["author"] = one_line(view(first.author), 80);
    words["platform"] = view(first.platform), words["url"] = one_line(view(first.url), 400);
  }
  const bool grown = e.end - e.start > o.within.count();
  const std::string_view otherwise = summed                             ? grown ? kSummedGrown : kSummed
                                     : o.count == 1 && tally.posts == 1 ? kOne
                                     : grown                            ? kManyGrown
                                                                        : kMany;
  const std::string text = fill(o.summary.empty() ? otherwise : std::string_view(o.summary), words);
  alert.summary = str(text);
  std::vector<ear_value> attributes{text_value("rule", host().component()), text_value("where", o.where.text),
                                    integer_value("posts", std::llround(tally.posts)),
                                    integer_value("authors", std::llround(tally.authors)),
                                    integer_value("texts", std::llround(tally.texts))};
  if (summed) attributes.push_back(real_value("sum", tally.sum));
  if (o.per != Per::subject && !e.key.empty()) attributes.push_back(text_value("key", e.key));
  attributes.insert(attributes.end(), why.attributes().begin(), why.attributes().end());
  alert.attributes = attributes.data(), alert.attribute_count = static_cast<std::uint32_t>(attributes.size());
  alert.evidence = evidence.data(), alert.evidence_count = static_cast<std::uint32_t>(evidence.size());
  out.alert(alert);
}

// When the last post is so long ago that an alert is over; then, when the cool-down is.
std::int64_t Rule::due(const Episode& e) const {
  const std::int64_t within = options().within.count();
  if (e.open) return e.end + within;
  const std::int64_t forget = e.matches.empty() ? INT64_MIN : e.last() + within;
  return e.closed_once ? std::max(forget, e.end + options().cooldown.count()) : forget;
}

void Rule::set_due(const Episode& e) {
  const std::int64_t at = due(e);
  const auto [known, is_new] = due_of_.try_emplace(e.key, at);
  if (!is_new && known->second == at) return;
  if (!is_new) due_.erase({known->second, e.key});
  known->second = at;
  due_.insert({at, e.key});
}

void Rule::pass(std::int64_t to, Out& out) {
  clock_ = std::max(clock_, to);
  while (!due_.empty() && due_.begin()->first < to) settle(episodes_.find(due_.begin()->second)->second, out);
}

// Its time has come: the alert is over, or there is nothing left to remember.
void Rule::settle(Episode& e, Out& out) {
  unsaved_.insert(e.key);
  if (e.open) {
    e.open = false, e.closed_once = true;
    tell(e, out);
    e.sample.clear();
    return set_due(e);
  }
  due_.erase({due_of_.at(e.key), e.key});
  due_of_.erase(e.key);
  episodes_.erase(episodes_.find(e.key));
}

void Rule::advance(Time watermark, Out& out) {
  if (watermark == end_of_time) return;  // what is open goes on with the next run
  pass(ticks(watermark), out);
  asked_ = INT64_MIN;
  ask(out);
}

void Rule::erase(std::string_view platform, std::string_view author) {
  for (auto& [key, episode] : episodes_)
    if (episode.sample.erase(platform, author)) unsaved_.insert(key);
  if (options().per != Per::author) return;
  // What was counted for them alone goes with them.
  const auto own = episodes_.find(std::string(platform).append("/").append(author));
  if (own == episodes_.end()) return;
  if (const auto due = due_of_.find(own->first); due != due_of_.end()) {
    due_.erase({due->second, due->first});
    due_of_.erase(due);
  }
  unsaved_.insert(own->first);
  episodes_.erase(own);
}

void Rule::save(StateOut& out) {
  state::BytesOut clock;
  clock.integer(clock_), clock.integer(asked_);
  out.put("clock", clock.bytes());
  const auto put = [&](const std::string& key) {
    const auto episode = episodes_.find(key);
    if (episode != episodes_.end())
      out.put("episode/" + key, episode->second.save());
    else if (!out.whole())
      out.remove("episode/" + key);
  };
  if (out.whole())
    for (const auto& [key, episode] : episodes_) put(key);
  else
    for (const std::string& key : unsaved_) put(key);
  unsaved_.clear();
}

void Rule::load(std::uint32_t, std::string_view key, std::string_view value) {
  constexpr std::string_view kEpisode = "episode/";
  if (key == "clock") {
    state::BytesIn in(value);
    clock_ = in.integer(), asked_ = in.integer();
  } else if (key.starts_with(kEpisode)) {
    Episode& episode = episodes_[std::string(key.substr(kEpisode.size()))];
    episode.sample = explain::Sample(&pool_);
    episode.load(value);
  }
}

}  // namespace earshot::rule
