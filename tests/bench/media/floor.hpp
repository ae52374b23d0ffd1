// floor.hpp: the libraries called directly, without any check: what decoding costs at the least. Free functions.
#pragma once

#include <string>
#include <vector>

namespace earshot::bench {

std::vector<unsigned char> plain_jpeg(const std::string& bytes);
std::vector<unsigned char> plain_png(const std::string& bytes);
std::vector<unsigned char> plain_webp(const std::string& bytes);

}  // namespace earshot::bench
