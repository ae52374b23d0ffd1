#include "media/frames.hpp"

#include <cstring>
#include <optional>
#include <utility>

#include "jpeg/encode.hpp"
#include "media/decoders.hpp"

namespace earshot::media {
namespace {

constexpr int kQuality = 90;
constexpr std::uint64_t kShareOfCache = 4;              // one video's frames may take a quarter
constexpr std::size_t kMostLooks = 16'384;              // frames of one video whose numbers are remembered
constexpr std::uint32_t kMostFrame = 64 << 20;          // bytes
constexpr std::uint32_t kMagic = 0x31464145, kEnd = 0;  // "EAF1"

// Before each frame; `bytes` of kEnd ends the file, with the length of the fault's sentence in `width` and its status
// in `height`. In the machine's own order: the cache is none to carry around.
struct Head {
  std::uint32_t magic = kMagic, bytes = 0, width = 0, height = 0;
  std::int64_t start = 0, stop = 0;
};

std::string_view raw(const Head& head) {
  return {reinterpret_cast<const char*>(&head), sizeof head};
}

// Not one to be kept: somebody saw enough, or it is too large.
class Keeping {
 public:
  explicit Keeping(Disk& disk) : disk_(disk), writing_(std::in_place, disk) {}
  void add(const Head& head, std::string_view jpeg) {
    if (!writing_) return;
    writing_->add(raw(head)), writing_->add(jpeg);
    if (writing_->size() > disk_.budget() / kShareOfCache) drop();
  }
  void drop() { writing_.reset(); }
  void finish(const std::string& name, ear_status status, const std::string& fault) {
    if (!writing_) return;
    Head end;
    end.width = static_cast<std::uint32_t>(fault.size()), end.height = static_cast<std::uint32_t>(status);
    writing_->add(raw(end)), writing_->add(fault);
    writing_->commit(Disk::kFrames, name);
  }

 private:
  Disk& disk_;
  std::optional<Disk::Writing> writing_;
};

ear_picture picture_of(const Still& still, const Head& head, std::uint64_t look) {
  return {sizeof(ear_picture), still.size.width, still.size.height, still.size.width * 3,
          still.pixels.data(), head.start,       head.stop,         look};
}

Still unpacked(std::string_view jpeg) {
  Limits limits;
  limits.shown_pixels = limits.most_pixels;
  return decode_jpeg(jpeg, limits);
}

}  // namespace

std::string Frames::name_of(const Content& content) const {
  return hex(content) + "-" + std::to_string(wish_.most_pixels) + "-" + std::to_string(wish_.spacing / 1'000'000) +
         "-" + std::to_string(wish_.at_most / 1'000'000);
}

std::vector<std::uint64_t> Frames::looks_of(const Content& content) {
  const std::lock_guard hold(mutex_);
  const auto* known = looks_.find(content);
  return known == nullptr ? std::vector<std::uint64_t>{} : *known;
}

void Frames::put_looks(const Content& content, std::vector<std::uint64_t> looks) {
  if (looks.size() > kMostLooks) looks.resize(kMostLooks);
  const std::lock_guard hold(mutex_);
  looks_.put(content, std::move(looks));
}

void Frames::show(const Content& content, const std::string& path, const Show& show, bool& kept) {
  if (const auto held = disk_.find(Disk::kFrames, name_of(content))) {
    kept = true;
    if (replay(content, *held, show)) return;
    disk_.forget(Disk::kFrames, name_of(content));
    throw io_failure(
        "what was kept of the video's frames is broken, and was removed; the next look takes it apart anew");
  }
  kept = false;
  first_pass(content, path, show);
}

// The first to look sees what the later ones will see: each frame goes through JPEG.
void Frames::first_pass(const Content& content, const std::string& path, const Show& show) {
  Keeping keeping(disk_);
  std::vector<std::uint64_t> looks = looks_of(content);
  std::size_t n = 0;
  ear_status status = EAR_OK;
  std::string fault;
  bool enough = false;
  try {
    video_.pictures(path, wish_, [&](const ear_picture& picture) {
      const std::string jpeg =
          jpeg::encode(picture.width, picture.height, picture.pixels, picture.stride, kQuality, jpeg::Colours::full);
      const Head head{
          kMagic, static_cast<std::uint32_t>(jpeg.size()), picture.width, picture.height, picture.start, picture.stop};
      keeping.add(head, jpeg);
      const Still still = unpacked(jpeg);
      if (n >= looks.size())
        looks.push_back(copies_.look(still.size, still.pixels.data(), std::size_t{still.size.width} * 3));
      enough = !show(picture_of(still, head, looks[n++]));
      return !enough;
    });
  } catch (const Error& error) {
    if (error.status != EAR_INVALID && error.status != EAR_UNSUPPORTED) throw;
    status = error.status, fault = error.what();
  }
  put_looks(content, std::move(looks));
  if (!enough) keeping.finish(name_of(content), status, fault);
  if (status != EAR_OK) throw Error(status, fault);
}

// False: the file is broken.
bool Frames::replay(const Content& content, const Disk::Held& held, const Show& show) {
  std::vector<std::uint64_t> looks = looks_of(content);
  std::string jpeg;
  std::uint64_t at = 0;
  for (std::size_t n = 0;; ++n) {
    Head head;
    if (read_at(held.file, at, reinterpret_cast<char*>(&head), sizeof head) != sizeof head || head.magic != kMagic)
      return false;
    at += sizeof head;
    const std::uint32_t size = head.bytes == kEnd ? head.width : head.bytes;
    if (size > kMostFrame) return false;
    jpeg.resize(size);
    if (read_at(held.file, at, jpeg.data(), size) != size) return false;
    at += size;
    if (head.bytes == kEnd) {
      put_looks(content, std::move(looks));
      if (head.height != EAR_OK) throw Error(static_cast<ear_status>(head.height), jpeg);
      return true;
    }
    const Still still = unpacked(jpeg);
    if (n >= looks.size())
      looks.push_back(copies_.look(still.size, still.pixels.data(), std::size_t{still.size.width} * 3));
    if (!show(picture_of(still, head, looks[n]))) return put_looks(content, std::move(looks)), true;
  }
}

}  // namespace earshot::media
