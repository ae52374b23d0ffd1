// schema_rules.hpp: where in a plugin a rule is broken, for the message. One thread.
#pragma once

#include <string>
#include <string_view>

#include "plugin/descriptor.hpp"

namespace earshot::host {

// `text` in single quotes, made safe to show, at most 80 bytes of it.
std::string in_marks(std::string_view text);

// "org.example.bad: detector 'shout': option 'share'": each part inside the one before.
class Where {
 public:
  explicit Where(const ModuleSchema& module);
  Where in(const ComponentSchema& component) const;
  Where in(const OptionSchema& option) const;
  [[noreturn]] void fail(const std::string& rule) const;  // throws Failure

 private:
  std::string text_;
};

}  // namespace earshot::host
