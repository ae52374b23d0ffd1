// request.hpp: what a client asks for. Values and free functions; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace earshot::web {

struct Request {
  std::string method;                                      // GET, HEAD, POST …
  std::string path;                                        // decoded, with the slash in front
  std::map<std::string, std::string, std::less<>> query;   // decoded; a name that comes twice has its last value
  std::map<std::string, std::string, std::less<>> fields;  // of the header, names in small letters
  std::string body;
  std::string peer;  // the address of the client

  // Empty where it is not there.
  std::string_view parameter(std::string_view name) const;
  std::string_view field(std::string_view name) const;
  std::string_view cookie(std::string_view name) const;
};

// "/search?q=a%20b" into path and query. Nothing: it is none, or its escapes are broken.
std::optional<Request> read_target(std::string_view target);

// "a=1&b=x+y", as of an address or of a form.
std::optional<std::map<std::string, std::string, std::less<>>> read_form(std::string_view text);

}  // namespace earshot::web
