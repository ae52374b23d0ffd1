#include "captions/joining.hpp"

#include <algorithm>

namespace earshot::captions {
namespace {

// The words of `line`, which is the end of run.text, as having stood from `start` to `stop`.
void add_words(Run& run, std::size_t begin, std::int64_t start, std::int64_t stop) {
  for (std::size_t at = begin; at < run.text.size();) {
    const std::size_t end = std::min(run.text.find(' ', at), run.text.size());
    if (end > at) {
      ear_word word{};
      word.begin = static_cast<std::uint32_t>(at), word.end = static_cast<std::uint32_t>(end);
      word.confidence = 1, word.start = start, word.stop = stop;
      run.words.push_back(word);
    }
    at = end + 1;
  }
}

}  // namespace

bool Joining::ends_sentence(std::string_view text) {
  while (!text.empty() && (text.back() == '"' || text.back() == ')' || text.back() == '\'')) text.remove_suffix(1);
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with("\u3002");
}

Joining::Open& Joining::of(std::string_view language) {
  const auto known = open_.find(language);
  if (known != open_.end()) return known->second;
  return open_[open_.size() < kMostLanguages ? std::string(language) : std::string()];
}

void Joining::append(Open& open, std::string_view text, std::int64_t start, std::int64_t stop) {
  Run& run = open.run;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line == open.last_line) continue;
    open.last_line = line;
    if (!run.text.empty()) run.text += ' ';
    const std::size_t begin = run.text.size();
    run.text += line;
    add_words(run, begin, start, stop);
  }
  run.stop = std::max(run.stop, stop);
}

}  // namespace earshot::captions
