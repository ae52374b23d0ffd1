#include "find/stored_post.hpp"

#include <map>
#include <string>

#include "store/schema.hpp"

namespace earshot::find {
namespace {

// The number of a word of the store: words[i] for i.
template <class Word>
std::uint32_t number_of(Word&& word, std::string_view text, std::uint32_t count, std::uint32_t otherwise) {
  for (std::uint32_t i = 0; i < count; ++i)
    if (word(i) == text) return i;
  return otherwise;
}

std::int64_t integer(const Row& row, std::string_view column, std::int64_t otherwise) {
  return row.has(column) ? row.integer(column) : otherwise;
}
std::uint32_t index(const Row& row, std::string_view column, std::uint32_t otherwise) {
  return row.has(column) ? static_cast<std::uint32_t>(row.integer(column)) : otherwise;
}

void fill(sample::PostCopy& to, const Row& row) {
  ear_post& post = to.fields();
  const auto text = [&](std::string_view column) { return to.keep(row.text(column)); };
  post.platform = text("platform"), post.id = text("id"), post.kind = text("kind"), post.url = text("url");
  post.language = text("language"), post.country = text("country"), post.parent = text("parent");
  post.repost_of = text("repost_of"), post.source = text("source");
  post.published = integer(row, "published", EAR_TIME_NONE);
  post.collected = integer(row, "collected", EAR_TIME_NONE);
  post.likes = integer(row, "likes", -1), post.reposts = integer(row, "reposts", -1);
  post.replies = integer(row, "replies", -1), post.views = integer(row, "views", -1);
  if (!row.has("author_id") && !row.has("author")) return;
  ear_author& author = to.author();
  author.id = text("author_id"), author.handle = text("author"), author.name = text("author_name");
  author.followers = integer(row, "followers", -1), author.following = integer(row, "following", -1);
  author.posts = integer(row, "author_posts", -1);
}

void add_segment(sample::PostCopy& to, const Row& row) {
  const std::uint32_t origin = number_of(store::origin_word, row.text("origin"), EAR_CAPTION + 1, EAR_BODY);
  ear_segment segment = make_segment(origin, row.text("text"));
  segment.number = index(row, "number", 0), segment.media = index(row, "media", EAR_NONE);
  if (row.has("confidence")) segment.confidence = row.real("confidence");
  segment.start = row.integer("starts"), segment.end = row.integer("ends");
  to.add_segment(segment);
}

void add_finding(sample::PostCopy& to, const Row& row) {
  ear_finding finding = make_finding(0, row.text("kind"), row.text("subject"), row.real("score"));
  finding.value = str(row.text("value")), finding.detector = str(row.text("detector"));
  finding.segment = index(row, "segment", EAR_NONE), finding.media = index(row, "media", EAR_NONE);
  finding.begin = index(row, "begin_byte", 0), finding.end = index(row, "end_byte", 0);
  finding.start = row.integer("starts"), finding.stop = row.integer("ends");
  sample::add_finding(to, finding, row.text("attributes"));
}

void add_media(sample::PostCopy& to, const Row& row) {
  ear_media media =
      make_media(number_of(store::media_word, row.text("kind"), EAR_MEDIA_VIDEO + 1, EAR_MEDIA_OTHER), row.text("url"));
  media.number = index(row, "number", 0);
  to.add_media(media);
}

constexpr std::uint64_t kAllRows = UINT32_MAX;

}  // namespace

std::vector<StoredPost> load(Store& store, std::span<const std::int64_t> posts) {
  std::string in = " IN (";
  for (const std::int64_t post : posts) in.append(in.back() == '(' ? "" : ",").append(std::to_string(post));
  in += ')';
  std::map<std::int64_t, StoredPost> found;
  for (Row& row : store.query("SELECT p.post, p.platform, p.id, p.published, p.collected, p.kind, p.url, p.language,"
                              " p.country, p.parent, p.repost_of, p.source, p.likes, p.reposts, p.replies, p.views,"
                              " a.id AS author_id, a.handle AS author, a.name AS author_name, a.followers, a.following,"
                              " a.posts AS author_posts FROM posts p LEFT JOIN authors a ON a.author = p.author"
                              " WHERE p.state = 'live' AND p.post" +
                                  in,
                              {}, kAllRows)) {
    StoredPost post{std::move(row), {}};
    fill(post.copy, post.row);
    const std::int64_t number = post.row.integer("post");
    found.emplace(number, std::move(post));
  }
  const auto each = [&](const std::string& select, void (*add)(sample::PostCopy&, const Row&)) {
    for (const Row& row : store.query(select + in + " ORDER BY post, number", {}, kAllRows))
      if (const auto at = found.find(row.integer("post")); at != found.end()) add(at->second.copy, row);
  };
  each("SELECT post, number, origin, text, media, confidence, starts, ends FROM segments WHERE post", add_segment);
  each(
      "SELECT post, number, kind, subject, value, score, detector, segment, begin_byte, end_byte, media, starts, ends,"
      " attributes FROM findings WHERE post",
      add_finding);
  each("SELECT post, number, kind, url FROM media WHERE post", add_media);
  std::vector<StoredPost> all;
  for (const std::int64_t post : posts)
    if (const auto at = found.find(post); at != found.end()) all.push_back(std::move(at->second));
  return all;
}

}  // namespace earshot::find
