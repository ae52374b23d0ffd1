#include "live.hpp"

#include <algorithm>

#include "json.hpp"

namespace earshot::dashboard {
namespace {

constexpr std::size_t kMostText = 600;  // bytes of a post

std::string_view cut(std::string_view text) {
  if (text.size() <= kMostText) return text;
  std::size_t size = kMostText;
  while (size > 0 && (text[size] & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

std::string as_line(const Post& post) {
  const ear_post& raw = post.raw();
  json::array subjects;
  std::string_view sentiment;
  for (const FoundBefore found : post.findings()) {
    if (found.kind() == "mention" && std::none_of(subjects.begin(), subjects.end(), [&](const json::value& one) {
          return one.as_string() == found.subject();
        }))
      subjects.push_back(json::string(found.subject()));
    if (found.kind() == "sentiment") sentiment = found.value();
  }
  std::string_view text;
  for (const Segment segment : post.segments())
    if (text.empty() || segment.origin() == EAR_BODY) text = segment.text();
  json::object out{{"platform", view(raw.platform)},        {"id", view(raw.id)}, {"url", safe_link(view(raw.url))},
                   {"published", time_text(raw.published)}, {"text", cut(text)},  {"sentiment", sentiment},
                   {"subjects", std::move(subjects)}};
  if (raw.author != nullptr)
    out["author"] = view(view(raw.author->handle).empty() ? raw.author->name : raw.author->handle);
  return json::serialize(out);
}

bool mentions(const Post& post, std::string_view subject) {
  for (const FoundBefore found : post.findings())
    if (found.kind() == "mention" && (subject.empty() || found.subject() == subject)) return true;
  return false;
}

}  // namespace

bool Live::Follower::wants(const Post& post) {
  return mentions(post, subject) && (!query || query->match(post, *evaluator));
}

std::function<void(std::shared_ptr<web::EventStream>)> Live::follow(std::string_view subject, std::string_view text,
                                                                    const std::filesystem::path& lists) {
  auto follower = std::make_shared<Follower>();
  follower->subject = subject;
  if (!text.empty()) {
    follower->query.emplace(text, query::ParseOptions{lists});
    follower->evaluator.emplace(follower->query->evaluator());
  }
  return [this, follower](std::shared_ptr<web::EventStream> stream) {
    follower->stream = std::move(stream);
    const std::lock_guard hold(lock_);
    followers_.push_back(follower);
  };
}

void Live::write(const Deliveries& deliveries) {
  const std::lock_guard hold(lock_);
  if (followers_.empty()) return;
  for (const Delivery delivery : deliveries) {
    if (delivery.is_post() && !delivery.post().is_gone()) write(delivery.post());
    if (delivery.is_alert()) write(delivery.alert(), delivery.revision());
  }
}

void Live::write(const Post& post) {
  std::string line;
  std::erase_if(followers_, [&](const auto& follower) {
    if (!follower->wants(post)) return false;
    if (line.empty()) line = as_line(post);
    return !follower->stream->push("post", line);
  });
}

void Live::write(const ear_alert& alert, std::uint64_t revision) {
  const std::string line = json::serialize(json::object{{"subject", view(alert.subject)},
                                                        {"kind", view(alert.kind)},
                                                        {"summary", view(alert.summary)},
                                                        {"severity", alert.severity},
                                                        {"revision", revision},
                                                        {"closed", alert.state == EAR_ALERT_CLOSED}});
  std::erase_if(followers_, [&](const auto& follower) { return !follower->stream->push("alert", line); });
}

}  // namespace earshot::dashboard
