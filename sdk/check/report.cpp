#include "check/report.hpp"

#include <algorithm>

#include "base/json_text.hpp"
#include "check/abi_text.hpp"

namespace earshot::check {

namespace {

constexpr const char* kWords[] = {"pass", "FAIL", "skip"};
constexpr const char* kColours[] = {"\033[32m", "\033[1;31m", "\033[33m"};
constexpr const char* kOutcomes[] = {"pass", "fail", "skip"};

std::string cited(const Rule& rule) {
  return "abi.h:" + std::to_string(abi_line(rule.cites));
}

}  // namespace

std::string line(const Result& result, bool colour) {
  const auto outcome = static_cast<std::size_t>(result.verdict.outcome);
  std::string text = colour ? kColours[outcome] + std::string(kWords[outcome]) + "\033[0m" : kWords[outcome];
  text += "  " + std::string(result.rule->name);
  if (!result.component.empty()) text += "  (" + result.component + ")";
  text += '\n';
  if (result.verdict.outcome == Outcome::fail)
    text += "      " + result.verdict.reason + "\n      The rule (" + cited(*result.rule) +
            "): " + std::string(result.rule->what) + ".\n";
  if (result.verdict.outcome == Outcome::skip) text += "      " + result.verdict.reason + "\n";
  return text;
}

std::string json(const Request& request, const std::vector<Result>& results) {
  std::string out;
  host::JsonText to(out);
  const auto failed =
      std::count_if(results.begin(), results.end(), [](const Result& r) { return r.verdict.outcome == Outcome::fail; });
  to.open('{').field("plugin", request.file.string()).field("seed", request.seed).field("failed", failed);
  to.key("results").open('[');
  for (const Result& r : results)
    to.open('{')
        .field("rule", r.rule->name)
        .field("component", r.component)
        .field("outcome", kOutcomes[static_cast<std::size_t>(r.verdict.outcome)])
        .field("reason", r.verdict.reason)
        .field("what", r.rule->what)
        .field("line", abi_line(r.rule->cites))
        .close('}');
  to.close(']').close('}');
  return out + '\n';
}

std::string list(bool as_json) {
  std::string out;
  host::JsonText to(out);
  if (as_json) to.open('[');
  for (const Rule& rule : rules()) {
    if (as_json)
      to.open('{').field("rule", rule.name).field("what", rule.what).field("line", abi_line(rule.cites)).close('}');
    else
      out += std::string(rule.name) + std::string(rule.name.size() < 26 ? 26 - rule.name.size() : 1, ' ') +
             std::string(rule.what) + " (" + cited(rule) + ")\n";
  }
  if (as_json) to.close(']'), out += '\n';
  return out;
}

}  // namespace earshot::check
