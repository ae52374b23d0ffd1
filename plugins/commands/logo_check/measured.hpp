// measured.hpp: the logos of a watchlist looked for in pictures that hold none of them. One thread.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "logo/gallery.hpp"

namespace earshot::logo_check {

struct FalseHit {
  std::filesystem::path picture;
  double score = 0;
  std::string logo;
};

struct Measured {
  std::size_t pictures = 0;
  std::vector<std::vector<FalseHit>> worst;                           // of each item, the best score of each picture
  std::vector<std::pair<std::filesystem::path, std::string>> faults;  // what could not be looked at, and why
};

// Every file below the folder, in the order of names; hidden ones are passed over. `seen` is called after each.
Measured measure(const MediaService& media, const logo::Gallery& gallery, const std::filesystem::path& folder,
                 const std::function<void()>& seen, const std::function<void()>& stop);

// From which score on no picture was taken for the item, with a margin; never below the usual one.
double recommended(const std::vector<FalseHit>& hits);

}  // namespace earshot::logo_check
