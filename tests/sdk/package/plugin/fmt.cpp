#include "fmt.hpp"

std::string fmt::v9::vformat(std::string_view format, int arguments) {
  return "the vendor's fmt: " + std::string(format) + std::to_string(arguments);
}
