#include "query/fields.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "earshot/abi.h"

namespace earshot::query {
namespace {

constexpr std::pair<std::string_view, Field> kFields[] = {{"text", Field::text},
                                                          {"title", Field::title},
                                                          {"body", Field::body},
                                                          {"quote", Field::quote},
                                                          {"alt", Field::alt},
                                                          {"caption", Field::caption},
                                                          {"typed", Field::typed},
                                                          {"image", Field::image},
                                                          {"spoken", Field::spoken},
                                                          {"exact", Field::exact},
                                                          {"author", Field::author},
                                                          {"site", Field::site},
                                                          {"url", Field::url},
                                                          {"link", Field::link},
                                                          {"lang", Field::language},
                                                          {"language", Field::language},
                                                          {"platform", Field::platform},
                                                          {"kind", Field::kind},
                                                          {"country", Field::country},
                                                          {"source", Field::source},
                                                          {"id", Field::id},
                                                          {"parent", Field::parent},
                                                          {"has", Field::has},
                                                          {"logo", Field::logo},
                                                          {"subject", Field::subject},
                                                          {"detector", Field::detector},
                                                          {"score", Field::score},
                                                          {"followers", Field::followers},
                                                          {"following", Field::following},
                                                          {"posts", Field::posts},
                                                          {"likes", Field::likes},
                                                          {"reposts", Field::reposts},
                                                          {"replies", Field::replies},
                                                          {"views", Field::views},
                                                          {"published", Field::published},
                                                          {"collected", Field::collected}};

// docs/findings.md
constexpr std::string_view kKinds[] = {"sentiment", "emotion", "intent",  "aspect",    "offensive",
                                       "label",     "place",   "entity",  "keyphrase", "topic",
                                       "duplicate", "spam",    "mention", "interest"};

// Letters to change, add, leave out or swap (optimal string alignment); names are short.
std::size_t distance(std::string_view a, std::string_view b) {
  constexpr std::size_t kLongest = 16;
  if (a.size() >= kLongest || b.size() >= kLongest) return kLongest;
  std::array<std::array<std::size_t, kLongest + 1>, kLongest + 1> d{};
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

}  // namespace

std::uint32_t origins_of(Field field) {
  const auto bit = [](unsigned origin) { return 1u << origin; };
  switch (field) {
    case Field::title:
      return bit(EAR_TITLE);
    case Field::body:
      return bit(EAR_BODY);
    case Field::quote:
      return bit(EAR_QUOTE);
    case Field::alt:
      return bit(EAR_ALT);
    case Field::caption:
      return bit(EAR_CAPTION);
    case Field::typed:
      return bit(EAR_TITLE) | bit(EAR_BODY) | bit(EAR_QUOTE) | bit(EAR_ALT);
    case Field::image:
      return bit(EAR_IMAGE);
    case Field::spoken:
      return bit(EAR_SPEECH) | bit(EAR_CAPTION);
    default:
      return ~0u;
  }
}

FieldName field_named(std::string_view name) {
  for (const auto& [known, field] : kFields)
    if (known == name) return {field, {}};
  return {Field::finding, std::string(name)};
}

bool is_known_kind(std::string_view name) {
  return std::find(std::begin(kKinds), std::end(kKinds), name) != std::end(kKinds);
}

std::optional<std::string_view> meant_by(std::string_view name) {
  std::optional<std::string_view> nearest;
  std::size_t best = name.size() >= 7 ? 3 : 2;  // fewer letters than this
  const auto look_at = [&](std::string_view known) {
    const std::size_t letters = known.size() > 3 ? distance(known, name) : best;
    if (letters < best) best = letters, nearest = known;
  };
  if (is_known_kind(name)) return {};
  for (const auto& field : kFields) look_at(field.first);
  if (name.size() >= 6)  // shorter ones may be a vendor's own: toxic is no topic
    for (const std::string_view kind : kKinds) look_at(kind);
  return nearest;
}

std::string lower(std::string_view text) {
  std::string all(text);
  std::transform(all.begin(), all.end(), all.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return all;
}

}  // namespace earshot::query
