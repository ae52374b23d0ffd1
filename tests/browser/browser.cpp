#include "browser/browser.hpp"

#include <fstream>
#include <stdexcept>

namespace browser {
namespace {

using namespace std::chrono_literals;

std::string program() {
  auto found = Chromium::installed();
  if (!found) throw std::runtime_error("no Chromium is installed");
  return *found;
}

std::string decoded(std::string_view base64) {
  static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : base64) {
    const std::size_t value = kLetters.find(c);
    if (value == kLetters.npos) break;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if ((held += 6) >= 8) out.push_back(static_cast<char>(bits >> (held -= 8) & 0xFF));
  }
  return out;
}

std::string quoted(std::string_view text) {
  return json::serialize(json::string(text));
}

int code_of(std::string_view key) {
  if (key == "Enter") return 13;
  if (key == "Escape") return 27;
  if (key == "Tab") return 9;
  return 0;
}

}  // namespace

Page::Page(const std::string& profile, std::string_view url, Size size) : chromium_(program(), profile) {
  const auto target = chromium_.call("Target.createTarget", {{"url", "about:blank"}});
  const auto attached =
      chromium_.call("Target.attachToTarget", {{"targetId", target.at("targetId")}, {"flatten", true}});
  session_ = attached.at("sessionId").as_string();
  for (const char* domain : {"Page", "Runtime", "Log", "Network"}) call(std::string(domain) + ".enable");
  resize(size);
  go(url);
}

void Page::go(std::string_view url) {
  const auto answer = call("Page.navigate", {{"url", url}});
  if (const auto* fault = answer.if_contains("errorText"))
    throw std::runtime_error(std::string(url) + ": " + json::serialize(*fault));
  wait("document.readyState === 'complete'");
}

json::value Page::evaluate(std::string_view expression) {
  const auto answer =
      call("Runtime.evaluate", {{"expression", expression}, {"returnByValue", true}, {"awaitPromise", true}});
  if (const auto* fault = answer.if_contains("exceptionDetails")) throw std::runtime_error(json::serialize(*fault));
  const auto* value = answer.at("result").as_object().if_contains("value");
  return value == nullptr ? json::value() : *value;
}

std::string Page::text(std::string_view selector) {
  const json::value found = evaluate("(document.querySelector(" + quoted(selector) + ") || {}).innerText || ''");
  return std::string(found.as_string());
}

bool Page::wait(std::string_view expression) {
  const std::string truth = "Boolean(" + std::string(expression) + ")";
  const auto until = std::chrono::steady_clock::now() + 20s;
  while (std::chrono::steady_clock::now() < until) {
    if (evaluate(truth) == true) return true;
    for (const json::object& event : chromium_.events(20ms)) take(event);
  }
  return false;
}

void Page::click(std::string_view selector) {
  const json::value at = evaluate("(() => { const found = document.querySelector(" + quoted(selector) +
                                  "); if (!found) throw 'there is no ' + " + quoted(selector) +
                                  "; found.scrollIntoView({block: 'center'}); const box = "
                                  "found.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / "
                                  "2]; })()");
  for (const char* what : {"mousePressed", "mouseReleased"})
    call("Input.dispatchMouseEvent",
         {{"type", what}, {"x", at.at(0)}, {"y", at.at(1)}, {"button", "left"}, {"clickCount", 1}});
}

void Page::press(std::string_view key) {
  json::object down{{"type", "keyDown"}, {"key", key}};
  if (const int code = code_of(key); code != 0) down["windowsVirtualKeyCode"] = code;
  if (key == "Enter") down["text"] = "\r";
  if (key.size() == 1) down["text"] = key;
  call("Input.dispatchKeyEvent", down);
  call("Input.dispatchKeyEvent", {{"type", "keyUp"}, {"key", key}});
}

void Page::type(std::string_view text) {
  call("Input.insertText", {{"text", text}});
}

void Page::resize(Size size, bool phone) {
  call("Emulation.setDeviceMetricsOverride",
       {{"width", size.width}, {"height", size.height}, {"deviceScaleFactor", 1}, {"mobile", phone}});
}

void Page::prefer(std::string_view scheme) {
  call("Emulation.setEmulatedMedia",
       {{"features", json::array{json::object{{"name", "prefers-color-scheme"}, {"value", scheme}}}}});
}

void Page::save_picture(const std::string& path, bool whole) {
  const auto answer = call("Page.captureScreenshot", {{"format", "png"}, {"captureBeyondViewport", whole}});
  std::ofstream(path, std::ios::binary) << decoded(answer.at("data").as_string());
}

std::vector<std::string> Page::complaints() {
  read_events();
  return complaints_;
}

const std::vector<std::string>& Page::requests() {
  read_events();
  return requests_;
}

double Page::first_paint() {
  const json::value at =
      evaluate("(performance.getEntriesByName('first-contentful-paint')[0] || {startTime: -1}).startTime");
  return at.to_number<double>();
}

json::object Page::call(std::string_view method, json::object parameters) {
  return chromium_.call(method, std::move(parameters), session_);
}

void Page::read_events() {
  for (const json::object& event : chromium_.events(0ms)) take(event);
}

void Page::take(const json::object& event) {
  const json::value* method = event.if_contains("method");
  if (method == nullptr) return;
  const json::object& what = event.at("params").as_object();
  if (*method == "Runtime.exceptionThrown") complaints_.push_back(json::serialize(what.at("exceptionDetails")));
  if (*method == "Log.entryAdded" && what.at("entry").at("level") == "error")
    complaints_.push_back(json::serialize(what.at("entry").at("text")));
  if (*method == "Network.requestWillBeSent") requests_.emplace_back(what.at("request").at("url").as_string());
}

}  // namespace browser
