#include "media/facts.hpp"

#include <algorithm>
#include <cstring>

namespace earshot::media {
namespace {

constexpr std::size_t kHead = 4096;  // bytes that sniff() wants

bool is_of(std::string_view type, std::string_view pattern) {
  if (pattern.ends_with("/*")) return type.starts_with(pattern.substr(0, pattern.size() - 1));
  return type == pattern;
}

// A fault that stays so, whoever asks.
bool stays(const Error& error) {
  return error.status == EAR_INVALID || error.status == EAR_UNSUPPORTED || error.status == EAR_AUTH;
}

}  // namespace

FactsKeeper::FactsKeeper(Limits limits, std::uint64_t most_bytes, std::vector<std::string> types, Video video)
    : limits_(std::move(limits)), most_bytes_(most_bytes), types_(std::move(types)), video_(video) {}

Facts FactsKeeper::of(const File& file, const std::string& path, const std::optional<Content>& named) {
  const Identity id = identity(file);
  std::optional<Content> content;
  {
    const std::lock_guard hold(mutex_);
    if (named) {
      if (facts_.find(*named) != nullptr) content = named;
    } else if (const Content* known = contents_.find(id)) {
      content = *known;
    }
    if (const Facts* known = content ? facts_.find(*content) : nullptr) {
      if (known->fault) throw Error(*known->fault);
      return *known;
    }
  }
  std::string head;
  Hashing hashing;
  each_piece(file, [&](std::string_view piece) {
    if (limits_.cancelled()) throw cancelled();
    if (head.size() < kHead) head += piece.substr(0, kHead - head.size());
    if (!content) hashing.add(piece);
  });
  Facts facts;
  try {
    facts = looked_at(file, path, head, static_cast<std::uint64_t>(id.size));
  } catch (const Error& error) {
    if (!stays(error)) throw;
    facts.fault = error;
  }
  facts.content = content ? *content : hashing.finish();
  const std::lock_guard hold(mutex_);
  if (!named) contents_.put(id, facts.content);
  facts_.put(facts.content, facts);
  if (facts.fault) throw Error(*facts.fault);
  return facts;
}

Facts FactsKeeper::looked_at(const File& file, const std::string& path, std::string_view head,
                             std::uint64_t size) const {
  const Sniffed sniffed = sniff(head);
  if (sniffed.format == Format::refused) throw invalid("this cannot be looked at: " + std::string(sniffed.refusal));
  Facts facts;
  facts.format = sniffed.format, facts.type = sniffed.type;
  judge_before_probing(facts);
  if (is_still(sniffed.format))
    still(facts, file, size);
  else
    other(facts, sniffed, path);
  judge_type(facts);
  return facts;
}

void FactsKeeper::still(Facts& facts, const File& file, std::uint64_t size) const {
  if (size > most_bytes_)
    throw unsupported("the picture has " + std::to_string(size) + " bytes, and at most " + std::to_string(most_bytes_) +
                      " are read (option `most_bytes` of the service media)");
  const Size measure = measured(facts.format, read_all(file, most_bytes_));
  judge_size(measure, size, limits_);
  facts.kind = EAR_MEDIA_IMAGE, facts.parts = EAR_HAS_PICTURES;
  facts.width = measure.width, facts.height = measure.height;
}

void FactsKeeper::other(Facts& facts, const Sniffed& sniffed, const std::string& path) const {
  if (!video_) {
    if (sniffed.format == Format::unknown)
      throw invalid("this cannot be looked at: its bytes are no picture, sound or video of a known kind");
    throw unsupported(
        "this is " + facts.type +
        ", which needs the plugin video (FFmpeg's libraries; `earshot plugins` tells what to install) and "
        "the option `videos: yes` of the service media");
  }
  const ear_video video = video_.probe(path);
  facts.format = Format::other, facts.kind = video.kind, facts.parts = video.parts;
  facts.type.assign(video.type, ::strnlen(video.type, sizeof video.type));
  facts.width = video.width, facts.height = video.height, facts.duration = video.duration;
}

// A container of video may hold sound alone, so of these only the probe knows; but where nothing but pictures is
// allowed, no container is opened.
void FactsKeeper::judge_before_probing(const Facts& facts) const {
  if (facts.type.empty()) return;
  const bool picture_or_text = facts.type.starts_with("image/") || facts.type.starts_with("text/");
  const bool others =
      std::any_of(types_.begin(), types_.end(), [](const std::string& t) { return !t.starts_with("image/"); });
  if (picture_or_text || !others) judge_type(facts);
}

void FactsKeeper::judge_type(const Facts& facts) const {
  if (types_.empty()) return;
  if (std::any_of(types_.begin(), types_.end(), [&](const std::string& t) { return is_of(facts.type, t); })) return;
  throw unsupported("this is " + (facts.type.empty() ? "of a kind without name" : facts.type) +
                    ", which is none of what the option `types` of the service media allows");
}

}  // namespace earshot::media
