// form.hpp: one line read or written in a test. One thread.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "post/reader.hpp"
#include "post/writer.hpp"

// Keeps the line, its padding and the memory for unescaped text.
class Line {
 public:
  explicit Line(std::string_view text) : text_(text), size_(text.size()) { text_.append(80, '\n'); }

  const ear_post* read() {
    reader_.block({text_.data(), size_});
    return reader_.read({text_.data(), size_}, memory_);
  }
  std::string fault() { return read() == nullptr ? reader_.fault().text() : "none"; }

 private:
  static char* more(void* ctx, std::size_t size) {
    return static_cast<std::deque<std::string>*>(ctx)->emplace_back(size, '\0').data();
  }
  std::string text_;
  std::size_t size_;
  std::deque<std::string> kept_;
  earshot::post::Memory memory_{more, &kept_};
  earshot::post::Reader reader_;
};

inline std::string written(const ear_post& post) {
  earshot::post::Writer writer;
  writer.post(post);
  return std::string(writer.text());
}
