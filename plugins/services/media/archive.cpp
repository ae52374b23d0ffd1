#include "media/archive.hpp"

#include <algorithm>

#include "media/data_url.hpp"

namespace earshot::media {
namespace {

constexpr std::string_view kKept = "earshot-media:", kData = "data:";
constexpr std::uint64_t kMiB = 1 << 20;

bool starts_without_case(std::string_view text, std::string_view with) {
  return text.size() >= with.size() && std::equal(with.begin(), with.end(), text.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b | 0x20) : b);
         });
}

}  // namespace

struct Archive::Opened {
  ear_medium raw{};
  Facts facts;
  std::string path;
  File file;                     // of the cache: locked, so that it stays
  std::optional<Content> named;  // of the cache, by its name there
  Identity identity;             // else: of the user's own file, which may change
};

Archive::Archive(Settings settings, Host host, const ear_http_1* http, const ear_video_1* video)
    : settings_(std::move(settings)),
      host_(host),
      video_(video),
      folders_(settings_.folders),
      disk_(settings_.cache, settings_.cache_size),
      fetcher_(http, host, settings_.fetch, disk_),
      facts_(settings_.limits, settings_.fetch.most_bytes, settings_.types, video_),
      copies_(settings_.compared),
      decoded_(settings_.memory),
      frames_(video_, settings_.wish, disk_, copies_) {}
Archive::~Archive() = default;

const ear_medium* Archive::open(const ear_media& media) {
  try {
    std::unique_ptr<Opened> medium = found(media);
    medium->identity = identity(medium->file);
    medium->facts = facts_.of(medium->file, medium->path, medium->named);
    if (medium->named && *medium->named != medium->facts.content) {
      disk_.forget(Disk::kContents, hex(*medium->named));
      throw io_failure("what the cache held of the medium is damaged, and was removed");
    }
    const Facts& facts = medium->facts;
    ear_medium& raw = medium->raw;
    raw.size = sizeof raw, raw.kind = facts.kind, raw.parts = facts.parts;
    raw.type = str(facts.type), raw.path = str(medium->path);
    std::copy(facts.content.begin(), facts.content.end(), raw.content);
    raw.width = facts.width, raw.height = facts.height, raw.duration = facts.duration;
    host_.count("opened");
    const std::lock_guard hold(mutex_);
    const ear_medium* key = &raw;
    opened_.emplace(key, std::move(medium));
    return key;
  } catch (const Error& error) {
    count_refusal(error);
    throw;
  }
}

std::unique_ptr<Archive::Opened> Archive::found(const ear_media& media) {
  auto medium = std::make_unique<Opened>();
  if (const std::string_view path = view(media.path); !path.empty()) {
    Folders::Opened file = folders_.open(path);
    medium->file = std::move(file.file), medium->path = file.path.string();
    return medium;
  }
  Disk::Held held = named(view(media.url));
  medium->file = std::move(held.file), medium->path = held.path.string();
  medium->named = content_named(held.path.filename().string());
  return medium;
}

Disk::Held Archive::named(std::string_view url) {
  if (url.empty()) throw invalid("the medium has neither a path nor a URL");
  if (starts_without_case(url, kData)) {
    const std::string bytes = data_of(url, settings_.fetch.most_bytes);
    return disk_.keep(content_of(bytes), bytes);
  }
  if (!url.starts_with(kKept)) return fetcher_.get(url);
  const auto content = content_named(url.substr(kKept.size()));
  if (!content) throw invalid("the URL of the medium names no content of the cache");
  auto held = disk_.find(Disk::kContents, hex(*content));
  if (!held)
    throw io_failure(
        "the medium is no longer in the cache, which keeps what was used last (option `cache_size` of the service "
        "media)");
  return std::move(*held);
}

void Archive::count_refusal(const Error& error) const {
  host_.count(error.status == EAR_AUTH          ? "refused_not_allowed"
              : error.status == EAR_UNSUPPORTED ? "refused_not_supported"
              : error.status == EAR_IO          ? "refused_not_reachable"
              : error.status == EAR_INVALID     ? "refused_broken"
                                                : "refused_otherwise");
}

void Archive::release(const ear_medium* medium) {
  const std::lock_guard hold(mutex_);
  opened_.erase(medium);
}

const Archive::Opened& Archive::opened(const ear_medium* medium) const {
  const std::lock_guard hold(mutex_);
  const auto found = opened_.find(medium);
  if (found == opened_.end()) throw Error(EAR_INTERNAL, "the medium is not open");
  return *found->second;
}

// A picture of a rare kind is one that the video service shows.
Still Archive::still_of(const Opened& medium) {
  if (is_still(medium.facts.format))
    return decoded(medium.facts.format, read_all(medium.file, settings_.fetch.most_bytes), settings_.limits);
  Still still;
  video_.pictures(medium.path, settings_.wish, [&](const ear_picture& picture) {
    still.size = {picture.width, picture.height};
    still.original = {static_cast<std::uint32_t>(medium.facts.width), static_cast<std::uint32_t>(medium.facts.height)};
    for (std::uint32_t y = 0; y < picture.height; ++y) {
      const std::uint8_t* row = picture.pixels + std::size_t{y} * picture.stride;
      still.pixels.insert(still.pixels.end(), row, row + std::size_t{picture.width} * 3);
    }
    return false;
  });
  if (still.pixels.empty()) throw invalid("the picture holds nothing that can be shown");
  return still;
}

Decoded Archive::decode(const Opened& medium) {
  if (!medium.named && identity(medium.file) != medium.identity)
    throw invalid("the file of the medium was changed while it was looked at");
  Decoded picture{still_of(medium), 0};
  host_.count("decoded");
  picture.look = look_of(medium.facts.content, picture.still);
  return picture;
}

std::uint64_t Archive::look_of(const Content& content, const Still& still) {
  {
    const std::lock_guard hold(mutex_);
    if (const std::uint64_t* known = looks_.find(content)) return *known;
  }
  const std::uint64_t look = copies_.look(still.size, still.pixels.data(), std::size_t{still.size.width} * 3);
  host_.gauge("copies", static_cast<double>(copies_.found()));
  const std::lock_guard hold(mutex_);
  looks_.put(content, look);
  return look;
}

void Archive::pictures(const ear_medium* medium, const std::function<bool(const ear_picture&)>& show) {
  const Opened& m = opened(medium);
  if ((m.facts.parts & EAR_HAS_PICTURES) == 0) return;
  bool hit = false;
  if (m.facts.kind == EAR_MEDIA_VIDEO) {
    frames_.show(m.facts.content, m.path, show, hit);
    host_.count(hit ? "videos_kept" : "videos_decoded");
    return;
  }
  const auto picture = decoded_.get(
      m.facts.content, [&] { return decode(m); }, [this] { return cancelled(); }, hit);
  if (hit) host_.count("decoded_hits");
  host_.gauge("decoded_bytes", static_cast<double>(decoded_.bytes()));
  const Still& still = picture->still;
  const ear_picture raw{sizeof raw, still.size.width, still.size.height, still.size.width * 3, still.pixels.data(), 0,
                        0,          picture->look};
  show(raw);
  if (still.fault.empty()) return;
  host_.count("refused_broken");
  throw invalid(still.fault);
}

ear_status Archive::sound(const ear_medium* medium, std::int32_t (*show)(void*, const ear_sound*), void* user,
                          ear_error* error) {
  const Opened& m = opened(medium);
  if ((m.facts.parts & EAR_HAS_SOUND) == 0) return EAR_OK;
  return video_.table().sound(video_.table().ctx, str(m.path), &settings_.wish, show, user, error);
}

ear_status Archive::captions(const ear_medium* medium, std::int32_t (*show)(void*, const ear_caption*), void* user,
                             ear_error* error) {
  const Opened& m = opened(medium);
  if ((m.facts.parts & EAR_HAS_CAPTIONS) == 0) return EAR_OK;
  return video_.table().captions(video_.table().ctx, str(m.path), show, user, error);
}

std::string Archive::keep(std::string_view bytes) {
  if (bytes.size() > settings_.fetch.most_bytes)
    throw unsupported("the medium has " + std::to_string(bytes.size()) + " bytes, and at most " +
                      std::to_string(settings_.fetch.most_bytes) +
                      " are kept (option `most_bytes` of the service media)");
  const Content content = content_of(bytes);
  disk_.keep(content, bytes);
  return std::string(kKept) + hex(content);
}

std::string Archive::contents() const {
  return std::to_string(disk_.files()) + " files, " + std::to_string(disk_.bytes() / kMiB) + " MiB of " +
         std::to_string(disk_.budget() / kMiB) + " MiB";
}

}  // namespace earshot::media
