#include "stored_posts.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

#include "store/schema.hpp"

namespace earshot::replay {
namespace {

constexpr std::chrono::seconds kPatience{30};  // until a sink's transaction is over
constexpr std::size_t kMostWords = 10000;

// The number of a word of the store: words(i) for i.
template <class Word>
std::uint32_t number_of(Word&& word, std::string_view text, std::uint32_t count, std::uint32_t otherwise) {
  for (std::uint32_t i = 0; i < count; ++i)
    if (word(i) == text) return i;
  return otherwise;
}

std::int64_t integer(const store::Statement& row, int column, std::int64_t otherwise) {
  return row.is_null(column) ? otherwise : row.integer_at(column);
}
std::uint32_t index(const store::Statement& row, int column, std::uint32_t otherwise) {
  return static_cast<std::uint32_t>(integer(row, column, otherwise));
}

// Two comparisons rather than one of pairs: SQLite goes by the index of `published` for either.
constexpr const char* kPosts =
    "SELECT p.post, p.platform, p.id, p.revision, p.late, p.published, p.collected, p.kind, p.url, p.language,"
    " p.country, p.parent, p.repost_of, p.source, p.likes, p.reposts, p.replies, p.views, p.attributes,"
    " a.id, a.handle, a.name, a.url, a.bio, a.place, a.followers, a.following, a.posts, a.created"
    " FROM posts p LEFT JOIN authors a ON a.author = p.author"
    " WHERE p.published >= ?1 AND (p.published > ?1 OR p.post > ?2) AND p.published < ?3 AND p.state = 'live'"
    " ORDER BY p.published, p.post";

}  // namespace

StoredPosts::StoredPosts(const std::filesystem::path& path, Wanted wanted)
    : database_(store::open_for_reading(path, kPatience)),
      wanted_(std::move(wanted)),
      posts_(database_, kPosts),
      segments_(database_,
                "SELECT number, origin, text, language, detector, media, confidence, starts, ends FROM segments"
                " WHERE post = ?1 ORDER BY number"),
      media_(database_,
             "SELECT kind, url, path, type, alt, width, height, duration FROM media WHERE post = ?1 ORDER BY number"),
      findings_(database_,
                "SELECT kind, subject, value, score, detector, reason, segment, begin_byte, end_byte, media, starts,"
                " ends, attributes FROM findings WHERE post = ?1 ORDER BY number") {
  database_.execute("PRAGMA mmap_size = 1073741824");
  has_media_ = database_.integer("SELECT EXISTS(SELECT 1 FROM media)") != 0;
}

void StoredPosts::go_to(const Place& place) {
  place_ = place;
  const std::int64_t to = wanted_.to == EAR_TIME_NONE ? std::numeric_limits<std::int64_t>::max() : wanted_.to;
  posts_.reset();
  posts_.integer(1, place.published).integer(2, place.post).integer(3, to);
}

const ear_post* StoredPosts::next(post::Memory& memory) {
  if (!posts_.step()) return nullptr;
  values_.clear();
  read_post(memory);
  const std::int64_t number = posts_.integer_at(0);
  read_segments(number, memory);
  media_read_.clear();
  if (has_media_) read_media(number, memory);
  findings_read_.clear();
  if (wanted_.findings) read_findings(number, memory);
  post_.segments = segments_read_.data(), post_.segment_count = static_cast<std::uint32_t>(segments_read_.size());
  post_.media = media_read_.data(), post_.media_count = static_cast<std::uint32_t>(media_read_.size());
  post_.findings = findings_read_.data(), post_.finding_count = static_cast<std::uint32_t>(findings_read_.size());
  place_ = {post_.published, number};
  return &post_;
}

ear_str StoredPosts::word(std::string_view text) {
  if (text.empty()) return {};
  const auto known = words_.find(text);
  return str(known != words_.end() ? *known : *words_.emplace(text).first);
}

void StoredPosts::read_post(post::Memory& memory) {
  const store::Statement& row = posts_;
  const auto text = [&](int column) { return keep(row.text_at(column), memory); };
  if (words_.size() >= kMostWords) words_.clear();  // between posts, where nobody looks at one
  post_ = make_post();
  post_.platform = word(row.text_at(1)), post_.id = text(2);
  post_.revision = static_cast<std::uint64_t>(row.integer_at(3));
  if (integer(row, 4, 0) != 0) post_.flags |= EAR_POST_LATE;
  post_.published = row.integer_at(5), post_.collected = integer(row, 6, EAR_TIME_NONE);
  post_.kind = word(row.text_at(7)), post_.url = text(8), post_.language = word(row.text_at(9));
  post_.country = word(row.text_at(10)), post_.parent = text(11), post_.repost_of = text(12);
  post_.source = word(row.text_at(13));
  post_.likes = integer(row, 14, -1), post_.reposts = integer(row, 15, -1);
  post_.replies = integer(row, 16, -1), post_.views = integer(row, 17, -1);
  const Values::Array attributes = values_.read(row.text_at(18), memory);
  post_.attributes = attributes.first, post_.attribute_count = attributes.count;
  if (row.is_null(19)) return;
  author_ = make_author();
  author_.id = text(19), author_.handle = text(20), author_.name = text(21), author_.url = text(22);
  author_.bio = text(23), author_.place = text(24);
  author_.followers = integer(row, 25, -1), author_.following = integer(row, 26, -1);
  author_.posts = integer(row, 27, -1), author_.created = integer(row, 28, EAR_TIME_NONE);
  post_.author = &author_;
}

void StoredPosts::read_segments(std::int64_t post, post::Memory& memory) {
  segments_read_.clear(), numbers_.clear();
  segments_.reset();
  for (segments_.integer(1, post); segments_.step();) {
    const std::string_view detector = segments_.text_at(4);
    if (!detector.empty() && (!wanted_.findings || wanted_.without.contains(detector))) continue;
    const std::uint32_t origin = number_of(store::origin_word, segments_.text_at(1), EAR_CAPTION + 1, EAR_BODY);
    ear_segment segment = make_segment(origin, {});
    segment.text = keep(segments_.text_at(2), memory), segment.language = word(segments_.text_at(3));
    segment.detector = word(detector), segment.media = index(segments_, 5, EAR_NONE);
    if (!segments_.is_null(6)) segment.confidence = segments_.real_at(6);
    segment.start = integer(segments_, 7, 0), segment.end = integer(segments_, 8, 0);
    segment.number = static_cast<std::uint32_t>(segments_read_.size());
    numbers_.push_back(index(segments_, 0, 0));
    segments_read_.push_back(segment);
  }
}

void StoredPosts::read_media(std::int64_t post, post::Memory& memory) {
  media_.reset();
  for (media_.integer(1, post); media_.step();) {
    ear_media media =
        make_media(number_of(store::media_word, media_.text_at(0), EAR_MEDIA_VIDEO + 1, EAR_MEDIA_OTHER), {});
    media.url = keep(media_.text_at(1), memory), media.path = keep(media_.text_at(2), memory);
    media.type = word(media_.text_at(3)), media.alt = keep(media_.text_at(4), memory);
    media.width = integer(media_, 5, 0), media.height = integer(media_, 6, 0), media.duration = integer(media_, 7, 0);
    media_read_.push_back(media);
  }
}

void StoredPosts::read_findings(std::int64_t post, post::Memory& memory) {
  findings_.reset();
  for (findings_.integer(1, post); findings_.step();) {
    const std::string_view detector = findings_.text_at(4);
    if (wanted_.without.contains(detector)) continue;
    ear_finding finding = make_finding(0, {}, {}, findings_.real_at(3));
    finding.kind = word(findings_.text_at(0)), finding.subject = word(findings_.text_at(1));
    finding.value = keep(findings_.text_at(2), memory), finding.detector = word(detector);
    finding.reason = keep(findings_.text_at(5), memory);
    if (!findings_.is_null(6)) {  // segments that were left out have made way for others
      const auto at = std::find(numbers_.begin(), numbers_.end(), index(findings_, 6, EAR_NONE));
      if (at == numbers_.end()) continue;
      finding.segment = static_cast<std::uint32_t>(at - numbers_.begin());
    }
    finding.begin = index(findings_, 7, 0), finding.end = index(findings_, 8, 0);
    finding.media = index(findings_, 9, EAR_NONE);
    finding.start = integer(findings_, 10, 0), finding.stop = integer(findings_, 11, 0);
    const Values::Array attributes = values_.read(findings_.text_at(12), memory);
    finding.attributes = attributes.first, finding.attribute_count = attributes.count;
    findings_read_.push_back(finding);
  }
}

}  // namespace earshot::replay
