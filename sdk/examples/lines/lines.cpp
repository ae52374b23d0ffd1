// A source: each line of a text file is a post. The cursor is the number of bytes that are done.
#include <earshot/source.hpp>
#include <fstream>

struct LinesOptions {
  std::filesystem::path path;
  static constexpr auto schema() {
    return earshot::schema(earshot::option<&LinesOptions::path>("path", "A post a line", {.example = "posts.txt"}));
  }
};

class Lines : public earshot::Source<LinesOptions> {
 public:
  static constexpr earshot::Info info{"lines", "Reads posts from the lines of a text file"};
  void open(std::string_view cursor) {
    offset_ = cursor.empty() ? 0 : std::stoll(std::string(cursor));
    file_ = std::ifstream(options().path, std::ios::binary);
    if (!file_.seekg(offset_)) throw earshot::io_failure("cannot read " + options().path.string());
  }
  earshot::Polled poll(earshot::SourceOut& out) {
    std::uint32_t left = out.max_posts();
    for (std::string line; left-- > 0 && std::getline(file_, line);) {
      const ear_segment body = earshot::make_segment(EAR_BODY, line);
      ear_post post = earshot::make_post();
      const std::string id = std::to_string(offset_);
      post.platform = earshot::str("lines"), post.id = earshot::str(id);
      post.published = earshot::ticks(host().now()), post.segments = &body, post.segment_count = 1;
      out.post(post);
      offset_ += static_cast<std::int64_t>(line.size()) + (file_.eof() ? 0 : 1);
    }
    out.cursor(std::to_string(offset_));
    return file_ ? earshot::Polled::more() : earshot::Polled::end();
  }

 private:
  std::ifstream file_;
  std::int64_t offset_ = 0;
};
EARSHOT_PLUGIN("org.earshot.example.lines", "1.0.0", "Earshot", "Apache-2.0", "Posts from a text file", Lines)
