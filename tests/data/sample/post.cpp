#include "post.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <string_view>

namespace earshot::sample {
namespace {

std::string quoted(std::string_view text) {
  std::string all = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') all += '\\';
    if (c == '\n') {
      all += "\\n";
    } else {
      all += c;
    }
  }
  return all += '"';
}

std::string time_text(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

// The members of one object, those left out that say nothing.
class Members {
 public:
  Members& text(std::string_view name, std::string_view value) {
    return value.empty() ? *this : raw(name, quoted(value));
  }
  Members& number(std::string_view name, std::int64_t value, std::int64_t nothing) {
    return value == nothing ? *this : raw(name, std::to_string(value));
  }
  Members& raw(std::string_view name, std::string_view json) {
    all_ += all_.empty() ? "{" : ",";
    all_.append(quoted(name)).append(":").append(json);
    return *this;
  }
  std::string object() const { return all_ + "}"; }

 private:
  std::string all_;
};

template <class T, class Json>
std::string list(const std::vector<T>& items, Json json) {
  std::string all = "[";
  for (const T& item : items) all.append(all.size() > 1 ? "," : "").append(json(item));
  return all + "]";
}

std::string caption_json(const Caption& caption) {
  return Members()
      .text("origin", "caption")
      .text("text", caption.text)
      .number("media", 0, -1)
      .number("start", caption.start, -1)
      .number("end", caption.end, -1)
      .object();
}

std::string media_json(const Media& media) {
  return Members()
      .text("kind", media.kind)
      .text("url", media.url)
      .text("type", media.type)
      .number("width", media.width, 0)
      .number("height", media.height, 0)
      .number("duration", media.duration, 0)
      .text("alt", media.alt)
      .object();
}

}  // namespace

std::string to_json(const Post& post) {
  Members all;
  all.text("platform", post.platform).text("id", post.id).number("revision", post.revision, 0);
  all.text("change", post.change).text("published", time_text(post.published));
  all.text("collected", time_text(post.collected)).text("kind", post.kind).text("url", post.url);
  all.text("language", post.language).text("parent", post.parent).text("repost_of", post.repost_of);
  if (!post.author.id.empty())
    all.raw("author", Members()
                          .text("id", post.author.id)
                          .text("handle", post.author.handle)
                          .text("name", post.author.name)
                          .number("followers", post.author.followers, 0)
                          .object());
  all.text("title", post.title).text("text", post.text);
  if (!post.captions.empty()) all.raw("segments", list(post.captions, caption_json));
  if (!post.media.empty()) all.raw("media", list(post.media, media_json));
  all.number("likes", post.likes, -1).number("reposts", post.reposts, -1);
  all.number("replies", post.replies, -1).number("views", post.views, -1);
  if (post.stars > 0) all.raw("attributes", Members().number("stars", post.stars, 0).object());
  return all.object();
}

}  // namespace earshot::sample
