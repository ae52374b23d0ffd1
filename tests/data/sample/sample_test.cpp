// The sample that ships with the project is what its generator makes, and holds what the demo shows.
#include <zstd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <memory_resource>
#include <set>
#include <string>

#include "month.hpp"
#include "post/reader.hpp"

namespace {

using namespace earshot::sample;

constexpr std::int64_t kMonday = 1792368000, kDay = 86400;

std::vector<Post> month() {
  return make_month(Texts(EARSHOT_SOURCE_DIR "/tests/data/sample/texts.txt"));
}

std::string lines(const std::vector<Post>& posts) {
  std::string all;
  for (const Post& post : posts) all.append(to_json(post)).append("\n");
  return all;
}

std::string unpacked(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string packed{std::istreambuf_iterator<char>(in), {}};
  std::string all(16 << 20, '\0');
  const std::size_t size = ZSTD_decompress(all.data(), all.size(), packed.data(), packed.size());
  REQUIRE(ZSTD_isError(size) == 0);
  all.resize(size);
  return all;
}

// Posts of each day whose text or title holds the word.
std::array<int, 28> days_with(const std::vector<Post>& posts, std::string_view word) {
  std::array<int, 28> days{};
  for (const Post& post : posts)
    if (post.text.find(word) != std::string::npos || post.title.find(word) != std::string::npos)
      ++days.at(static_cast<std::size_t>((post.published - kMonday) / kDay));
  return days;
}

int median(std::array<int, 28> days) {
  std::nth_element(days.begin(), days.begin() + 14, days.end());
  return days[14];
}

}  // namespace

TEST_CASE("the sample in the repository is what its generator makes, byte for byte") {
  const bool same = unpacked(EARSHOT_SOURCE_DIR "/configs/sample/posts.ndjson.zst") == lines(month());
  CHECK(same);
}

TEST_CASE("every line of the sample is in Earshot's post form") {
  std::string all = lines(month());
  const std::size_t size = all.size();
  all.append(256, '\0');  // what the reader may read behind
  std::pmr::monotonic_buffer_resource arena;
  const auto take = [](void* ctx, std::size_t bytes) {
    return static_cast<char*>(static_cast<std::pmr::memory_resource*>(ctx)->allocate(bytes));
  };
  earshot::post::Reader reader;
  std::size_t posts = 0;
  for (std::size_t at = 0; at < size; ++posts) {
    const std::size_t end = all.find('\n', at);
    earshot::post::Memory memory(take, &arena);
    reader.block({all.data() + at, end - at});
    if (reader.read({all.data() + at, end - at}, memory) == nullptr) FAIL(reader.fault().text());
    at = end + 1;
  }
  CHECK(posts > 4500);
  CHECK(posts < 5500);
}

TEST_CASE("the crisis stands out by five to eight times, and the quiet day is quiet") {
  const std::vector<Post> posts = month();
  const auto watched = days_with(posts, "avorel"), rival = days_with(posts, "val");
  CHECK(watched[18] >= 5 * median(watched));
  CHECK(watched[18] <= 8 * median(watched));
  CHECK(rival[23] * 4 <= median(rival));
  for (std::size_t day = 0; day < 18; ++day) CHECK(watched.at(day) * 2 > median(watched));
}

TEST_CASE("the sample has edits, deletions, reposts and late posts in several languages and of several platforms") {
  std::set<std::string> languages, platforms, ids;
  int edited = 0, deleted = 0, reposts = 0, late = 0;
  for (const Post& post : month()) {
    languages.insert(post.language), platforms.insert(post.platform), ids.insert(post.id);
    edited += post.change == "edited", deleted += post.change == "deleted";
    reposts += !post.repost_of.empty(), late += post.collected - post.published > 1000;
  }
  for (const char* language : {"de", "en", "es", "fr", "ja"}) CHECK(languages.contains(language));
  CHECK(platforms.size() == 6);
  CHECK(ids.contains("p318845"));  // the one that `./bootstrap demo` proposes to explain
  CHECK(edited > 20);
  CHECK(deleted > 20);
  CHECK(reposts > 100);
  CHECK(late > 100);
}
