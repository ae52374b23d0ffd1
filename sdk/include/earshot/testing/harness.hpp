// testing/harness.hpp: what the harnesses of all kinds share. Everything that stands before the first call is set up
// in any order; the component is created by the first call that needs it. One thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "earshot/testing/component.hpp"
#include "earshot/testing/posts.hpp"

namespace earshot::testing {

using Names = std::vector<std::string>;

class HarnessBase {
 public:
  explicit HarnessBase(const ear_component& table, std::vector<Setting> options = {})
      : component_(table, std::move(options)) {}

  void option(std::string name, Tree value) { component_.set_option({std::move(name), std::move(value)}); }
  // One thing to watch: h.watch("acme", {"Acme", "Acme Corp"}, {{"handles", {"acme"}}}).
  void watch(std::string id, const Names& names, std::initializer_list<Setting> more = {}) {
    Tree item = map(more);
    item.items.insert(item.items.begin(), Tree(names));
    item.items.front().key = "names";
    item.items.insert(item.items.begin(), Tree(std::move(id)));
    item.items.front().key = "id";
    component_.host().watch(std::move(item));
  }
  void secret(std::string name, std::string value) { component_.host().add_secret(std::move(name), std::move(value)); }
  // `table` outlives the harness.
  void service(std::string id, const void* table) { component_.host().add_service(std::move(id), table); }
  void config(Tree tree) { component_.host().set_config(std::move(tree)); }
  void state_dir(std::string folder) { component_.host().set_state_dir(std::move(folder)); }

  Time now() { return component_.host().now(); }
  void now(Time t) { component_.host().set_now(t); }
  void now(std::string_view rfc3339) { now(at(rfc3339)); }
  void cancel(bool yes = true) { component_.host().cancel(yes); }
  std::vector<LogLine> logged() { return component_.host().logged(); }
  // What is logged as one text, to search in.
  std::string log_text() {
    std::string all;
    for (const LogLine& line : logged()) all += line.text + '\n';
    return all;
  }
  double metric(std::string_view name) { return component_.host().metric(name); }

  void create() { component_.create(); }
  void start() { component_.start(); }
  void stop() { component_.stop(); }
  void destroy() { component_.destroy(); }
  const State& save(bool whole = false) { return component_.create(), component_.save(whole); }
  void reload() { component_.reload(); }
  State& state() { return component_.state(); }
  // Turns the clock, and makes every tick that is due by then.
  void pass(Duration time) {
    const Time until = now() + time;
    start();
    if (const ear_component& t = component_.table(); t.next_tick != nullptr && t.tick != nullptr)
      for (int i = 0; i < 100000 && t.next_tick(component_.self()) <= ticks(until); ++i) {
        now(std::max(now(), earshot::time(t.next_tick(component_.self()))));
        component_.call("tick", [&](ear_error* e) { return t.tick(component_.self(), ticks(now()), e); });
      }
    now(until);
  }
  void erase(std::string_view platform, std::string_view author) {
    start();
    component_.call("erase", [&](ear_error* e) {
      return component_.table().erase(component_.self(), str(platform), str(author), e);
    });
  }

 protected:
  ComponentUnderTest component_;
};

}  // namespace earshot::testing
