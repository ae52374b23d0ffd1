// place_pack PLACES.tsv.zst TABLE: see pack.hpp.
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "place/pack/pack.hpp"

int main(int argc, char** argv) {
  try {
    if (argc != 3) throw std::runtime_error("usage: place_pack PLACES.tsv.zst TABLE");
    std::ifstream in(argv[1], std::ios::binary);
    const std::string places{std::istreambuf_iterator<char>(in), {}};
    if (places.empty()) throw std::runtime_error(std::string("cannot read ") + argv[1]);
    std::ofstream out(argv[2], std::ios::binary);
    out << earshot::place::packed_table(places);
    if (!out.flush()) throw std::runtime_error(std::string("cannot write ") + argv[2]);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "place_pack: %s\n", e.what());
    return 1;
  }
}
