#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <fstream>

#include "../loaded.hpp"
#include "drawn.hpp"

namespace {

using namespace earshot::testing;

const ear_component& command() {
  const std::string file = std::string(EARSHOT_PLUGIN_DIR) + "/logo_check.so";
  void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw std::runtime_error(::dlerror());
  return **static_cast<const ear_module*>(::dlsym(library, "earshot_module"))->components;
}

// A watchlist with Acme's logo, and a folder of two pictures without it and one with.
struct Fixture {
  Folder folder;
  TestMediaService media;
  CommandHarness h{command(), {{"against", folder / "pictures"}}};

  explicit Fixture(bool with_logo) {
    std::filesystem::create_directories(folder / "pictures");
    media.add("acme.png", still(acme_logo()));
    cv::Mat picture = wall(1);
    if (with_logo) put(picture, acme_logo(), {300, 240}, 200, 0);
    for (const auto& [name, shown] : {std::pair{"a.jpg", wall(2)}, {"b.jpg", picture}}) {
      const std::string path = folder / (std::string("pictures/") + name);
      std::ofstream(path) << name;
      media.add(path, still(shown));
    }
    std::ofstream(watchlist()) << "- id: acme\n  names: [Acme]\n  logos: [acme.png]\n";
    h.service(EAR_MEDIA_1, media.table());
  }
  std::string watchlist() const { return folder / "watchlist.yaml"; }
};

}  // namespace

TEST_CASE("logo check counts the pictures that it looked at") {
  Fixture f(false);
  CHECK(f.h.run({"check", f.watchlist()}) == 0);
  CHECK(f.h.out().find("2 pictures that hold none of the logos") == 0);
}

TEST_CASE("logo check shows the picture in which a logo was found") {
  Fixture f(true);
  f.h.run({"check", f.watchlist()});
  CHECK(f.h.out().find("b.jpg as acme.png") != std::string::npos);
}

TEST_CASE("logo check recommends a higher threshold where a logo was found") {
  Fixture f(true);
  f.h.run({"check", f.watchlist()});
  CHECK(f.h.out().find("put this into the watch item acme: logo_threshold: 0.9") != std::string::npos);
}

TEST_CASE("logo check recommends nothing where no logo was found") {
  Fixture f(false);
  f.h.run({"check", f.watchlist()});
  CHECK(f.h.out().find("put this into") == std::string::npos);
}

TEST_CASE("logo check tells what it could not look at") {
  Fixture f(false);
  std::ofstream(f.folder / "pictures/c.txt") << "no picture";
  f.h.run({"check", f.watchlist()});
  CHECK(f.h.err().find("c.txt: there is no such test medium") != std::string::npos);
}

TEST_CASE("logo check warns of a logo that is too small") {
  Fixture f(false);
  cv::Mat small;
  cv::resize(acme_logo(), small, {40, 40}, 0, 0, cv::INTER_AREA);
  f.media.add("acme.png", still(small));
  f.h.run({"check", f.watchlist()});
  CHECK(f.h.out().find("give one of at least 64 pixels") != std::string::npos);
}

TEST_CASE("logo check without a watchlist says how it is called") {
  Fixture f(false);
  CHECK_THROWS_WITH(f.h.run({"check"}), Catch::Contains("earshot logo check WATCHLIST --against FOLDER"));
}
