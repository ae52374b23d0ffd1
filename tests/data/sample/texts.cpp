#include "texts.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace earshot::sample {
namespace {

constexpr const char* kBrands[] = {"tavorelle", "thicket", "mareval"};

}  // namespace

Texts::Texts(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot open '" + file.string() + "'");
  std::string line;
  std::vector<std::string>* entries = nullptr;
  bool weighted = false;
  while (std::getline(in, line)) {
    if (line.empty() || line.starts_with("# ")) continue;
    if (line.front() == '[') {
      entries = &lists_[line.substr(1, line.size() - 2)];
      weighted = line.starts_with("[names.");
    } else if (entries == nullptr) {
      throw std::runtime_error("'" + line + "' stands in no list");
    } else if (weighted) {
      std::size_t end = 0;
      const int weight = std::stoi(line, &end);
      entries->insert(entries->end(), static_cast<std::size_t>(weight), line.substr(end + 1));
    } else {
      entries->push_back(line);
    }
  }
}

std::string Texts::say(Random& random, const std::string& list, const Voice& voice) const {
  const auto found = lists_.find(list + "." + voice.language);
  return fill_in(random, random.pick(found != lists_.end() ? found->second : this->list("daily." + voice.language)),
                 voice);
}

std::string Texts::fill_in(Random& random, std::string_view pattern, const Voice& voice) const {
  std::string text;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t open = std::min(pattern.find('{', at), pattern.size());
    text += pattern.substr(at, open - at);
    if (open == pattern.size()) break;
    const std::size_t close = pattern.find('}', open);
    text += fill(random, pattern.substr(open + 1, close - open - 1), voice);
    at = close + 1;
  }
  return text;
}

std::string Texts::fill(Random& random, std::string_view slot, const Voice& voice) const {
  if (slot == "n") return std::to_string(random.between(2, 48));
  if (slot == "brand") return name(random, voice.brand, voice);
  if (slot == "rival") return name(random, static_cast<Brand>((voice.brand + random.between(1, 2)) % 3), voice);
  return random.pick(list(std::string(slot) + "." + voice.language));
}

std::string Texts::name(Random& random, Brand brand, const Voice& voice) const {
  const bool own_script = voice.language == "ja" || voice.language == "ru";
  const auto& writings =
      list(std::string("names.") + kBrands[brand] + "." + (own_script ? voice.language.c_str() : "latin"));
  while (true) {
    const std::string& writing = random.pick(writings);
    if (writing.front() == '@' && !voice.handles) continue;
    if (writing.front() == '#' && !voice.hashtags) continue;
    return writing;
  }
}

}  // namespace earshot::sample
