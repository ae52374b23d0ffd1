// template.hpp: a user's own form: text with {{fields}} in it, a small part of Mustache. What is put in is always
// escaped for the kind of text that it goes into; there is no way to put in anything raw.
//
//   {{field}} {{map.field}} {{.}}    a value of the message (docs/delivery.md); a list or map as JSON
//   {{#list}}…{{/list}}              once for each item, in which `first` and `last` are known
//   {{#field}}…{{/field}}            where the field is there and neither empty, false nor 0
//   {{^field}}…{{/field}}            where it is not
//   {{! a comment }}
//
// A value; any thread.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::webhook {

enum class Escape { json, html, form, text };
Escape escape_for(std::string_view content_type);

class Template {
 public:
  // Throws invalid, with the byte at fault.
  Template(std::string_view text, Escape escape);
  std::string write(const boost::json::value& message) const;

 private:
  struct Part {
    enum class Kind { text, field, each, unless } kind = Kind::text;
    std::string text;  // or the field's name
    std::vector<Part> inner;
  };
  // The values that names are looked up in, the innermost last.
  struct Scope {
    std::vector<const boost::json::value*> values;
    bool is_item = false, first = false, last = false;
  };
  static constexpr std::size_t kMost = 1 << 20;  // bytes that are written

  std::vector<Part> read(std::string_view text, std::size_t& at, std::string_view until, int depth) const;
  void write(const std::vector<Part>& parts, const Scope& scope, std::string& out) const;
  void write_each(const Part& part, const Scope& scope, std::string& out) const;
  void write_field(const Part& part, const Scope& scope, std::string& out) const;

  Escape escape_;
  std::vector<Part> parts_;
};

}  // namespace earshot::webhook
