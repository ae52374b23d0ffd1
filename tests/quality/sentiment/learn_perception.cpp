// learn_perception DATA OUT: learns the models that sentiment and emotion ship from the data folder, and writes them to
// OUT, the same bytes each time.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "perception/train.hpp"

namespace {

namespace perception = earshot::perception;
namespace fs = std::filesystem;

void save(const fs::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw std::runtime_error("cannot write '" + path.string() + "'");
  std::printf("%s: %zu bytes\n", path.c_str(), bytes.size());
}

std::vector<std::size_t> rows_to_learn(const perception::Corpus& corpus) {
  std::vector<std::size_t> in, out;
  for (std::size_t i = 0; i < corpus.rows.size(); ++i)
    (perception::is_never_learned(corpus.rows[i].set) ? out : in).push_back(i);
  return perception::without_texts_of(corpus, in, out);
}

int run(const fs::path& data, const fs::path& to) {
  perception::TrainHow how;
  how.tell = [](std::string_view what) { std::fprintf(stderr, "%.*s\n", static_cast<int>(what.size()), what.data()); };
  fs::create_directories(to);
  {
    const auto corpus = perception::make_corpus(perception::read_sentiment(data), perception::sentiment_features());
    save(to / "sentiment.model", perception::write(*perception::train_sentiment(corpus, rows_to_learn(corpus), how)));
  }
  const auto corpus = perception::make_corpus(perception::read_emotion(data), perception::emotion_features());
  save(to / "emotion.model", earshot::model::write(*perception::train_emotion(corpus, rows_to_learn(corpus), how)));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fputs("usage: learn_perception DATA OUT\n", stderr), 2;
  try {
    return run(argv[1], argv[2]);
  } catch (const std::exception& e) {
    return std::fprintf(stderr, "%s\n", e.what()), 1;
  }
}
