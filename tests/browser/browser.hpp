// browser.hpp: a page in a headless Chromium, as somebody sees and uses it. One thread.
//
//   browser::Page page(folder, "http://127.0.0.1:8640/");
//   page.wait("document.querySelector('article')");
//   page.press("/"), page.type("battery"), page.press("Enter");
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "browser/chromium.hpp"

namespace browser {

struct Size {
  int width = 1200, height = 900;
};

class Page {
 public:
  // Throws std::runtime_error where no Chromium is installed; ask Chromium::installed() before.
  Page(const std::string& profile, std::string_view url, Size size = {});

  void go(std::string_view url);
  // The value of a JavaScript expression, which may be a promise. Throws what it throws.
  json::value evaluate(std::string_view expression);
  std::string text(std::string_view selector);  // what is written there; empty where there is no such element
  // Until the expression is true; false after 20 s.
  bool wait(std::string_view expression);

  void click(std::string_view selector);  // the first of them
  void press(std::string_view key);       // as KeyboardEvent.key: "a", "/", "Enter", "Escape", "Tab"
  void type(std::string_view text);

  void resize(Size size, bool phone = false);
  void prefer(std::string_view scheme);  // "light" or "dark"
  void save_picture(const std::string& path, bool whole = false);

  // What the browser complained of since the page was opened: exceptions, refusals of its policy, failed requests.
  std::vector<std::string> complaints();
  // Every address that was asked for.
  const std::vector<std::string>& requests();
  // Milliseconds from the start of the navigation until something was painted; negative while nothing is.
  double first_paint();

 private:
  json::object call(std::string_view method, json::object parameters = {});
  void read_events();
  void take(const json::object& event);

  Chromium chromium_;
  std::string session_;
  std::vector<std::string> complaints_, requests_;
};

}  // namespace browser
