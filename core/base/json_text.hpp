// json_text.hpp: writes JSON to the end of a string. Text that is not UTF-8 and control characters come out as valid
// JSON all the same. The caller keeps the order (a key before each value of an object); commas are set here.
//
//   JsonText json(line);
//   json.open('{').field("id", post.id).key("tags").open('[').value("a").value(2).close(']').close('}');
//
// One thread for an instance.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace earshot::host {

// Appends `text` in quotes.
void append_json(std::string& out, std::string_view text);

class JsonText {
 public:
  explicit JsonText(std::string& out) : out_(&out) {}

  JsonText& open(char bracket) {
    comma();
    *out_ += bracket;
    first_ = true;
    return *this;
  }
  JsonText& close(char bracket) {
    *out_ += bracket;
    first_ = false;
    return *this;
  }
  JsonText& key(std::string_view name) {
    comma();
    append_json(*out_, name);
    *out_ += ':';
    first_ = true;
    return *this;
  }
  template <class T>
  JsonText& value(const T& item) {
    comma();
    if constexpr (std::is_same_v<T, bool>) {
      *out_ += item ? "true" : "false";
    } else if constexpr (std::is_same_v<T, std::nullptr_t>) {
      *out_ += "null";
    } else if constexpr (std::signed_integral<T>) {
      put(static_cast<std::int64_t>(item));
    } else if constexpr (std::unsigned_integral<T>) {
      put(static_cast<std::uint64_t>(item));
    } else if constexpr (std::floating_point<T>) {
      put(static_cast<double>(item));
    } else {
      append_json(*out_, std::string_view(item));
    }
    return *this;
  }
  template <class T>
  JsonText& field(std::string_view name, const T& item) {
    return key(name).value(item);
  }
  // `text` is JSON already.
  JsonText& raw(std::string_view text) {
    comma();
    *out_ += text;
    return *this;
  }

 private:
  void comma() {
    if (!first_) *out_ += ',';
    first_ = false;
  }
  void put(std::int64_t number);
  void put(std::uint64_t number);
  void put(double number);  // the shortest text that reads back the same; null where it is no number

  std::string* out_;
  bool first_ = true;
};

}  // namespace earshot::host
