#include "delivery/deliverer.hpp"

#include <sodium.h>

#include <algorithm>

#include "earshot/error.hpp"

namespace earshot::delivery {

using alert_book::Message;
using alert_book::Route;

namespace {

constexpr std::int64_t kHour = 3'600'000'000'000;
constexpr std::chrono::milliseconds kLook{200};  // how often the clock and the book are looked at

std::string new_key() {
  unsigned char bytes[16];
  randombytes_buf(bytes, sizeof bytes);
  char hex[33];
  sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
  return hex;
}

std::string short_text(const std::string& text) {
  return alert_book::mended(text, 500);
}

}  // namespace

Delivering::Delivering(const Host& host, Setting setting, Channel& channel, std::uint64_t seed)
    : host_(host),
      setting_(std::move(setting)),
      channel_(channel),
      outbox_(host.state_dir(), host.component()),
      random_(seed) {
  setting_.policy.each_step = channel_.each_step();
  outbox_.begin(setting_.plugin, ticks(host_.now()));
  links_ = {setting_.link, outbox_.book().link_key(), std::string(host_.component()),
            std::chrono::duration_cast<std::chrono::seconds>(setting_.link_valid).count()};
  while (links_.base.ends_with("/")) links_.base.pop_back();
}

bool Delivering::changed() {
  const std::int64_t now = outbox_.book().changes();
  return std::exchange(changes_, now) != now;
}

ear_time Delivering::step(bool stopping, const Stopped& stopped) {
  const ear_time now = ticks(host_.now());
  plan(now, stopping);
  attempt(stopped);
  if (setting_.pace.keep.count() > 0 && now >= forget_at_) {
    outbox_.forget(now - setting_.pace.keep.count());
    forget_at_ = now + kHour;
  }
  host_.gauge("messages_waiting", static_cast<double>(outbox_.waiting()));
  return std::min(outbox_.next_look(), std::max(outbox_.next_due(), paused_until_));
}

void Delivering::plan(ear_time now, bool stopping) {
  // A stop also looks at those that wait for others.
  const ear_time until = stopping ? std::max(now, group_until_) : now;
  if (outbox_.next_look() > until) return;  // no lock for nothing
  outbox_.plan([&] {
    // Read under the lock: what is said, done or erased between the look and the decision would stay unseen.
    const std::vector<Route> routes = outbox_.to_look_at(until);
    const std::vector<alert_book::Mute> mutes = outbox_.mutes(now);
    std::vector<Wish> urgent, wishes;
    for (const Route& route : routes) {
      Decision d = decide(setting_.policy, route, mutes, now);
      if (d.what == Decision::What::settle) outbox_.settle(route.alert.id, d.until);
      if (d.what == Decision::What::hold) outbox_.hold(route.alert.id, d.why, d.until == EAR_TIME_END ? 0 : d.until);
      if (d.what == Decision::What::tell) (d.urgent ? urgent : wishes).push_back({route, std::move(d)});
    }
    make_messages(urgent, now);
    if (!holds_for_group(wishes, now, stopping)) make_messages(wishes, now);
  });
}

// Whether more may come that goes out together with these.
bool Delivering::holds_for_group(std::vector<Wish>& wishes, ear_time now, bool stopping) {
  const std::int64_t wait = setting_.policy.group_within.count();
  if (wishes.empty() || wait == 0 || stopping || channel_.most_alerts() < 2) return false;
  ear_time oldest = now;
  for (const Wish& wish : wishes) oldest = std::min(oldest, wish.decision.since);
  const ear_time due = group_until_ > now ? std::min(group_until_, oldest + wait) : oldest + wait;
  if (now >= due) return false;
  group_until_ = due;
  for (const Wish& wish : wishes) outbox_.hold(wish.route.alert.id, "waits for others to go with", due);
  return true;
}

// One message for each, or for all of a purpose where they are grouped or there is no room for more.
void Delivering::make_messages(const std::vector<Wish>& wishes, ear_time now) {
  const Policy& p = setting_.policy;
  for (std::size_t purpose = 0; purpose <= static_cast<std::size_t>(Purpose::escalation); ++purpose) {
    std::vector<const Wish*> some;
    for (const Wish& wish : wishes)
      if (static_cast<std::size_t>(wish.decision.purpose) == purpose) some.push_back(&wish);
    if (some.empty()) continue;
    const bool urgent = some[0]->decision.urgent;
    std::int64_t room = INT64_MAX;
    if (p.most_per_hour > 0 && !urgent)
      room = std::max<std::int64_t>(0, p.most_per_hour - outbox_.made_since(now - kHour));
    const bool together = (p.group_within.count() > 0 && !urgent) || static_cast<Purpose>(purpose) == Purpose::digest ||
                          static_cast<std::int64_t>(some.size()) > room;
    const std::size_t most = together ? std::max<std::size_t>(1, channel_.most_alerts()) : 1;
    for (std::size_t at = 0; at < some.size(); at += most) {
      const std::vector<const Wish*> part(some.begin() + static_cast<std::ptrdiff_t>(at),
                                          some.begin() + static_cast<std::ptrdiff_t>(std::min(at + most, some.size())));
      if (room-- > 0) {
        make_message(part, now);
        continue;
      }
      const ear_time free = outbox_.oldest_since(now - kHour) + kHour;
      for (const Wish* wish : part)
        outbox_.hold(wish->route.alert.id, "no more than " + std::to_string(p.most_per_hour) + " messages an hour",
                     free);
    }
  }
}

void Delivering::make_message(const std::vector<const Wish*>& wishes, ear_time now) {
  const Decision& first = wishes[0]->decision;
  const Heading heading{
      new_key(), std::string(host_.pipeline()), std::string(host_.component()), first.purpose, first.urgent, now};
  std::vector<Route> told;
  for (const Wish* wish : wishes) {
    Route& route = told.emplace_back(wish->route);
    // A receiver that follows each step hears of the alert first, and then that it is over.
    route.told_life = channel_.each_step() && route.told == 0 ? alert_book::Life::open : route.alert.life;
  }
  std::vector<const Route*> routes;
  for (const Route& route : told) routes.push_back(&route);
  outbox_.add({0, std::string(word(first.purpose)), heading.key, content_of(heading, routes, links_), 0, now}, routes,
              now);
}

// Each is read when its turn comes: what was erased while others went out does not.
void Delivering::attempt(const Stopped& stopped) {
  while (!stopped()) {
    const ear_time now = ticks(host_.now());
    if (now < paused_until_) return;
    const std::vector<Message> due = outbox_.due(now, 1);
    if (due.empty()) return;
    attempt(due[0], stopped);
  }
}

void Delivering::attempt(const Message& message, const Stopped& stopped) {
  Outcome outcome;
  try {
    outcome = channel_.send(read_envelope(message.content), stopped);
  } catch (const Error& error) {
    if (error.status == EAR_CANCELLED) return;
    const auto kind = error.status == EAR_INVALID ? Outcome::Kind::refused
                      : error.status == EAR_AUTH  ? Outcome::Kind::trouble
                                                  : Outcome::Kind::later;
    outcome = {kind, error.what(), error.retry_after};
  }
  if (outcome.kind == Outcome::Kind::later && stopped()) return;  // cut off by the stop: as if it had not been made
  const ear_time now = ticks(host_.now());
  outcome.answer = short_text(outcome.answer);
  switch (outcome.kind) {
    case Outcome::Kind::sent:
      outbox_.sent(message.number, now, outcome.answer);
      failures_ = 0;
      tell_trouble(outcome);
      return host_.count("messages_sent");  // when all of it is done and told
    case Outcome::Kind::refused:
      outbox_.refused(message.number, now, outcome.answer);
      host_.fail("a message was refused and is not sent again: " + outcome.answer +
                 "; `earshot alerts resend` sends it once more");
      return host_.count("messages_refused");
    case Outcome::Kind::later:
    case Outcome::Kind::trouble:
      return later(message, outcome, now);
  }
}

void Delivering::later(const Message& message, const Outcome& outcome, ear_time now) {
  const Pace& pace = setting_.pace;
  const auto wait = [&](std::int64_t failures) {
    const double chance = std::uniform_real_distribution<double>(0, 1)(random_);
    return backoff(pace.retry_first, pace.retry_slowest, failures, chance);
  };
  ++failures_;
  outbox_.failed(message.number, now, now + std::max(wait(message.attempts + 1), outcome.retry_after).count(),
                 outcome.answer);
  // A receiver that asks for time, or fails again and again, is left alone by all messages.
  if (outcome.retry_after.count() > 0) paused_until_ = now + outcome.retry_after.count();
  if (failures_ > 3) paused_until_ = std::max(paused_until_, now + wait(failures_ - 3).count());
  tell_trouble(outcome);
  host_.count("attempts_failed");
}

void Delivering::tell_trouble(const Outcome& outcome) {
  const bool bad = outcome.kind == Outcome::Kind::trouble || (outcome.kind == Outcome::Kind::later && failures_ > 3);
  if (outcome.kind == Outcome::Kind::later && !bad) return;
  const std::string now = bad ? outcome.answer : "";
  if (now.empty() == trouble_.empty()) return;
  trouble_ = now;
  outbox_.trouble(trouble_);
  if (trouble_.empty()) return host_.info("messages go out again");
  const std::string text = "messages do not go out, and wait: " + trouble_;
  outcome.kind == Outcome::Kind::trouble ? host_.fail(text) : host_.warn(text);
}

Deliverer::Deliverer(const Host& host, Setting setting, std::unique_ptr<Channel> channel)
    : host_(host), setting_(std::move(setting)), channel_(std::move(channel)) {}

Deliverer::~Deliverer() {
  stop();
}

void Deliverer::start() {
  in_.emplace(host_.state_dir(), host_.component());
  stopping_ = news_ = false;
  thread_ = std::thread([this] { run(); });
}

void Deliverer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    deadline_ = std::chrono::steady_clock::now() + setting_.pace.linger;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  in_.reset();
}

void Deliverer::put(const std::vector<alert_book::Alert>& alerts) {
  if (alerts.empty()) return;
  in_->put(alerts, ticks(host_.now()));
  {
    const std::lock_guard lock(mutex_);
    news_ = true;
  }
  changed_.notify_all();
}

std::int64_t Deliverer::erase(std::string_view platform, std::string_view author) {
  return in_->book().erase(platform, author, {host_.component(), ticks(host_.now())});
}

std::int64_t Deliverer::withdraw(std::span<const alert_book::PostName> posts) {
  return posts.empty() ? 0 : in_->book().withdraw(posts, {host_.component(), ticks(host_.now())});
}

void Deliverer::run() {
  for (;;) {
    try {
      return work();
    } catch (const std::exception& fault) {
      host_.fail(std::string("delivering is interrupted and goes on soon: ") + fault.what());
    }
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, std::chrono::seconds{2}, [&] { return stopping_; })) return;
  }
}

void Deliverer::work() {
  Delivering delivering(host_, setting_, *channel_, std::random_device{}());
  const Stopped stopped = [this] {
    const std::lock_guard lock(mutex_);
    return stopping_ && std::chrono::steady_clock::now() >= deadline_;
  };
  for (bool stopping = false;;) {
    const ear_time next = delivering.step(stopping, stopped);
    if (wait(next, delivering)) continue;
    if (stopping && (delivering.waiting() == 0 || !has_time_for(next))) return;
    stopping = true;  // once more at least: what waited for others goes out now
  }
}

// Whether there is something to do again before the stop has to be over.
bool Deliverer::has_time_for(ear_time next) {
  const std::lock_guard lock(mutex_);
  const auto left = std::chrono::duration_cast<Duration>(deadline_ - std::chrono::steady_clock::now());
  return left.count() > 0 && next != EAR_TIME_END && next - ticks(host_.now()) < left.count();
}

// Until there is something to do. The host's clock may be turned, so it is looked at from time to time.
bool Deliverer::wait(ear_time until, Delivering& delivering) {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      const auto step = stopping_ ? std::chrono::milliseconds{5} : kLook;
      if (!stopping_ && ticks(host_.now()) < until) changed_.wait_for(lock, step, [&] { return news_ || stopping_; });
      if (stopping_) {
        lock.unlock();
        return std::this_thread::sleep_for(step), false;
      }
      if (std::exchange(news_, false)) return true;
    }
    if (ticks(host_.now()) >= until || delivering.changed()) return true;
  }
}

}  // namespace earshot::delivery
