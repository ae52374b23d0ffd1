// words.hpp: what a message says to people, as plain text without any markup. What detectors and posts say stands in it
// as it is: each form escapes it for its own markup. Free functions; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "delivery/envelope.hpp"

namespace earshot::delivery {

// "Still open, reminder 2", "Acknowledged by ana".
std::string purpose_words(const Envelope& envelope);
// What an alert is about: its subject, or "all posts" where it is about the stream as a whole.
std::string about(const alert_book::Alert& alert);
// One line about all of it: "New alert: acme, spike, severity 8".
std::string title(const Envelope& envelope);
// One sentence about one alert.
std::string sentence(const Item& item);
// "observed" → "143 (31.2 expected, 17.6 to 46.1)".
std::vector<std::pair<std::string, std::string>> facts(const Item& item, const Zone& zone);
// "ana on mastodon".
std::string speaker(const Quote& quote);
std::string number(double value);
// All of it as lines of text, with links where there are any.
std::string plain_text(const Envelope& envelope, const Zone& zone, std::size_t quotes);

// `text` on one line and without control characters, cut at so many characters with "…".
std::string line(std::string_view text, std::size_t characters);
// Each character of `text` by way of `escape`, until the next would not fit into so many bytes.
std::string escaped(std::string_view text, std::size_t bytes,
                    const std::function<std::string(std::string_view)>& escape);
std::string html(std::string_view text);
// A URL that may stand in a link: http or https, and whatever could end it or be markup as %XX. Empty: it is none.
std::string safe_url(std::string_view url);

}  // namespace earshot::delivery
