#include "check/rule.hpp"

#include <algorithm>

#include "check/abi_text.hpp"

namespace earshot::check {

std::span<const Rule> rules() {
  static const std::vector<Rule> all = [] {
    std::vector<Rule> list;
    for (const auto part : {file_rules(), option_rules(), life_rules(), detector_rules(), source_rules(), sink_rules()})
      list.insert(list.end(), part.begin(), part.end());
    return list;
  }();
  return all;
}

const Rule* find_rule(std::string_view name) {
  const auto all = rules();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Rule& rule) { return rule.name == name; });
  return found == all.end() ? nullptr : &*found;
}

int abi_line(std::string_view words) {
  const std::size_t at = kAbiText.find(words);
  if (at == std::string_view::npos) return 0;
  return 1 + static_cast<int>(std::count(kAbiText.begin(), kAbiText.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace earshot::check
