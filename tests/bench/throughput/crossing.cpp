#include "crossing.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <earshot/testing.hpp>
#include <stdexcept>
#include <vector>

#include "pass.hpp"

namespace earshot::bench {
namespace {

constexpr int kCalls = 200, kRounds = 200;

// One post as a source brings it, as often as the batch is long.
struct Posts {
  std::vector<ear_segment> segments;
  std::vector<ear_post> posts;
  std::vector<const ear_post*> pointers;

  Posts() : segments(Crossing::kPosts), posts(Crossing::kPosts) {
    for (unsigned i = 0; i < Crossing::kPosts; ++i) {
      segments[i] = make_segment(EAR_BODY, "a post that nobody has anything to say about");
      posts[i] = make_post();
      posts[i].segments = &segments[i], posts[i].segment_count = 1;
      pointers.push_back(&posts[i]);
    }
  }
  ear_batch batch() const { return {sizeof(ear_batch), Crossing::kPosts, pointers.data(), nullptr, 0, 0}; }
};

template <class Call>
double ns_per_call(const Call& call) {
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < kCalls; ++i) call();
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - began).count() / kCalls;
}

const ear_component& component_of(const std::string& plugin) {
  void* library = ::dlopen(plugin.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw std::runtime_error(::dlerror());
  return **static_cast<const ear_module*>(::dlsym(library, "earshot_module"))->components;
}

}  // namespace

Crossing crossing(const std::string& plugin) {
  testing::ComponentUnderTest loaded(component_of(plugin));
  loaded.start();
  const Posts posts;
  const ear_batch batch = posts.batch();
  const ear_detector_out raw_out{};
  Pass pass;
  Crossing best{1e9, 1e9};
  for (int round = 0; round < kRounds; ++round) {
    best.direct_ns =
        std::min(best.direct_ns, ns_per_call([&] {
                   const ear_batch* seen = &batch;
                   asm volatile("" : "+r"(seen) : : "memory");  // else it would be computed once for all calls
                   Out out{raw_out};
                   for (std::uint32_t i = 0; i < seen->count; ++i) pass.detect(Batch{*seen}[i], out);
                 }));
    best.plugin_ns = std::min(best.plugin_ns, ns_per_call([&] {
                                ear_error error = testing::make_error();
                                if (loaded.table().detector->detect(loaded.self(), &batch, &raw_out, &error) != EAR_OK)
                                  throw std::runtime_error("the plugin failed");
                              }));
  }
  if (pass.bytes() == 0) throw std::runtime_error("the direct call looked at nothing");
  return best;
}

}  // namespace earshot::bench
