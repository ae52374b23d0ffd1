// Signed links: what one allows, it allows only so, and only in time.
#include "alert_book/links.hpp"

#include <catch2/catch.hpp>

using namespace earshot::alert_book;
using Catch::EndsWith;
using Catch::StartsWith;

namespace {

const std::string kKey(32, 'k');
constexpr std::int64_t kUntil = 1'767'225'600;
constexpr ear_time kBefore = (kUntil - 1) * 1'000'000'000;
const Permission kAck{"ack", "00112233445566778899aabbccddeeff", kUntil, "mail"};

}  // namespace

TEST_CASE("a signature holds for what was signed, until its time is over") {
  const std::string given = signature(kKey, kAck);
  CHECK(given.size() == 64);
  CHECK(holds(kKey, kAck, given, kBefore));
  CHECK_FALSE(holds(kKey, kAck, given, kBefore + 1'000'000'000));
}

TEST_CASE("a signature holds for nothing else") {
  const std::string given = signature(kKey, kAck);
  for (const Permission& other :
       {Permission{"close", kAck.alert, kUntil, "mail"},
        Permission{"ack", "00112233445566778899aabbccddeefe", kUntil, "mail"},
        Permission{"ack", kAck.alert, kUntil + 1, "mail"}, Permission{"ack", kAck.alert, kUntil, "chat"}})
    CHECK_FALSE(holds(kKey, other, given, kBefore));
  CHECK_FALSE(holds(std::string(32, 'x'), kAck, given, kBefore));
}

TEST_CASE("what is no signature is refused") {
  const std::string given = signature(kKey, kAck);
  for (const std::string& wrong : {std::string(), given.substr(1), given + "0", std::string(64, 'g'),
                                   std::string(64, '\0'), given.substr(0, 63) + " "})
    CHECK_FALSE(holds(kKey, kAck, wrong, kBefore));
  CHECK_THROWS(signature("short", kAck));
}

TEST_CASE("a link says what it allows, with everything escaped that is no plain letter") {
  const std::string link = signed_link("https://watch.example.org/e", kKey, {"ack", kAck.alert, kUntil, "a&b=c d"});
  CHECK_THAT(link, StartsWith("https://watch.example.org/e/alerts/00112233445566778899aabbccddeeff/ack?until=1767225600"
                              "&via=a%26b%3Dc%20d&sig="));
}
