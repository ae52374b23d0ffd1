#include "place/place.hpp"

#include <unicode/timezone.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <array>

#include "model/embedded.hpp"

EARSHOT_EMBED(places)

namespace earshot::place {
namespace {

constexpr double declared_by_platform = 0.99;
constexpr double by_time_zone = 0.7;

std::optional<Country> valid(std::string_view code) {
  if (code.size() != 2) return {};
  Country country;
  for (std::size_t i = 0; i < 2; ++i) {
    const char c = code[i];
    country.letters[i] = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (country.letters[i] < 'A' || country.letters[i] > 'Z') return {};
  }
  return country;
}

// The country that a language makes likeliest, as "ja" does JP; a region in the tag itself counts for it.
std::optional<Country> likely_country(std::string_view language) {
  if (language.empty() || language.size() > 20) return {};
  std::array<char, 64> full{}, region{};
  UErrorCode status = U_ZERO_ERROR;
  uloc_addLikelySubtags(std::string(language).c_str(), full.data(), static_cast<std::int32_t>(full.size()), &status);
  if (U_FAILURE(status)) return {};
  uloc_getCountry(full.data(), region.data(), static_cast<std::int32_t>(region.size()), &status);
  return U_FAILURE(status) ? std::nullopt : valid(region.data());
}

std::string_view time_zone(const Post& post) {
  for (const Value value : attributes(post.raw().attributes, post.raw().attribute_count))
    if (value.key() == "time_zone" || value.key() == "timezone") return value.text();
  return {};
}

std::optional<Country> country_of_zone(std::string_view zone) {
  if (zone.empty() || zone.size() > 60 || zone.find('/') == std::string_view::npos) return {};
  std::array<char, 8> region{};
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getRegion(
      icu::UnicodeString::fromUTF8(icu::StringPiece(zone.data(), static_cast<std::int32_t>(zone.size()))),
      region.data(), static_cast<std::int32_t>(region.size()), status);
  return U_FAILURE(status) ? std::nullopt : valid(region.data());  // "001": of no country
}

std::string_view language_of(const Post& post) {
  for (const FoundBefore found : post.findings())
    if (found.kind() == "language" && found.segment() == none) return found.value();
  return view(post.raw().language);
}

}  // namespace

void PlaceDetector::start() {
  gazetteer_.set([] { return std::make_shared<const Gazetteer>(embedded_places()); });
}

void PlaceDetector::detect(const Post& post, Out& out) {
  if (post.is_gone()) return;
  if (const auto country = valid(view(post.raw().country)))
    say(post, out, {*country, declared_by_platform, std::string(country->view())}, "post", "platform");
  author(post, out);
}

void PlaceDetector::author(const Post& post, Out& out) const {
  Hints hints;
  if (const auto country = likely_country(language_of(post))) hints.likely.push_back(*country);
  const std::string_view zone = time_zone(post);
  const auto zone_country = country_of_zone(zone);
  if (zone_country) hints.likely.push_back(*zone_country);
  if (const ear_author* author = post.raw().author; author != nullptr) {
    const auto declared = resolve(**gazetteer_, view(author->place), hints);
    if (declared && declared->probability >= options().minimum) return say(post, out, *declared, "author", "declared");
    if (options().profile) {
      const auto profile = resolve_profile(**gazetteer_, view(author->bio), hints);
      if (profile && profile->probability >= options().minimum) return say(post, out, *profile, "author", "profile");
    }
  }
  if (zone_country && by_time_zone >= options().minimum)
    say(post, out, {*zone_country, by_time_zone, std::string(zone)}, "author", "time zone");
}

void PlaceDetector::say(const Post& post, Out& out, const Place& place, std::string_view of,
                        std::string_view told) const {
  if (place.probability < options().minimum) return;
  const std::array<ear_value, 1> attributes{text_value("of", of)};
  out.finding(post, {.kind = "place",
                     .score = place.probability,
                     .value = place.country.view(),
                     .reason = std::string(told) + ": " + place.told_by,
                     .attributes = attributes});
}

}  // namespace earshot::place

EARSHOT_PLUGIN("org.earshot.place", "0.1.0", "Earshot", "Apache-2.0", "The country of posts and authors",
               earshot::place::PlaceDetector)
