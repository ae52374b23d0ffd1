// A model file of any header and weights, sealed with sizes and checksum that fit. What is taken must be usable:
// scores, probabilities and reasons of a text, and the same model after it was written and read again.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "model/file.hpp"

namespace {

namespace model = earshot::model;

void put(std::string& to, std::uint64_t n, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) to += static_cast<char>(n >> (8 * i) & 0xFF);
}

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

}  // namespace

// The header is what stands before the first line feed, the weights are the rest.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string rest(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string header = rest.substr(0, end), weights = rest.substr(std::min(end + 1, rest.size()));
  std::string file = "EARMODEL";
  put(file, 1, 4), put(file, header.size(), 4), put(file, weights.size(), 8);
  put(file, model::hash(weights, model::hash(header)), 8);
  file += header + weights;
  try {
    const std::shared_ptr<const model::Model> read = model::read(file, "fuzz");
    if (read->info().features.bits > 16) return 0;  // true, but slow to walk again and again
    const std::string again = model::write(*read);
    if (model::write(*model::read(again, "again")) != again) fail("a model changes when it is written and read");
    model::Features features;
    model::Extractor(read->info().features).read("not good, https://a.example 12 \xf0\x9f\x98\x80", features);
    std::vector<float> p(read->classes());
    read->scores(features.view(), p);
    read->probabilities(p, p);
    if (!read->info().any && read->choose(p) >= p.size()) fail("a class that there is not");
    for (std::size_t c = 0; c < p.size() && c < 3; ++c) (void)read->why(features, c, 3);
  } catch (const model::BadModel&) {
  }
  return 0;
}
