// The post reader on any bytes. Besides not crashing: a line is judged the same alone and among others, and what was
// read is written so that it is read again.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "post/lines.hpp"
#include "post/reader.hpp"
#include "post/writer.hpp"

volatile unsigned seen = 0;  // so that nothing is left out as unused

namespace {

using namespace earshot::post;

// The memory of a batch, each piece just as large as was asked for, so that no byte behind it is read unseen.
class Batch {
 public:
  static char* take(void* self, std::size_t size) {
    auto& pieces = static_cast<Batch*>(self)->pieces_;
    pieces.push_back(std::make_unique<char[]>(size));
    return pieces.back().get();
  }

 private:
  std::vector<std::unique_ptr<char[]>> pieces_;
};

[[noreturn]] void fail(const char* what, std::string_view line) {
  std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(line.size()), line.data());
  std::abort();
}

std::string_view placed(Batch& batch, std::string_view text) {
  char* to = Batch::take(&batch, text.size() + kBehind);
  text.copy(to, text.size());
  std::memset(to + text.size(), '\n', kBehind);
  return {to, text.size()};
}

// Bytes of the post's texts are looked at, so that one which points elsewhere is found.
unsigned touch(const ear_post& post) {
  unsigned sum = 0;
  const auto text = [&](ear_str t) {
    for (std::size_t i = 0; i < t.len; ++i) sum += static_cast<unsigned char>(t.ptr[i]);
  };
  for (const ear_str t : {post.platform, post.id, post.kind, post.url, post.language, post.country, post.parent})
    text(t);
  for (std::uint32_t i = 0; i < post.segment_count; ++i) text(post.segments[i].text);
  for (std::uint32_t i = 0; i < post.media_count; ++i) text(post.media[i].url);
  if (post.author != nullptr) text(post.author->id), text(post.author->handle), text(post.author->name);
  return sum;
}

bool is_post(std::string_view line, Batch& batch) {
  Reader reader;
  Memory memory(Batch::take, &batch);
  const std::string_view text = placed(batch, line);
  reader.block(text);
  return reader.read(text, memory) != nullptr;
}

void write_and_read(ear_post post, Batch& batch) {
  Writer writer;
  post.flags = 0;  // written anew, not passed on
  writer.post(post);
  const std::string_view text = writer.text();
  if (!is_post(text.substr(0, text.size() - 1), batch)) fail("what was written is not read again", text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t chunk = data[0] == 0 ? size : data[0];  // how much comes at once
  std::string_view left(reinterpret_cast<const char*>(data) + 1, size - 1);
  Lines lines(4096);
  Reader reader;
  for (bool ended = false; !ended;) {
    Batch batch;
    const Chunk got = lines.next(
        [&](char* to, std::size_t room) {
          const std::size_t n = left.copy(to, std::min(room, left.size()));
          left.remove_prefix(n);
          return n;
        },
        chunk, Batch::take, &batch, true);
    ended = got.ended;
    if (!got.any) continue;
    Memory memory(Batch::take, &batch);
    reader.block(got.lines);
    std::string_view rest = got.lines;
    for (bool more = true; more;) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      more = end < rest.size();
      rest.remove_prefix(std::min(rest.size(), end + 1));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.find_first_not_of(" \t") == line.npos) continue;
      const ear_post* post = reader.read(line, memory);
      if (post == nullptr && reader.fault().text().empty()) fail("a fault says nothing", line);
      if ((post != nullptr) != is_post(line, batch)) fail("judged otherwise alone than among others", line);
      if (post == nullptr) continue;
      seen = seen + touch(*post);
      write_and_read(*post, batch);
    }
  }
  return 0;
}
