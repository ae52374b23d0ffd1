// make_sample TEXTS: prints the sample, a post a line. configs/sample/posts.ndjson.zst is made so:
//   build/release/tests/make_sample tests/data/sample/texts.txt | zstd -19 > configs/sample/posts.ndjson.zst
#include <cstdio>
#include <exception>

#include "month.hpp"

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::fputs("usage: make_sample TEXTS\n", stderr);
    return 2;
  }
  const earshot::sample::Texts texts(argv[1]);
  for (const earshot::sample::Post& post : earshot::sample::make_month(texts))
    std::puts(earshot::sample::to_json(post).c_str());
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "make_sample: %s\n", error.what());
  return 1;
}
