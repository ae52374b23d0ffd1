// key.hpp: the command key. For the thread of the command.
#pragma once

#include <earshot/command.hpp>
#include <filesystem>

namespace earshot::unseal {

struct KeyOptions {
  std::filesystem::path make;

  static constexpr auto schema() {
    using O = KeyOptions;
    return earshot::schema(option<&O::make>("new", "The file to make", {.example = "secrets/acme.key"}));
  }
};

class MakeKey : public Command<KeyOptions> {
 public:
  static constexpr Info info{"key", "Makes a key file, to seal with and for pseudonyms"};
  static constexpr const char* usage = "";
  static constexpr const char* examples = "earshot key --new secrets/acme.key";

  int run(std::span<const std::string_view> arguments, CommandIo& io);
};

}  // namespace earshot::unseal
