// trial.hpp: a component made ready for a rule: the harness of earshot/testing.hpp around the spy's table, with
// options, secrets and a watchlist. One thread for an instance.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "check/rule.hpp"
#include "earshot/testing.hpp"

namespace earshot::check {

template <class Harness>
class Trial : public Harness {
 public:
  using Harness::Harness;
  testing::TestHost& host() { return this->component_.host(); }
  void* self() { return this->component_.self(); }
};

// Secrets for each option that names one, two watch items, a state folder, and no services.
void set_up(const Subject& subject, testing::TestHost& host);

// The options to use: those given, and the example of each required one that is not.
std::vector<testing::Setting> usable_options(const ear_component& component, std::vector<testing::Setting> given);

template <class Harness>
std::unique_ptr<Trial<Harness>> trial(const Subject& subject) {
  auto made = std::make_unique<Trial<Harness>>(*subject.component, usable_options(*subject.component, subject.options));
  set_up(subject, made->host());
  return made;
}

// Makes the call; where the component answers it with an error in words, the rule cannot be tried.
template <class Call>
void or_skip(const char* what, Call&& call) {
  try {
    call();
  } catch (const testing::CallFailed& failed) {
    throw Skipped(std::string("it does not ") + what + " here; options can be given by --option NAME=VALUE. " +
                  failed.what());
  } catch (const std::invalid_argument& fault) {
    throw Skipped(std::string(fault.what()) + "; options can be given by --option NAME=VALUE");
  }
}
template <class Harness>
std::unique_ptr<Trial<Harness>> started(const Subject& subject) {
  auto made = trial<Harness>(subject);
  or_skip("start", [&] { made->start(); });
  return made;
}

// Throws Broken with the first line in which they differ.
void expect_same(const std::string& expected, const std::string& got, const std::string& how);

// What a component of any kind does in a short life: posts, deliveries or polls, a save, and the end.
// `once_started` is called when everything of `create` and `start` is behind it.
void live(
    const Subject& subject, const std::function<void()>& once_started = [] {});

// `text` for a reason: at most 200 bytes, made safe to show.
std::string shown(std::string_view text);

}  // namespace earshot::check
