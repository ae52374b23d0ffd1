// embedded.hpp: the bytes of a model file that the build put into this plugin: earshot_embed_model(TARGET FILE) in its
// CMakeLists.txt. For offensive.model, at the top level of a .cpp:
//
//   EARSHOT_EMBED(offensive)
//   … model::read(embedded_offensive(), "offensive") …
#pragma once

#include <cstddef>
#include <string_view>

// NOLINTBEGIN(bugprone-macro-parentheses): these are parts of names
#define EARSHOT_EMBED(name)                                                                       \
  extern "C" const char earshot_model_##name##_begin[];                                           \
  extern "C" const char earshot_model_##name##_end[];                                             \
  static std::string_view embedded_##name() {                                                     \
    return {earshot_model_##name##_begin,                                                         \
            static_cast<std::size_t>(earshot_model_##name##_end - earshot_model_##name##_begin)}; \
  }
// NOLINTEND(bugprone-macro-parentheses)
