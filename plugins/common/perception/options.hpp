// options.hpp: the options that every detector has that judges how a post speaks of watch items. Values; any thread.
#pragma once

#include <string>
#include <vector>

#include "model/label_options.hpp"

namespace earshot::perception {

struct JudgeOptions {
  double at_least;
  std::vector<std::string> languages;
  std::vector<model::Origin> origins;
};

constexpr auto at_least_option(const char* fallback) {
  return option<&JudgeOptions::at_least>("at_least", "Nothing is said where the answer is less probable than this",
                                         {.fallback = fallback, .max = 1, .flags = EAR_OPTION_RELOADABLE});
}
constexpr auto languages_option() {
  return option<&JudgeOptions::languages>("languages",
                                          "Languages that are judged, of posts whose language is known; `any`: all",
                                          {.fallback = "[en]", .example = "[any]", .flags = EAR_OPTION_RELOADABLE});
}
constexpr auto origins_option() {
  return option<&JudgeOptions::origins>("origins", "Kinds of segments that are read; none: all of them",
                                        {.fallback = "[title, body, speech, caption]", .flags = EAR_OPTION_RELOADABLE});
}

}  // namespace earshot::perception
