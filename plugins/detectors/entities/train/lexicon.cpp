#include "entities/train/lexicon.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <string>
#include <unordered_map>

namespace earshot::entities {
namespace {

constexpr std::uint32_t class_count = 128;
constexpr int fewest = 4;  // a word is known when it came so often
constexpr int rounds = 12;

struct Seen {
  int all = 0, inside = 0, capital = 0;  // inside a sentence, where a capital means something
};

// Pairs of neighbours, counted.
struct Pairs {
  std::vector<std::map<std::uint32_t, int>> before;  // of each word: which words stood there
};

// Words that follow the same words share a class: the exchange algorithm for a one-sided model, P(class | word before)
// (Uszkoreit and Brants 2008). Words are numbered by how often they came.
std::vector<std::uint8_t> classes_of(const std::vector<std::map<std::uint32_t, int>>& neighbours) {
  const std::size_t words = neighbours.size();
  std::vector<std::uint8_t> classes(words);
  std::vector<std::int32_t> joint(words * class_count), sizes(class_count);
  for (std::size_t i = 0; i < words; ++i) classes[i] = static_cast<std::uint8_t>(i % class_count);
  std::vector<std::int32_t> totals(words);
  for (std::size_t i = 0; i < words; ++i)
    for (const auto& [other, count] : neighbours[i]) {
      joint[other * class_count + classes[i]] += count;
      sizes[classes[i]] += count, totals[i] += count;
    }
  const auto h = [](double n) { return n <= 0 ? 0.0 : n * std::log(n); };
  for (int round = 0; round < rounds; ++round)
    for (std::size_t i = 0; i < words; ++i) {
      const std::uint8_t old = classes[i];
      for (const auto& [other, count] : neighbours[i]) joint[other * class_count + old] -= count;
      sizes[old] -= totals[i];
      std::vector<double> gains(class_count);
      for (const auto& [other, count] : neighbours[i]) {
        const std::int32_t* row = &joint[other * class_count];
        for (std::uint32_t c = 0; c < class_count; ++c) gains[c] += h(row[c] + count) - h(row[c]);
      }
      for (std::uint32_t c = 0; c < class_count; ++c) gains[c] -= h(sizes[c] + totals[i]) - h(sizes[c]);
      const auto best = static_cast<std::uint8_t>(std::max_element(gains.begin(), gains.end()) - gains.begin());
      classes[i] = best;
      for (const auto& [other, count] : neighbours[i]) joint[other * class_count + best] += count;
      sizes[best] += totals[i];
    }
  return classes;
}

template <class Each>
void lines_of(const std::filesystem::path& file, Each&& each) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) each(line);
}

void read_lists(const std::filesystem::path& lists, std::map<std::uint32_t, Known>& lexicon) {
  const std::array<const char*, 4> files{"given.txt", "cities.txt", "wide.txt", "brands.txt"};
  for (std::size_t bit = 0; bit < files.size(); ++bit)
    lines_of(lists / files[bit], [&](const std::string& line) {
      std::vector<Word> words;
      read_words(line, 0, 8, words);
      for (const Word& word : words) {
        if (word.text.size() < 3) continue;
        Known& known = lexicon[hash_of(normal_form(word.text))];
        known.key = hash_of(normal_form(word.text));
        known.lists |= static_cast<std::uint8_t>(1U << bit | (words.size() > 1 ? 16U << bit : 0U));
      }
    });
}

}  // namespace

std::vector<Known> learn_lexicon(const std::vector<std::filesystem::path>& texts, const std::filesystem::path& lists) {
  std::unordered_map<std::string, Seen> seen;
  std::vector<std::vector<std::string>> posts;
  std::vector<Word> words;
  for (const auto& file : texts)
    lines_of(file, [&](const std::string& line) {
      words.clear();
      read_words(line, 0, 200, words);
      std::vector<std::string> post;
      for (std::size_t i = 0; i < words.size(); ++i) {
        std::string normal = normal_form(words[i].text);
        const bool starts = i == 0 || words[i - 1].text == "." || words[i - 1].text == "!" || words[i - 1].text == "?";
        Seen& of = seen[normal];
        ++of.all;
        const std::string shape = shape_of(words[i].text);
        if (!starts) ++of.inside, of.capital += shape[0] == 'X' ? 1 : 0;
        post.push_back(std::move(normal));
      }
      posts.push_back(std::move(post));
    });

  std::vector<std::pair<int, std::string>> order;
  for (const auto& [normal, of] : seen)
    if (of.all >= fewest) order.emplace_back(-of.all, normal);
  std::sort(order.begin(), order.end());
  std::unordered_map<std::string, std::uint32_t> numbers;
  for (const auto& [count, normal] : order) numbers.emplace(normal, static_cast<std::uint32_t>(numbers.size()));
  std::vector<std::map<std::uint32_t, int>> before(numbers.size()), after(numbers.size());
  for (const auto& post : posts)
    for (std::size_t i = 0; i + 1 < post.size(); ++i) {
      const auto first = numbers.find(post[i]), second = numbers.find(post[i + 1]);
      if (first == numbers.end() || second == numbers.end()) continue;
      ++before[second->second][first->second], ++after[first->second][second->second];
    }
  const auto follow = classes_of(before), lead = classes_of(after);

  std::map<std::uint32_t, Known> lexicon;
  for (const auto& [normal, number] : numbers) {
    const Seen& of = seen[normal];
    const std::uint32_t key = hash_of(normal);
    lexicon[key] = {key, static_cast<std::uint8_t>(follow[number] + 1), static_cast<std::uint8_t>(lead[number] + 1),
                    static_cast<std::uint8_t>(of.inside < 3 ? 0 : 1 + std::min(4, 5 * of.capital / of.inside)), 0};
  }
  read_lists(lists, lexicon);
  std::vector<Known> all;
  for (const auto& [key, known] : lexicon) all.push_back(known);
  return all;
}

}  // namespace earshot::entities
