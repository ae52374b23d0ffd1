// sample.hpp: the posts of the sample that ships with the project, with their mentions, as the file source and
// brand_text make them. For tests of what comes behind.
#pragma once

#include <earshot/testing.hpp>
#include <vector>

#include "loaded.hpp"

inline std::vector<earshot::testing::TestPost> sample_with_mentions() {
  using namespace earshot::testing;
  SourceHarness source(loaded("file"), {{"path", EARSHOT_SOURCE_DIR "/configs/sample/posts.ndjson.zst"}});
  source.poll_until_end();
  DetectorHarness names(loaded("brand_text"));
  names.watch("tavorelle", {"Tavorelle", "タヴォレル", "Таворелль"}, {{"handles", {"tavorelle"}}});
  names.watch("thicket", {"Thicket Coffee", "Thicket"}, {{"handles", {"thicket"}}});
  names.watch("mareval", {"Maréval", "Mareval", "マレヴァル", "Маревал"}, {{"handles", {"mareval"}}});
  for (const TestPost& post : source.posts()) names.add(post);
  names.run();
  std::vector<TestPost> posts = source.posts();
  for (const TestFinding& mention : names.findings()) posts[mention.post].findings.push_back(mention);
  return posts;
}
