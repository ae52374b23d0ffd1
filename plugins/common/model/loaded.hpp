// loaded.hpp: a model that one instance of a detector reads in start(), and that the siblings which were copied from it
// before see as well. Written [main] before any worker runs, then constant.
#pragma once

#include <earshot/error.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "model/file.hpp"

namespace earshot::model {

class Loaded {
 public:
  // The model in the file, or without one the model embedded in the plugin. Throws earshot::Error at option `model`.
  void read(const std::optional<std::filesystem::path>& path, std::string_view embedded, const std::string& name) {
    try {
      *model_ = path ? model::read(*path) : model::read(embedded, name);
    } catch (const BadModel& e) {
      throw invalid(e.what()).at_option("model");
    }
  }
  const std::shared_ptr<const Model>& operator*() const { return *model_; }

 private:
  std::shared_ptr<std::shared_ptr<const Model>> model_ = std::make_shared<std::shared_ptr<const Model>>();
};

}  // namespace earshot::model
