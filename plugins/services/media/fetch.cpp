#include "media/fetch.hpp"

#include <algorithm>
#include <thread>

#include "earshot/error.hpp"
#include "media/address.hpp"

namespace earshot::media {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kFirstWait{200}, kStep{50};
constexpr std::chrono::seconds kLongestWait{30};
constexpr const char* kAccept = "image/*, video/*, audio/*, */*;q=0.1";

bool is_redirect(std::uint32_t status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

std::optional<Disk::Held> Fetcher::cached(std::string_view url) {
  const auto known = disk_.fetched(url);
  if (!known || host_.now() - known->when > settings_.fresh) return std::nullopt;
  return disk_.find(Disk::kContents, hex(known->content));
}

void Fetcher::throw_known_failure(const Content& key) {
  const std::lock_guard hold(mutex_);
  const Failed* failed = failed_.find(key);
  if (failed != nullptr && host_.now() < failed->until) throw Error(failed->status, failed->message);
}

Disk::Held Fetcher::get(std::string_view url) {
  if (auto held = cached(url)) return host_.count("cache_hits"), std::move(*held);
  const Content key = content_of(url);
  const auto turn = turns_.wait(hex(key), [this] { return host_.cancelled(); });
  if (auto held = cached(url)) return host_.count("cache_hits"), std::move(*held);
  throw_known_failure(key);
  try {
    return fetched(url);
  } catch (const Error& error) {
    if (error.status == EAR_CANCELLED || error.status == EAR_INTERNAL) throw;
    const std::lock_guard hold(mutex_);
    failed_.put(key, {error.status, error.what(), host_.now() + settings_.remember_failed});
    throw;
  }
}

Disk::Held Fetcher::fetched(std::string_view url) {
  if (http_ == nullptr) throw unsupported("media of the web need the service http, which no plugin offers");
  for (std::uint32_t n = 1;; ++n) {
    std::string why;
    std::int64_t retry_after = -1;
    try {
      Answer answer = attempt(std::string(url));
      if (answer.kept) {
        disk_.put_fetched(url, {answer.content, host_.now()});
        host_.count("fetched"), host_.count("fetched_bytes", static_cast<double>(answer.kept->size));
        return std::move(*answer.kept);
      }
      why = "the server answers " + std::to_string(answer.status) + " for the medium";
      retry_after = answer.retry_after;
      if (answer.status == 401 || answer.status == 403) throw not_allowed(why + ": it does not let this one have it");
      if (answer.status != 429 && answer.status < 500)
        throw io_failure(why + (answer.status == 404 || answer.status == 410 ? ": it is not there" : ""));
    } catch (const Error& error) {
      if (error.status != EAR_IO || why.size() > 0) throw;
      why = error.what();
    }
    host_.count("attempts_failed");
    if (n >= settings_.attempts || !wait(n, retry_after))
      throw io_failure(why + " (after " + std::to_string(n) + (n == 1 ? " attempt)" : " attempts)"));
  }
}

// False: the server wants a longer wait than one is worth.
bool Fetcher::wait(std::uint32_t attempt, std::int64_t retry_after) const {
  const std::chrono::nanoseconds asked{std::max<std::int64_t>(retry_after, 0)};
  if (asked > kLongestWait) return false;
  const std::chrono::nanoseconds own =
      std::min<std::chrono::nanoseconds>(kFirstWait * (1u << std::min(2 * (attempt - 1), 12u)), kLongestWait);
  const auto until = steady_clock::now() + std::max(asked, own);
  while (steady_clock::now() < until) {
    if (host_.cancelled()) throw cancelled();
    std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(kStep, until - steady_clock::now()));
  }
  return true;
}

Fetcher::Answer Fetcher::attempt(const std::string& first) {
  std::string url = first;
  const auto until = steady_clock::now() + settings_.timeout;
  for (std::uint32_t hops = 0;; ++hops) {
    const std::chrono::nanoseconds left = until - steady_clock::now();
    if (left <= std::chrono::nanoseconds{0}) throw io_failure("the medium does not come in time");
    Answer answer = ask(url, left);
    if (!is_redirect(answer.status) || answer.location.empty()) return answer;
    if (hops >= settings_.redirects)
      throw invalid("the URL of the medium is redirected more than " + std::to_string(settings_.redirects) +
                    " times (option `redirects` of the service media)");
    url = resolved(url, answer.location);
  }
}

// One request. The bytes of its answer go from the connection's buffer into the cache, without a copy between.
Fetcher::Answer Fetcher::ask(const std::string& url, std::chrono::nanoseconds time) {
  const auto address = read_address(url);
  if (!address)
    throw invalid("the URL of the medium is none of http or https, or another program might read another host in it");
  ear_http_request request{};
  const ear_http_header accept{str("Accept"), str(kAccept)};
  request.size = sizeof request;
  request.method = str("GET"), request.url = str(url);
  request.headers = &accept, request.header_count = 1;
  request.timeout = time.count(), request.most_bytes = settings_.most_bytes;
  if (std::any_of(settings_.allow_hosts.begin(), settings_.allow_hosts.end(),
                  [&](const std::string& a) { return names(a, *address); }))
    request.flags = EAR_HTTP_TRUSTED;
  request.cancelled = [](void* user) { return std::int32_t{static_cast<Fetcher*>(user)->host_.cancelled()}; };
  request.user = this;
  struct Taking {
    Fetcher& self;
    Answer answer;
    std::exception_ptr thrown;
  } taking{*this, {}, nullptr};
  const auto take = [](void* user, const ear_http_response* response) {
    auto& t = *static_cast<Taking*>(user);
    try {
      t.answer.status = response->status, t.answer.retry_after = response->retry_after;
      for (std::uint32_t i = 0; i < response->header_count; ++i)
        if (lowered(view(response->headers[i].name)) == "location")
          t.answer.location = view(response->headers[i].value);
      if (response->status != 200) return;
      t.answer.content = content_of(view(response->body));
      t.answer.kept = t.self.disk_.keep(t.answer.content, view(response->body));
    } catch (...) {
      t.thrown = std::current_exception();
    }
  };
  ear_error error{};
  error.size = sizeof error, error.post = EAR_NONE;
  const ear_status status = http_->request(http_->ctx, &request, take, &taking, &error);
  if (taking.thrown) std::rethrow_exception(taking.thrown);
  if (status != EAR_OK) throw Error(status, "the medium cannot be got: " + std::string(error.message));
  return std::move(taking.answer);
}

}  // namespace earshot::media
