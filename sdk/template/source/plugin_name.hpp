// plugin_name: a source. It brings each line of a text file as a post; put your platform's interface in its place.
#pragma once

#include <earshot/source.hpp>
#include <fstream>

// What a pipeline may set. Names, types, defaults and docs of the options are told here and nowhere else.
struct PluginNameOptions {
  std::filesystem::path path;
  static constexpr auto schema() {
    return earshot::schema(earshot::option<&PluginNameOptions::path>("path", "A text file, a post on each line",
                                                                     {.example = "posts.txt"}));
  }
};

class PluginName : public earshot::Source<PluginNameOptions> {
 public:
  static constexpr earshot::Info info{"plugin_name", "Brings the lines of a text file as posts"};

  // Goes to a position that poll once told, or to the beginning (empty). Nothing behind it may be lost.
  void open(std::string_view cursor) {
    if (cursor.find_first_not_of("0123456789") != std::string_view::npos || cursor.size() > 18)
      throw earshot::invalid("the cursor is not one of this source");
    offset_ = cursor.empty() ? 0 : std::stoll(std::string(cursor));
    file_ = std::ifstream(options().path, std::ios::binary);
    if (!file_.seekg(offset_)) throw earshot::io_failure("cannot read " + options().path.string());
  }

  // Pushes some posts, then the position behind them. A source that waits for its platform asks host().cancelled()
  // at least every 100 ms and says Polled::idle(how_long) where there is nothing for now.
  earshot::Polled poll(earshot::SourceOut& out) {
    std::string line;
    for (std::uint32_t left = out.max_posts(); left > 0 && std::getline(file_, line); --left) {
      push(out, line);
      offset_ += static_cast<std::int64_t>(line.size()) + (file_.eof() ? 0 : 1);
    }
    out.cursor(std::to_string(offset_));
    return file_ ? earshot::Polled::more() : earshot::Polled::end();
  }

 private:
  void push(earshot::SourceOut& out, const std::string& line) {
    const std::string id = std::to_string(offset_);  // as the platform names the post: the same one each time
    const ear_segment body = earshot::make_segment(EAR_BODY, line);
    ear_post post = earshot::make_post();
    post.platform = earshot::str("plugin_name");
    post.id = earshot::str(id);
    post.published = earshot::ticks(host().now());
    post.segments = &body;
    post.segment_count = 1;
    out.post(post);
  }

  std::ifstream file_;
  std::int64_t offset_ = 0;
};
