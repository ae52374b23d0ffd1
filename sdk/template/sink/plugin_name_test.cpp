#include "plugin_name.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <iterator>

using earshot::testing::Harness;

namespace {

// A folder of the test's own, gone with it.
struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() /
                               ("plugin_name-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + "-" +
                                std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
  ~Folder() { std::filesystem::remove_all(path); }
  std::string text() const {
    std::string all;
    for (const auto& file : std::filesystem::directory_iterator(path)) {
      std::ifstream in(file.path());
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }
};

}  // namespace

TEST_CASE("a post delivered twice stands once") {
  const Folder folder;
  Harness<PluginName> h{{"folder", folder.path}};
  h.post("acme is down");
  h.write();
  h.redeliver();
  h.flush();
  CHECK(folder.text() == "0\nacme is down\n");
}

TEST_CASE("an edit replaces what was written, and comes to nothing where a newer one stands") {
  const Folder folder;
  Harness<PluginName> h{{"folder", folder.path}};
  h.post("acme is up again").with_id("7").edited(2);
  h.post("acme is down").with_id("7");
  h.write();
  h.flush();
  CHECK(folder.text() == "2\nacme is up again\n");
}
