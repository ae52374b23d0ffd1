// testing/command.hpp: drives services and commands. One thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/testing/harness.hpp"

namespace earshot::testing {

class ServiceHarness : public HarnessBase {
 public:
  using HarnessBase::HarnessBase;

  // The table that it offers under `id`; nullptr where it does not.
  template <class Table>
  const Table* table(std::string_view id) {
    start();
    return static_cast<const Table*>(component_.table().service->table(component_.self(), str(id)));
  }
};

class CommandHarness : public HarnessBase {
 public:
  using HarnessBase::HarnessBase;

  // The exit code; what was written is in out() and err().
  int run(std::initializer_list<std::string_view> arguments = {}) {
    start();
    std::vector<ear_str> words;
    for (const std::string_view a : arguments) words.push_back(str(a));
    const ear_command_io io{sizeof(ear_command_io),
                            0,
                            0,
                            0,
                            this,
                            [](void* ctx, ear_str text) { static_cast<CommandHarness*>(ctx)->out_ += view(text); },
                            [](void* ctx, ear_str text) { static_cast<CommandHarness*>(ctx)->err_ += view(text); }};
    std::int32_t code = 0;
    component_.call("run", [&](ear_error* e) {
      return component_.table().command->run(component_.self(), words.data(), static_cast<std::uint32_t>(words.size()),
                                             &io, &code, e);
    });
    return code;
  }
  const std::string& out() const { return out_; }
  const std::string& err() const { return err_; }

 private:
  std::string out_, err_;
};

}  // namespace earshot::testing
