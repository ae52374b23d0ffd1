#include "sample/post_copy.hpp"

namespace earshot::sample {
namespace {

template <class All>
std::uint32_t last(const All& all) {
  return static_cast<std::uint32_t>(all.size() - 1);
}

}  // namespace

void PostCopy::take(const ear_post& post) {
  post_ = post;
  for (ear_str ear_post::*text :
       {&ear_post::platform, &ear_post::id, &ear_post::kind, &ear_post::url, &ear_post::language, &ear_post::country,
        &ear_post::parent, &ear_post::repost_of, &ear_post::source})
    post_.*text = keep(view(post.*text));
  if (post.author != nullptr) {
    author() = *post.author;
    for (ear_str ear_author::*text : {&ear_author::id, &ear_author::handle, &ear_author::name, &ear_author::url,
                                      &ear_author::bio, &ear_author::place})
      author_.*text = keep(view(post.author->*text));
  }
  post_.attributes = nullptr, post_.attribute_count = 0, post_.raw = {};
  for (const Segment segment : Post(post).segments())
    add_segment(segment.raw()), segments_.back().number = last(segments_);
  for (const Media media : Post(post).media()) add_media(media.raw()), media_.back().number = last(media_);
}

void PostCopy::add_segment(const ear_segment& segment) {
  ear_segment& own = segments_.emplace_back(segment);
  own.text = keep(view(segment.text)), own.language = keep(view(segment.language));
  own.detector = keep(view(segment.detector));
  own.words = nullptr, own.word_count = 0;
}

void PostCopy::add_media(const ear_media& media) {
  ear_media& own = media_.emplace_back(media);
  own.url = keep(view(media.url)), own.path = keep(view(media.path));
  own.type = keep(view(media.type)), own.alt = keep(view(media.alt));
}

void PostCopy::add_finding(const ear_finding& finding, const std::vector<Attribute>& attributes) {
  ear_finding& own = findings_.emplace_back(finding);
  for (ear_str ear_finding::*text :
       {&ear_finding::kind, &ear_finding::subject, &ear_finding::value, &ear_finding::reason, &ear_finding::detector})
    own.*text = keep(view(finding.*text));
  std::vector<ear_value>& values = attributes_.emplace_back();
  for (const auto& [key, value] : attributes) {
    const ear_str name = keep(key);
    values.push_back(text_value(view(name), view(keep(value))));
  }
  own.attributes = values.data(), own.attribute_count = static_cast<std::uint32_t>(values.size());
}

Post PostCopy::post() {
  const auto count = [](const auto& all) { return static_cast<std::uint32_t>(all.size()); };
  post_.size = sizeof(ear_post);
  post_.author = has_author_ ? &author_ : nullptr;
  post_.segments = segments_.data(), post_.segment_count = count(segments_);
  post_.segment_stride = sizeof(ear_segment);
  post_.media = media_.data(), post_.media_count = count(media_), post_.media_stride = sizeof(ear_media);
  post_.findings = findings_.data(), post_.finding_count = count(findings_);
  post_.finding_stride = sizeof(ear_finding);
  return Post(post_);
}

PostCopy from_text(std::string_view text) {
  PostCopy copy;
  copy.add_segment(make_segment(EAR_BODY, text));
  return copy;
}

}  // namespace earshot::sample
