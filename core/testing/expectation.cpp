#include "testing/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/utf8.hpp"
#include "config/units.hpp"

namespace earshot::host {
namespace {

constexpr std::size_t kShown = 20;  // of what was there instead

std::string visible(std::string_view text) {
  std::string out;
  append_visible(out, text);
  return out;
}

// {kind: mention, subject: acme}
std::string shown(const Value& map) {
  std::string out;
  for (const Value& item : map.items)
    if (item.key != "none") out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", item.key, visible(item.text));
  return "{" + out + "}";
}

std::string shown(const CapturedFinding& f, const std::string& post) {
  std::string out = fmt::format("{{post: {}, kind: {}", visible(post), visible(f.kind));
  if (!f.subject.empty()) out += ", subject: " + visible(f.subject);
  if (!f.value.empty()) out += ", value: " + visible(f.value);
  out += ", detector: " + visible(f.detector);
  if (!f.text.empty()) out += ", text: " + visible(f.text);
  return out + fmt::format(", score: {:.3g}}}", f.score);
}

std::string shown(const CapturedAlert& a) {
  return fmt::format("{{kind: {}, subject: {}, detector: {}}}: {}", visible(a.kind), visible(a.subject),
                     visible(a.detector), visible(a.summary));
}

bool says(const Value& map, std::string_view key, std::string_view actual) {
  const Value* wanted = map.find(key);
  return wanted == nullptr || wanted->text == actual;
}

bool none_wanted(const Value& map) {
  const Value* none = map.find("none");
  return none != nullptr && none->text == "true";
}

// ">0.8", ">=0.8", "<0.2", "<=0.2" or "1", which is met as far as two digits show.
struct Bound {
  std::string_view sign;
  double number = 0;

  static std::optional<Bound> read(std::string_view text) {
    Bound bound;
    for (const std::string_view sign : {">=", "<=", ">", "<"})
      if (bound.sign.empty() && text.starts_with(sign)) bound.sign = text.substr(0, sign.size());
    text.remove_prefix(bound.sign.size());
    while (text.starts_with(' ')) text.remove_prefix(1);
    const std::optional<double> number = read_real(text);
    if (!number) return std::nullopt;
    bound.number = *number;
    return bound;
  }
  bool holds(double score) const {
    if (sign == ">=") return score >= number;
    if (sign == "<=") return score <= number;
    if (sign == ">") return score > number;
    return sign == "<" ? score < number : std::abs(score - number) <= 0.005;
  }
};

class Comparison {
 public:
  Comparison(const TestPlan& test, const Plan& plan, const Stage& stage) : test_(test), plan_(plan), stage_(stage) {
    for (CapturedPost& post : stage.all_posts())
      for (CapturedFinding& finding : post.findings) findings_.push_back({post.id, std::move(finding), false});
    for (const auto& [id, alert] : stage.alerts()) alerts_.push_back({alert, false});
  }

  std::vector<Difference> operator()() {
    for (const TestEntry& entry : test_.findings) finding(entry);
    for (const TestEntry& entry : test_.alerts) alert(entry);
    for (const TestEntry& entry : test_.sinks) sink(entry);
    if (test_.exact) nothing_else();
    return std::move(out_);
  }

 private:
  struct Finding {
    std::string post;
    CapturedFinding said;
    bool expected = false;
  };
  struct Alert {
    CapturedAlert said;
    bool expected = false;
  };

  void tell(const Position& at, std::string expected, std::vector<std::string> instead) {
    if (instead.size() > kShown) {
      const std::size_t more = instead.size() - kShown;
      instead.resize(kShown);
      instead.push_back(fmt::format("and {} more", more));
    }
    out_.push_back({at, std::move(expected), std::move(instead)});
  }

  void finding(const TestEntry& entry) {
    std::optional<Bound> bound;
    if (const Value* score = entry.find("score"); score != nullptr && !(bound = Bound::read(score->text)))
      return tell(entry.at, fmt::format("a finding {}", shown(entry)),
                  {fmt::format("'{}' is no score: write 0.9, or >0.8", visible(score->text))});
    std::vector<std::string> hits, near;
    for (Finding& one : findings_) {
      if (!says(entry, "post", one.post)) continue;
      near.push_back(shown(one.said, one.post));
      const bool hit = says(entry, "kind", one.said.kind) && says(entry, "subject", one.said.subject) &&
                       says(entry, "value", one.said.value) && says(entry, "detector", one.said.detector) &&
                       says(entry, "text", one.said.text) && (!bound || bound->holds(one.said.score));
      if (!hit) continue;
      one.expected = true;
      hits.push_back(near.back());
    }
    if (none_wanted(entry)) {
      if (!hits.empty()) tell(entry.at, "no finding " + shown(entry), std::move(hits));
    } else if (hits.empty()) {
      if (near.empty()) near.emplace_back("no finding at all");
      tell(entry.at, "a finding " + shown(entry), std::move(near));
    }
  }

  void alert(const TestEntry& entry) {
    std::vector<std::string> hits, near;
    for (Alert& one : alerts_) {
      near.push_back(shown(one.said));
      if (!says(entry, "kind", one.said.kind) || !says(entry, "subject", one.said.subject) ||
          !says(entry, "detector", one.said.detector))
        continue;
      one.expected = true;
      hits.push_back(near.back());
    }
    if (none_wanted(entry)) {
      if (!hits.empty()) tell(entry.at, "no alert " + shown(entry), std::move(hits));
    } else if (hits.empty()) {
      if (near.empty()) near.emplace_back("no alert at all");
      tell(entry.at, "an alert " + shown(entry), std::move(near));
    }
  }

  void sink(const TestEntry& entry) {
    std::vector<std::string> there, wanted;
    for (const CapturedPost& post : stage_.posts(entry.key))
      if (!post.gone) there.push_back(post.id);
    for (const Value& post : entry.items) wanted.push_back(post.text);
    std::sort(there.begin(), there.end());
    std::sort(wanted.begin(), wanted.end());
    const bool met =
        test_.exact ? there == wanted : std::includes(there.begin(), there.end(), wanted.begin(), wanted.end());
    if (met) return;
    std::string instead =
        there.empty() ? "no post came to it" : fmt::format("[{}]", visible(fmt::format("{}", fmt::join(there, ", "))));
    for (const ComponentPlan& one : plan_.sinks)
      if (one.id == entry.key && one.takes == Takes::alerts) instead += "; it takes alerts only";
    tell(entry.at,
         fmt::format("in the sink {} {}the posts [{}]", entry.key, test_.exact ? "exactly " : "",
                     visible(fmt::format("{}", fmt::join(wanted, ", ")))),
         {instead});
  }

  // What was not asked for, as far as the test speaks of such things at all.
  void nothing_else() {
    std::vector<std::string> findings, alerts;
    for (const Finding& one : findings_)
      if (!one.expected) findings.push_back(shown(one.said, one.post));
    for (const Alert& one : alerts_)
      if (!one.expected) alerts.push_back(shown(one.said));
    if (!findings.empty()) tell(test_.at, "exactly these findings and no other", std::move(findings));
    if (!alerts.empty()) tell(test_.at, "exactly these alerts and no other", std::move(alerts));
  }

  const TestPlan& test_;
  const Plan& plan_;
  const Stage& stage_;
  std::vector<Finding> findings_;
  std::vector<Alert> alerts_;
  std::vector<Difference> out_;
};

}  // namespace

std::vector<Difference> differences(const TestPlan& test, const Plan& plan, const Stage& stage) {
  return Comparison(test, plan, stage)();
}

}  // namespace earshot::host
