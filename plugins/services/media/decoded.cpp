#include "media/decoded.hpp"

namespace earshot::media {

std::shared_ptr<const Decoded> DecodedPictures::known(const Content& content) {
  const std::lock_guard hold(mutex_);
  const auto* found = pictures_.find(content);
  return found == nullptr ? nullptr : *found;
}

void DecodedPictures::keep(const Content& content, const std::shared_ptr<const Decoded>& picture) {
  const std::uint64_t size = picture->still.pixels.size();
  if (size > most_bytes_) return;
  const std::lock_guard hold(mutex_);
  while (bytes_ + size > most_bytes_) {
    bytes_ -= pictures_.oldest().second->still.pixels.size();
    pictures_.remove_oldest();
  }
  bytes_ += size;
  pictures_.put(content, picture);
}

std::shared_ptr<const Decoded> DecodedPictures::get(const Content& content, const std::function<Decoded()>& decode,
                                                    const std::function<bool()>& cancelled, bool& hit) {
  hit = true;
  if (auto picture = known(content)) return picture;
  const auto turn = turns_.wait(hex(content), cancelled);
  if (auto picture = known(content)) return picture;
  hit = false;
  const auto picture = std::make_shared<const Decoded>(decode());
  keep(content, picture);
  return picture;
}

std::uint64_t DecodedPictures::bytes() const {
  const std::lock_guard hold(mutex_);
  return bytes_;
}

}  // namespace earshot::media
