// mentions.hpp: which names of a watchlist brand_text finds in what was read in pictures. One thread.
#pragma once

#include <earshot/testing.hpp>
#include <string>
#include <vector>

#include "brand_text/brand_text.hpp"
#include "ocr/blocks.hpp"

namespace earshot::quality {

class Mentions {
 public:
  explicit Mentions(const std::vector<std::string>& names) {
    for (const std::string& name : names) harness_.watch(name, {name}, {});
  }
  void add(const std::vector<ocr::Written>& blocks) {
    testing::TestPost& post = harness_.post("");
    post.media = {testing::TestMedia{}};
    post.segments.clear();
    for (const ocr::Written& block : blocks) {
      testing::TestSegment segment;
      segment.origin = EAR_IMAGE, segment.media = 0, segment.text = block.text;
      post.segments.push_back(std::move(segment));
    }
  }
  // By the place of what was added.
  std::vector<std::vector<testing::TestFinding>> found() {
    harness_.run();
    std::vector<std::vector<testing::TestFinding>> all(harness_.posts().size());
    for (const testing::TestFinding& finding : harness_.findings("mention")) all[finding.post].push_back(finding);
    return all;
  }

 private:
  testing::Harness<brand_text::BrandText> harness_;
};

}  // namespace earshot::quality
