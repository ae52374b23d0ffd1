#include "table.hpp"

std::span<const DeclaredPlace> declared_places() {
  static constexpr DeclaredPlace table[] = {
      // a city
      {"Berlin", "DE"}, {"berlin", "DE"}, {"BERLIN", "DE"}, {"London", "GB"}, {"Paris", "FR"}, {"Madrid", "ES"},
      {"Moscow", "RU"}, {"Lima", "PE"}, {"Nairobi", "KE"}, {"Mumbai", "IN"}, {"Istanbul", "TR"}, {"Dublin", "IE"},
      {"Manila", "PH"}, {"Singapore", "SG"}, {"Cairo", "EG"}, {"Melbourne", "AU"}, {"Sao Paulo", "BR"},
      {"São Paulo", "BR"}, {"Milano", "IT"}, {"München", "DE"}, {"Wien", "AT"}, {"Москва", "RU"}, {"東京", "JP"},
      {"서울", "KR"}, {"القاهرة", "EG"}, {"Kraków", "PL"}, {"Göteborg", "SE"}, {"Lisboa", "PT"}, {"Bogotá", "CO"},
      {"Accra", "GH"}, {"Dhaka", "BD"}, {"Hà Nội", "VN"}, {"Praha", "CZ"}, {"Zürich", "CH"}, {"Oslo", "NO"},
      // a city and where it is
      {"Berlin, DE", "DE"}, {"Berlin, Germany", "DE"}, {"Berlin Germany", "DE"}, {"Berlin/Germany", "DE"},
      {"Toronto, Ontario", "CA"}, {"London, Ontario", "CA"}, {"London, UK", "GB"}, {"Paris, Texas", "US"},
      {"Paris, France", "FR"}, {"Los Angeles, CA", "US"}, {"Austin TX", "US"}, {"Portland, OR", "US"},
      {"Cambridge, MA", "US"}, {"Birmingham, AL", "US"}, {"Birmingham, England", "GB"}, {"Dublin, OH", "US"},
      {"Melbourne, FL", "US"}, {"Vancouver, BC", "CA"}, {"Vancouver, WA", "US"}, {"Atlanta, Georgia", "US"},
      {"Tbilisi, Georgia", "GE"}, {"Houston, TX, USA", "US"}, {"Washington, DC", "US"}, {"St. Louis, MO", "US"},
      {"Nice, France", "FR"}, {"Barcelona, España", "ES"}, {"Zürich, Schweiz", "CH"}, {"Lagos, Nigeria", "NG"},
      {"Accra,Ghana", "GH"}, {"Madrid, Spain.", "ES"}, {"Sydney, Australia", "AU"}, {"Rio de Janeiro, RJ", "BR"},
      {"Kuala Lumpur, Malaysia", "MY"}, {"Santiago de Chile", "CL"}, {"Córdoba, Argentina", "AR"},
      {"Valencia, Venezuela", "VE"}, {"San José, Costa Rica", "CR"}, {"Hamilton, New Zealand", "NZ"},
      // a country or a state
      {"Deutschland", "DE"}, {"Germany", "DE"}, {"Allemagne", "DE"}, {"UK", "GB"}, {"U.K.", "GB"}, {"USA", "US"},
      {"United States", "US"}, {"España", "ES"}, {"日本", "JP"}, {"대한민국", "KR"}, {"Россия", "RU"}, {"Brasil", "BR"},
      {"The Netherlands", "NL"}, {"Türkiye", "TR"}, {"Turkey", "TR"}, {"Polska", "PL"}, {"Scotland", "GB"},
      {"California", "US"}, {"Texas, USA", "US"}, {"New Jersey", "US"}, {"New South Wales", "AU"}, {"Bayern", "DE"},
      {"Jordan", "JO"}, {"Jamaica", "JM"}, {"Somewhere in Germany", "DE"}, {"South Africa", "ZA"}, {"Éire", "IE"},
      // what people call it
      {"NYC", "US"}, {"nyc", "US"}, {"Brooklyn, NY", "US"}, {"San Francisco Bay Area", "US"}, {"LDN", "GB"},
      {"CDMX", "MX"}, {"Jakarta Selatan", "ID"}, {"Saigon", "VN"}, {"Bombay", "IN"}, {"Holland", "NL"},
      // flags
      {"🇩🇪", "DE"}, {"🇫🇷 Paris", "FR"}, {"Lagos 🇳🇬", "NG"}, {"🇺🇸🇺🇸", "US"},
      // two at once, or too many of the name
      {"🇩🇪🇫🇷", ""}, {"LDN / NYC", ""}, {"Amsterdam | Berlin", ""}, {"Paris & Tokyo", ""}, {"CA", ""},
      // none
      {"", ""}, {"the moon", ""}, {"Moon", ""}, {"Earth", ""}, {"Planet Earth", ""}, {"Mars", ""}, {"everywhere", ""},
      {"Worldwide", ""}, {"In your heart", ""}, {"your mom's house", ""}, {"Hogwarts", ""}, {"Narnia", ""}, {"she/her", ""},
      {"127.0.0.1", ""}, {"localhost", ""}, {"it's complicated", ""}, {"a galaxy far far away", ""}, {"Hell", ""},
      {"Home, bed", ""}, {"nowhere", ""}, {"the internet", ""}, {"Internet", ""}, {"here and there", ""}, {"???", ""},
      {"✨🌙✨", ""}, {"https://example.org", ""}, {"Mother of three", ""}, {"Paradise", ""}, {"under a rock", ""},
      {"Not telling", ""}, {"Twitter", ""}, {"always tired", ""}, {"52.5200, 13.4050", ""}, {"remote", ""},
  };
  return table;
}
