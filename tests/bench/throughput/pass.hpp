// pass.hpp: a detector that looks at each post and has nothing to say, so that what is measured is the way to it.
#pragma once

#include <cstddef>
#include <earshot/detector.hpp>

class Pass : public earshot::Detector<> {
 public:
  static constexpr earshot::Info info{"pass", "Looks at each post and lets it pass", EAR_STATELESS};

  void detect(const earshot::Post& post, earshot::Out&) { bytes_ += post.raw().segments->text.len; }
  std::size_t bytes() const { return bytes_; }

 private:
  std::size_t bytes_ = 0;
};
