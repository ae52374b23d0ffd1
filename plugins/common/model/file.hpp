// file.hpp: a model as a file, or embedded in a plugin. Free functions; any thread.
//
//   "EARMODEL"  u32 version (1; 2: with a lexicon)  u32 bytes of header  u64 bytes of weights  u64 FNV-1a of all that
//   follows header: JSON, see Info       weights: (varint step to the next bucket that has any, outputs x i8)...
//
// Little endian. A file from outside is judged before anything is allocated by its word: what does not fit is refused.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "model/linear.hpp"

namespace earshot::model {

class BadModel : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

std::string write(const Model& model);
void write(const Model& model, const std::filesystem::path& path);

// Throws BadModel, which says what is wrong and what to do. `name` stands in the message.
std::shared_ptr<const Model> read(std::string_view bytes, const std::string& name);
std::shared_ptr<const Model> read(const std::filesystem::path& path);
// A file of models, of so many MiB at the most. Throws BadModel.
std::string bytes_of(const std::filesystem::path& path, std::uintmax_t most_mib);

}  // namespace earshot::model
