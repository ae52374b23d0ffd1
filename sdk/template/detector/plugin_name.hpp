// plugin_name: a detector. It marks the texts that contain a phrase; put what yours is to find in place of it.
#pragma once

#include <earshot/detector.hpp>

// What a pipeline may set. Names, types, defaults and docs of the options are told here and nowhere else.
struct PluginNameOptions {
  std::string phrase;
  static constexpr auto schema() {
    return earshot::schema(
        earshot::option<&PluginNameOptions::phrase>("phrase", "The words to find, as written", {.fallback = "acme"}));
  }
};

class PluginName : public earshot::Detector<PluginNameOptions> {
 public:
  // EAR_STATELESS: no post influences the answer for another, so several workers may run at once.
  static constexpr earshot::Info info{"plugin_name", "Marks texts that contain a phrase", EAR_STATELESS};

  // Checks the options. Nothing outside is touched before start().
  void prepare() {
    if (options().phrase.empty()) throw earshot::invalid("the phrase is empty").at_option("phrase");
  }

  // What the post's views point at is gone when this returns.
  void detect(const earshot::Post& post, earshot::Out& out) {
    for (const earshot::Segment segment : post.segments()) {
      const std::size_t at = segment.text().find(options().phrase);
      if (at == std::string_view::npos) continue;
      out.finding(post, {.kind = "plugin_name",
                         .segment = segment.number(),
                         .begin = static_cast<std::uint32_t>(at),
                         .end = static_cast<std::uint32_t>(at + options().phrase.size()),
                         .value = options().phrase});
    }
  }
};
