// surroundings.hpp: what stands around a name in a text, as features that tell which sense of the name is meant. The
// name itself is no feature: it is the same in both senses. A Surroundings belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "model/features.hpp"

struct sb_stemmer;

namespace earshot::context {

// Bytes to each side of a name that are looked at.
inline constexpr std::size_t kReach = 800;

// What is taken from a text, as it stands in a model file.
model::FeatureOptions feature_options(unsigned bits);

class Surroundings {
 public:
  explicit Surroundings(const model::FeatureOptions& options);
  ~Surroundings();
  Surroundings(const Surroundings&) = delete;
  Surroundings& operator=(const Surroundings&) = delete;

  // The stems of the words around the name at bytes [begin, end), each once, and which word stands next to the name on
  // either side; how long it all is, how many hashtags and handles stand in it, and whether there is a name at all. All
  // weigh alike, and less the more there are.
  const model::Features& read(std::string_view text, std::size_t begin, std::size_t end);

 private:
  std::uint64_t stem(std::string_view word) const;
  void next_to(const std::vector<std::uint64_t>& before, const std::vector<std::uint64_t>& behind);
  void look(const model::Tokens& tokens);
  void add(std::uint64_t hash);

  struct Free {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Free> stemmer_;
  model::Extractor extractor_;
  unsigned bits_;
  model::Features features_;
  std::vector<std::uint64_t> before_, behind_;  // words, from the name on
  std::vector<std::uint64_t> hashes_;           // of the features
};

}  // namespace earshot::context
