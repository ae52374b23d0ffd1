#include "check/trial.hpp"

#include <sstream>

#include "base/utf8.hpp"
#include "check/corpus.hpp"
#include "check/spy.hpp"

namespace earshot::check {

using testing::Setting;

namespace {

constexpr const char* kSecret = "a-secret-of-the-check";

testing::Tree watch_item(const char* id, const testing::Names& names, const char* handle) {
  testing::Tree item =
      testing::map({{"id", id}, {"names", testing::Tree(names)}, {"handles", testing::Tree(testing::Names{handle})}});
  return item;
}

}  // namespace

void set_up(const Subject& subject, testing::TestHost& host) {
  host.raw().service = no_service;
  host.set_state_dir("state");  // in the folder of this check; made by whoever needs it
  host.watch(watch_item("acme", {"Acme", "Acme Corp"}, "acme"));
  host.watch(watch_item("zentrix", {"Zentrix"}, "zentrix_help"));
  host.add_secret(kSecret, "s3cr3t");
  for (const Setting& setting : subject.options) host.add_secret(setting.value.text, "s3cr3t");
}

std::vector<Setting> usable_options(const ear_component& component, std::vector<Setting> given) {
  for (std::uint32_t i = 0; i < component.option_count; ++i) {
    const ear_option& option = testing::option_line(component, i);
    const bool there = std::any_of(given.begin(), given.end(), [&](const Setting& s) { return s.name == option.name; });
    if (there || (option.flags & EAR_OPTION_REQUIRED) == 0) continue;
    if (option.type == EAR_SECRET)
      given.push_back({option.name, kSecret});
    else if (option.example != nullptr)
      given.push_back({option.name, testing::read_yaml(option.example)});
  }
  return given;
}

void expect_same(const std::string& expected, const std::string& got, const std::string& how) {
  if (expected == got) return;
  std::istringstream one(expected), other(got);
  std::string left, right;
  while (true) {
    const bool more_left = static_cast<bool>(std::getline(one, left));
    const bool more_right = static_cast<bool>(std::getline(other, right));
    if (!more_left) left = "nothing more";
    if (!more_right) right = "nothing more";
    if (left != right || (!more_left && !more_right)) break;
  }
  throw Broken(how + " gives other answers: \"" + shown(right) + "\" instead of \"" + shown(left) + "\"");
}

std::string shown(std::string_view text) {
  std::string out;
  host::append_visible(out, text.substr(0, 200));
  return text.size() > 200 ? out + "…" : out;
}

namespace {

void live_detector(const Subject& subject, const std::function<void()>& once_started) {
  auto h = started<testing::DetectorHarness>(subject);
  once_started();
  h->chunking({13, false});
  for (testing::TestPost& p : posts(subject.seed)) h->add(std::move(p));
  h->gap("2026-05-01T00:00:00Z", "2026-05-01T01:00:00Z");
  h->run();
  h->end();
  h->save(true);
  h->stop();
}
void live_source(const Subject& subject, const std::function<void()>& once_started) {
  auto h = started<testing::SourceHarness>(subject);
  once_started();
  or_skip("open", [&] { h->open(); });
  for (int i = 0; i < 5 && h->poll() == EAR_OK;) ++i;
  h->save(true);
  h->committed(h->cursor());
  h->stop();
}
void live_sink(const Subject& subject, const std::function<void()>& once_started) {
  auto h = started<testing::SinkHarness>(subject);
  once_started();
  for (const testing::TestPost& p : posts(subject.seed, 40)) h->post() = p;
  h->alert("spike", "acme");
  h->gap("2026-05-01T00:00:00Z", "2026-05-01T01:00:00Z");
  h->write(7);
  h->flush();
  h->save(true);
  h->stop();
}

}  // namespace

void live(const Subject& subject, const std::function<void()>& once_started) {
  try {
    switch (subject.component->kind) {
      case EAR_DETECTOR:
        return live_detector(subject, once_started);
      case EAR_SOURCE:
        return live_source(subject, once_started);
      case EAR_SINK:
        return live_sink(subject, once_started);
      default: {
        auto h = started<testing::HarnessBase>(subject);
        h->stop();
      }
    }
  } catch (const testing::CallFailed& failed) {
    throw Skipped(std::string("it cannot work here; options can be given by --option NAME=VALUE. ") + failed.what());
  }
}

}  // namespace earshot::check
