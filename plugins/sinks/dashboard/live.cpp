#include "live.hpp"

#include <algorithm>

#include "json.hpp"
#include "marks.hpp"

namespace earshot::dashboard {
namespace {

constexpr std::size_t kMostText = 600;  // bytes of a post

// The text that tells most of a post: its body, else the first that it has.
std::optional<Segment> shown(const Post& post) {
  std::optional<Segment> out;
  for (const Segment segment : post.segments())
    if (!out || (segment.origin() == EAR_BODY && out->origin() != EAR_BODY)) out = segment;
  return out;
}

std::vector<Mark> marks_of(const Post& post, std::uint32_t segment) {
  std::vector<Mark> out;
  for (const FoundBefore found : post.findings())
    if (found.kind() == "mention" && found.segment() == segment)
      out.push_back({found.begin(), found.end(), std::string(found.kind()), std::string(found.subject())});
  return out;
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
  const std::optional<Segment> told = shown(post);
  const std::string_view text = told ? cut(told->text(), kMostText) : std::string_view();
  json::object out{{"platform", view(raw.platform)},        {"id", view(raw.id)}, {"url", safe_link(view(raw.url))},
                   {"published", time_text(raw.published)}, {"text", text},       {"sentiment", sentiment},
                   {"subjects", std::move(subjects)}};
  if (told) out["pieces"] = pieces(text, marks_of(post, told->number()));
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
