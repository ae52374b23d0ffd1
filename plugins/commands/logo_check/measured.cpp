#include "measured.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace earshot::logo_check {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code fault;
  for (fs::recursive_directory_iterator at(folder, fault), end; !fault && at != end; at.increment(fault)) {
    const bool hidden = at->path().filename().string().starts_with('.');
    if (hidden && at->is_directory()) at.disable_recursion_pending();
    if (!hidden && at->is_regular_file()) files.push_back(at->path());
  }
  if (fault) throw io_failure(fmt::format("cannot read the folder '{}': {}", folder.string(), fault.message()));
  std::sort(files.begin(), files.end());
  return files;
}

// The best hit of each item in one file, put down where there is one.
void look(const logo::Gallery& gallery, const fs::path& file, const Medium& medium, Measured& all,
          const std::function<void()>& stop) {
  std::vector<FalseHit> best(gallery.items.size());
  medium.pictures([&](const ear_picture& picture) {
    for (const logo::Hit& hit : gallery.finder.find(logo::picture_of(picture), 0.02, stop).hits) {
      FalseHit& known = best[gallery.views[hit.view].item];
      if (hit.score > known.score) known = {file, hit.score, gallery.views[hit.view].file};
    }
    return true;
  });
  for (std::size_t i = 0; i < best.size(); ++i)
    if (best[i].score > 0) all.worst[i].push_back(std::move(best[i]));
}

}  // namespace

Measured measure(const MediaService& media, const logo::Gallery& gallery, const fs::path& folder,
                 const std::function<void()>& seen, const std::function<void()>& stop) {
  Measured all;
  all.worst.resize(gallery.items.size());
  for (const fs::path& file : files_below(folder)) {
    stop();
    try {
      const Medium medium = logo::open_file(media, file.string());
      if (!medium.has(EAR_HAS_PICTURES)) continue;
      look(gallery, file, medium, all, stop);
      ++all.pictures;
    } catch (const Error& e) {
      if (e.status == EAR_CANCELLED) throw;
      all.faults.emplace_back(file, e.what());
    }
    seen();
  }
  for (auto& hits : all.worst)
    std::stable_sort(hits.begin(), hits.end(), [](auto& a, auto& b) { return a.score > b.score; });
  return all;
}

double recommended(const std::vector<FalseHit>& hits) {
  const double worst = hits.empty() ? 0 : hits.front().score;
  // Half of what is left above the worst, as the next picture may be a little worse; rounded up.
  const double above = worst + std::min(0.05, (1 - worst) / 2);
  return std::clamp(std::ceil(above * 100) / 100, logo::kThreshold, 0.99);
}

}  // namespace earshot::logo_check
