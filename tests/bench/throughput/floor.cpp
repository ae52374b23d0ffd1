// floor IN NAMES OUT: the least that any program must do for what a pipeline file → brand_text → ndjson does: read in
// chunks, parse six fields of each post with simdjson and walk the whole object, look for the names in the text with
// one vectorscan pass, and write the same bytes with what was found. No word boundaries, no folding, no checks, one
// thread.
#include <hs.h>
#include <simdjson.h>
#include <sys/resource.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;

struct Matcher {
  hs_database_t* database = nullptr;
  hs_scratch_t* scratch = nullptr;
  std::vector<std::string> names;

  explicit Matcher(const std::string& file) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) names.push_back(line);
    std::vector<const char*> texts;
    std::vector<unsigned> flags, ids;
    std::vector<std::size_t> sizes;
    for (const std::string& name : names) {
      texts.push_back(name.c_str()), sizes.push_back(name.size());
      flags.push_back(HS_FLAG_CASELESS | HS_FLAG_SOM_LEFTMOST);
      ids.push_back(static_cast<unsigned>(ids.size()));
    }
    hs_compile_error_t* error = nullptr;
    if (hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), sizes.data(), static_cast<unsigned>(names.size()),
                             HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS ||
        hs_alloc_scratch(database, &scratch) != HS_SUCCESS)
      throw std::runtime_error("the names cannot be compiled");
  }
};

struct Found {
  unsigned id;
  unsigned long long from, to;
};

class Floor {
 public:
  Floor(const char* names, const char* out) : matcher_(names), out_(std::fopen(out, "wb"), std::fclose) {
    if (out_ == nullptr) throw std::runtime_error("cannot write");
    std::setvbuf(out_.get(), nullptr, _IONBF, 0);
  }
  // `line` has room for simdjson's padding behind it.
  void take(std::string_view line, std::size_t room) {
    simdjson::ondemand::document document = parser_.iterate(line.data(), line.size(), room);
    std::string_view text;
    for (auto field : document.get_object()) {
      const std::string_view key = field.unescaped_key();
      auto value = field.value();
      if (key == "text")
        text = value.get_string();
      else if (key == "platform" || key == "id" || key == "published")
        sum_ += std::string_view(value.get_string()).size();
      else if (key == "likes")
        sum_ += std::uint64_t(value.get_uint64());
      else if (key == "author")
        sum_ += std::string_view(value.get_object()["handle"].get_string()).size();
    }
    found_.clear();
    hs_scan(
        matcher_.database, text.data(), static_cast<unsigned>(text.size()), 0, matcher_.scratch,
        [](unsigned id, unsigned long long from, unsigned long long to, unsigned, void* all) {
          static_cast<std::vector<Found>*>(all)->push_back({id, from, to});
          return 0;
        },
        &found_);
    write(line);
    ++posts_;
  }
  void flush() {
    std::fwrite(buffer_.data(), 1, buffer_.size(), out_.get());
    buffer_.clear();
  }
  std::uint64_t posts() const { return posts_; }
  std::uint64_t mentions() const { return mentions_; }
  std::uint64_t sum() const { return sum_; }

 private:
  void write(std::string_view line) {
    if (found_.empty()) {
      buffer_.append(line).append(1, '\n');
    } else {
      buffer_.append(line.substr(0, line.size() - 1)).append(",\"findings\":[");
      for (const Found& f : found_) {
        if (buffer_.back() == '}') buffer_ += ',';
        buffer_.append("{\"kind\":\"mention\",\"subject\":\"")
            .append(matcher_.names[f.id])
            .append("\",\"score\":1,\"segment\":0,\"begin\":");
        buffer_.append(std::to_string(f.from)).append(",\"end\":").append(std::to_string(f.to)).append("}");
      }
      buffer_.append("]}\n");
      mentions_ += found_.size();
    }
    if (buffer_.size() >= kChunk) flush();
  }

  Matcher matcher_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> out_;
  simdjson::ondemand::parser parser_;
  std::vector<Found> found_;
  std::string buffer_;
  std::uint64_t posts_ = 0, mentions_ = 0, sum_ = 0;
};

void run(const char* in, Floor& floor) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(in, "rb"), std::fclose);
  if (file == nullptr) throw std::runtime_error("cannot read");
  std::setvbuf(file.get(), nullptr, _IONBF, 0);
  std::vector<char> chunk(2 * kChunk + simdjson::SIMDJSON_PADDING);
  std::size_t rest = 0;
  for (std::size_t got; (got = std::fread(chunk.data() + rest, 1, kChunk, file.get())) != 0;) {
    const char* at = chunk.data();
    const char* end = at + rest + got;
    while (const auto* stop = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) {
      floor.take({at, static_cast<std::size_t>(stop - at)}, static_cast<std::size_t>(chunk.data() + chunk.size() - at));
      at = stop + 1;
    }
    rest = static_cast<std::size_t>(end - at);
    std::memmove(chunk.data(), at, rest);
  }
  floor.flush();
}

double seconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return std::fputs("usage: floor IN NAMES OUT\n", stderr), 2;
  Floor floor(argv[2], argv[3]);
  run(argv[1], floor);
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  std::printf("posts %llu mentions %llu cpu %.3f rss_kb %ld sum %llu\n", static_cast<unsigned long long>(floor.posts()),
              static_cast<unsigned long long>(floor.mentions()), seconds(used.ru_utime) + seconds(used.ru_stime),
              used.ru_maxrss, static_cast<unsigned long long>(floor.sum()));
  return 0;
}
