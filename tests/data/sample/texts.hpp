// texts.hpp: the lists of texts.txt, and sentences made of them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "random.hpp"

namespace earshot::sample {

enum Brand { tavorelle, thicket, mareval, no_brand };

// Who speaks, where and of what: decides how names are written.
struct Voice {
  std::string language;
  Brand brand = no_brand;
  bool handles = false;   // @name means somebody here
  bool hashtags = false;  // #name means something here
};

class Texts {
 public:
  explicit Texts(const std::filesystem::path& file);

  // One entry of the list "LIST.LANGUAGE" with its slots filled; of the `daily` list where there is no such.
  std::string say(Random& random, const std::string& list, const Voice& voice) const;
  // A pattern with its slots filled.
  std::string fill_in(Random& random, std::string_view pattern, const Voice& voice) const;
  bool has(const std::string& list, const std::string& language) const {
    return lists_.contains(list + "." + language);
  }
  const std::vector<std::string>& list(const std::string& name) const { return lists_.at(name); }

 private:
  std::string name(Random& random, Brand brand, const Voice& voice) const;
  std::string fill(Random& random, std::string_view slot, const Voice& voice) const;

  std::map<std::string, std::vector<std::string>> lists_;
};

}  // namespace earshot::sample
