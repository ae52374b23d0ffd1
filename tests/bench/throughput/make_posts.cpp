// make_posts COUNT FOLDER: writes FOLDER/posts.ndjson, COUNT posts of about 350 bytes, of which about 130 are text, and
// 6 in 100 carry one of the first 1,000 names; FOLDER/names-N.txt and FOLDER/watchlist-N.yaml with N = 1,000 and 10,000
// names. The same count gives the same bytes.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>

namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File open(const std::string& path) {
  File file(std::fopen(path.c_str(), "wb"), std::fclose);
  if (file == nullptr) throw std::runtime_error("cannot write " + path);
  return file;
}

// A word of `syllables`, the same for the same number.
std::string word(std::uint64_t number, int syllables) {
  static constexpr std::array kParts = {"ba",  "ko", "ri",  "ten", "mu", "sal", "vor", "ne",
                                        "lix", "po", "gra", "dun", "fe", "zo",  "qui", "har"};
  std::string out;
  for (int i = 0; i < syllables; ++i, number /= kParts.size()) out += kParts[number % kParts.size()];
  return out;
}

// Names have more syllables than any word of the texts, so only what was planted is found.
std::string name(std::uint32_t number) {
  return word(number * 2654435761u, 6);
}

std::string text(std::mt19937_64& random) {
  std::string out;
  while (out.size() < 115) {
    if (!out.empty()) out += ' ';
    out += word(random(), 1 + static_cast<int>(random() % 3));
  }
  if (random() % 100 < 6) out += " " + name(static_cast<std::uint32_t>(random() % 1000));
  return out;
}

void write_posts(const std::string& path, std::uint64_t count) {
  const File out = open(path);
  std::mt19937_64 random(7);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t second = i * 86'400 * 28 / count;  // over four weeks
    const std::string author = word(random(), 3);
    const unsigned long long id = 1'000'000'000 + i;
    std::fprintf(
        out.get(),
        R"({"platform":"microblog","id":"%llu","published":"2026-03-%02dT%02d:%02d:%02dZ","kind":"status",)"
        R"("url":"https://microblog.example/@%s/%llu","language":"en","author":{"id":"a%llu","handle":"%s","followers":%llu},)"
        R"("text":"%s","likes":%llu,"reposts":%llu})"
        "\n",
        id, static_cast<int>(1 + second / 86'400), static_cast<int>(second / 3600 % 24),
        static_cast<int>(second / 60 % 60), static_cast<int>(second % 60), author.c_str(), id,
        static_cast<unsigned long long>(random() % 4096), author.c_str(),
        static_cast<unsigned long long>(random() % 10'000), text(random).c_str(),
        static_cast<unsigned long long>(random() % 100), static_cast<unsigned long long>(random() % 20));
  }
}

void write_names(const std::string& folder, std::uint32_t count) {
  const std::string number = std::to_string(count);
  const File names = open(folder + "/names-" + number + ".txt"),
             watchlist = open(folder + "/watchlist-" + number + ".yaml");
  for (std::uint32_t i = 0; i < count; ++i) {
    std::fprintf(names.get(), "%s\n", name(i).c_str());
    std::fprintf(watchlist.get(), "- {id: item-%u, names: [%s]}\n", i, name(i).c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fputs("usage: make_posts COUNT FOLDER\n", stderr), 2;
  const std::string folder = argv[2];
  write_posts(folder + "/posts.ndjson", std::strtoull(argv[1], nullptr, 10));
  for (const std::uint32_t count : {1000u, 10'000u}) write_names(folder, count);
  return 0;
}
