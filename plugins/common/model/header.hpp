// header.hpp: the JSON part of a model file. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/linear.hpp"

namespace earshot::model {

struct Header {
  Info info;
  std::vector<Output> outputs;
  std::vector<Calibration> calibration;
};

std::string write_header(const Model& model);
// Throws std::runtime_error that says what is wrong.
Header read_header(std::string_view json);

}  // namespace earshot::model
