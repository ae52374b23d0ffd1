// letter.hpp: a message as a mail: its headers, its text and its HTML. Headers hold no line break but those that are
// put in here, whatever detectors and posts say. Values and free functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "delivery/envelope.hpp"

namespace earshot::email {

struct Address {
  std::string name, address;  // "Brand desk", "desk@example.org"
  std::string domain() const { return address.substr(address.find('@') + 1); }
};
// "a@b.org" or "Name <a@b.org>". Throws invalid.
Address read_address(const std::string& text);

struct Picture {
  std::string id, png;  // `id`: what HTML names as cid:ID
};

struct Letter {
  std::vector<std::string> headers;  // each a line, folded where it is long
  std::string text, html;
  std::vector<Picture> pictures;
};

struct Sender {
  Address from;
  std::vector<Address> to;
  std::string prefix;  // of the subject
  bool charts = true;
};

Letter write_letter(const delivery::Envelope& envelope, const Sender& sender, const delivery::Zone& zone);

// A header whose value may be any text: RFC 2047 where it is not plain ASCII.
std::string header(const std::string& name, std::string_view value);

}  // namespace earshot::email
