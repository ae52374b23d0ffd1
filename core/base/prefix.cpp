#include "base/prefix.hpp"

namespace earshot::host {

std::filesystem::path prefix(std::error_code& fault) {
  return std::filesystem::read_symlink("/proc/self/exe", fault).parent_path().parent_path();
}

}  // namespace earshot::host
