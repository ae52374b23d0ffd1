// command.hpp: write a command: one more verb of `earshot`. Its options are flags of the command line (--store PATH),
// checked and typed as those of a pipeline are. A class with
//
//   static constexpr const char* usage = "POST-ID";
//   static constexpr const char* examples = "earshot explain --store var/acme.db mastodon/1093";   optional
//   int run(std::span<const std::string_view> arguments, earshot::CommandIo&);   [main] the exit code
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "earshot/component.hpp"

namespace earshot {

class CommandIo {
 public:
  explicit CommandIo(const ear_command_io& raw) : raw_(&raw) {}
  bool terminal() const { return raw_->terminal != 0; }
  std::uint32_t width() const { return raw_->width; }
  void out(std::string_view text) { raw_->out(raw_->ctx, str(text)); }
  void error(std::string_view text) { raw_->error(raw_->ctx, str(text)); }

 private:
  const ear_command_io* raw_;
};

namespace detail {

template <class T>
struct CommandCalls {
  static ear_status run(void* self, const ear_str* arguments, std::uint32_t count, const ear_command_io* raw,
                        std::int32_t* exit_code, ear_error* error) noexcept {
    return guarded(error, [&] {
      std::vector<std::string_view> words;
      for (std::uint32_t i = 0; i < count; ++i) words.push_back(view(arguments[i]));
      CommandIo io{*raw};
      *exit_code = Entered<T>(self)->run(std::span<const std::string_view>(words), io);
      return ear_status{EAR_OK};
    });
  }
  static constexpr const char* examples() {
    if constexpr (requires { T::examples; }) return T::examples;
    return nullptr;
  }
};
template <class T>
inline constexpr ear_command command_calls{sizeof(ear_command), 0, T::usage, CommandCalls<T>::examples(),
                                           CommandCalls<T>::run};

}  // namespace detail

template <class OptionsType = NoOptions>
class Command : public Component<OptionsType> {
 public:
  static constexpr std::uint32_t kind = EAR_COMMAND;
  template <class T>
  static constexpr void set_calls(ear_component& component) {
    component.command = &detail::command_calls<T>;
  }
};

}  // namespace earshot
