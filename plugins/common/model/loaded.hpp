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

// What read() makes of a file, or of what is embedded in the plugin.
template <class T>
class Shared {
 public:
  // Throws earshot::Error at option `model` where `read` throws BadModel.
  template <class Read>
  void set(Read&& read) {
    try {
      *held_ = read();
    } catch (const BadModel& e) {
      throw invalid(e.what()).at_option("model");
    }
  }
  const std::shared_ptr<const T>& operator*() const { return *held_; }

 private:
  std::shared_ptr<std::shared_ptr<const T>> held_ = std::make_shared<std::shared_ptr<const T>>();
};

class Loaded : public Shared<Model> {
 public:
  // The model in the file, or without one the model embedded in the plugin.
  void read(const std::optional<std::filesystem::path>& path, std::string_view embedded, const std::string& name) {
    set([&] { return path ? model::read(*path) : model::read(embedded, name); });
  }
};

}  // namespace earshot::model
