#include "plugin/library.hpp"

#define BOOST_DLL_USE_STD_FS
#include <dlfcn.h>

#include <boost/dll/shared_library.hpp>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace earshot::host {
namespace {

namespace dll = boost::dll;

// Never deepbind, which sanitizers refuse. The cast is how a flag passes that Boost.DLL has no name for.
constexpr auto kMode =
    dll::load_mode::rtld_now | dll::load_mode::rtld_local | static_cast<dll::load_mode::type>(RTLD_NODELETE);

// Of "boost::dll::… failed (dlerror system message: PATH: what is wrong): stale errno" what the loader said itself.
std::string loader_text(std::string_view what, const std::string& path) {
  constexpr std::string_view kBefore = "dlerror system message: ", kBehind = "): ";
  if (const auto at = what.find(kBefore); at != std::string_view::npos) what.remove_prefix(at + kBefore.size());
  if (const auto end = what.rfind(kBehind); end != std::string_view::npos) what = what.substr(0, end);
  if (what.starts_with(path + ": ")) what.remove_prefix(path.size() + 2);
  return std::string(what);
}

}  // namespace

const ear_module& load_library(const std::filesystem::path& file) {
  try {
    const dll::shared_library library(file, kMode);
    return library.get<const ear_module>("earshot_module");
  } catch (const dll::fs::system_error& error) {
    throw Failure("cannot be loaded: " + loader_text(error.what(), file.string()));
  }
}

}  // namespace earshot::host
