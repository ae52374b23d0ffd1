// The alphabet of sounds.
#include "speech/phones.hpp"

#include <catch2/catch.hpp>

using namespace earshot::speech;

TEST_CASE("ARPAbet is read with and without stress, and written without") {
  CHECK(to_arpabet(*from_arpabet("K AO1 R  V OW0")) == "K AO R V OW");
}

TEST_CASE("what is no sound of English is not read as ARPAbet") {
  CHECK_FALSE(from_arpabet("K XX R"));
  CHECK_FALSE(from_arpabet("korvo"));
}

TEST_CASE("IPA becomes ARPAbet, the longest sign first") {
  CHECK(to_arpabet(from_ipa("/zˈɛntɹɪks/")) == "Z EH N T R IH K S");
  CHECK(to_arpabet(from_ipa("t͡ʃeɪndʒ")) == "T SH EY N JH");
  CHECK(to_arpabet(from_ipa("tʃeɪndʒ")) == "CH EY N JH");
  CHECK(to_arpabet(from_ipa("kəmpjˈuːɾɚ")) == "K AH M P Y UW T ER");
}

TEST_CASE("any bytes are taken as IPA without harm") {
  CHECK(from_ipa("\xff\xfe\x80 42 !").empty());
}
