// links.hpp: links in messages that let whoever holds one acknowledge, close or mute an alert on a page:
//
//   BASE/alerts/ID/ack?until=1767225600&via=mail&sig=HEX        ack, close or mute; a plain BASE/alerts/ID shows it
//
// The signature is HMAC-SHA256, by the key in the book, over action, id, until and via. A GET of such a link must
// change nothing, since mail scanners and previews follow links: the page shows what it would do and a button that
// POSTs the same query. Free functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "earshot/abi.h"

namespace earshot::alert_book {

// What a link allows. `via` is the channel that it went out by, and the name that the log gets for who did it.
struct Permission {
  std::string_view action;  // ack, close, mute
  std::string_view alert;   // id
  std::int64_t until = 0;   // seconds since 1970; after that it is void
  std::string_view via = {};
};

// 64 hexadecimal digits. `key`: Book::link_key().
std::string signature(std::string_view key, const Permission& permission);

// Whether the signature is of exactly this permission, in constant time, and the time is not over.
bool holds(std::string_view key, const Permission& permission, std::string_view signature, ear_time now);

// The whole link; `base` without a slash at its end.
std::string signed_link(std::string_view base, std::string_view key, const Permission& permission);

}  // namespace earshot::alert_book
