#include <earshot/detector.hpp>

#include "fmt.hpp"

class Vendor : public earshot::Detector<> {
 public:
  static constexpr earshot::Info info{"vendor", "Counts the bytes of each text", EAR_STATELESS};
  void detect(const earshot::Post& post, earshot::Out& out) {
    for (const earshot::Segment segment : post.segments()) {
      const std::string value = fmt::vformat("bytes ", static_cast<int>(segment.text().size()));
      out.finding(post, {.kind = "bytes", .segment = segment.number(), .value = value});
    }
  }
};

EARSHOT_PLUGIN("com.example.vendor", "1.0.0", "Vendor", "LicenseRef-Closed", "Counts bytes", Vendor)
