// shown.hpp: a dashboard over a store of a test's own, in a browser. One thread.
#pragma once

#include <stdexcept>

#include "../store/filled.hpp"
#include "alert_book/outbox.hpp"
#include "browser/browser.hpp"

namespace earshot::testing {

class Shown {
 public:
  // `media`: the folder of files that may be shown.
  explicit Shown(const std::function<void(SinkHarness&)>& fill, const std::string& media = {}) : filled(fill) {
    if (!media.empty()) sink.option("media", media);
    std::filesystem::create_directories(state);
    sink.service(EAR_STORE_1, &filled.table());
    sink.state_dir(state);
    sink.start();
    const std::string told = sink.log_text();
    const auto at = told.find("http://");
    if (at == told.npos) throw std::runtime_error("the dashboard does not say where it is: " + told);
    address = told.substr(at, told.find_first_of(" \n", at) - at);
    page.emplace(filled.folder / "browser", address);
  }

  // Goes to a page of it: "/posts?q=acme".
  void open(const std::string& path) {
    page->evaluate("location.hash = '#" + path + "'");
    if (!page->wait("document.querySelector('main').getAttribute('aria-busy') === 'false'"))
      throw std::runtime_error("the page stays busy: " + path);
  }
  // An alert that the pipeline keeps; its id.
  std::string raise(std::string_view summary) {
    TestAlert alert;
    alert.kind = "spike", alert.subject = "acme", alert.summary = summary, alert.severity = 8;
    alert.start = alert.end = sink.now(), alert.revision = 1;
    std::pmr::monotonic_buffer_resource memory;
    const alert_book::Alert said = alert_book::alert_of(*freeze(alert, memory));
    alert_book::Outbox(state, "chat").put({said}, ticks(sink.now()));
    return said.id;
  }

  Filled filled;
  std::string state = filled.folder / "state";
  SinkHarness sink{loaded("dashboard"), {{"listen", "127.0.0.1:0"}, {"store", filled.path}}};
  std::string address;
  std::optional<browser::Page> page;
};

}  // namespace earshot::testing
