// fields.hpp: the names that may stand before a ':' and what each asks about. Constants and free functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace earshot::query {

enum class Field : std::uint8_t {
  // where words are looked for
  text,
  title,
  body,
  quote,
  alt,
  caption,
  typed,   // as written: title, body, quote, alt
  image,   // read in a picture
  spoken,  // heard, or in subtitles
  exact,   // of any of these: as it is written here
  // the post and its author
  author,
  site,
  url,
  link,
  language,
  platform,
  kind,
  country,
  source,
  id,
  parent,
  // what detectors said
  has,
  finding,  // of the kind `name`, with a value
  logo,
  subject,
  detector,
  score,
  // numbers and times
  followers,
  following,
  posts,
  likes,
  reposts,
  replies,
  views,
  published,
  collected
};

constexpr bool is_text(Field field) {
  return field <= Field::exact;
}
constexpr bool is_number(Field field) {
  return field >= Field::score && field <= Field::views;
}
constexpr bool is_time(Field field) {
  return field >= Field::published;
}
// Says something about findings, so that subject:, score: and detector: beside it are about the same one.
constexpr bool is_finding(Field field) {
  return field >= Field::has && field <= Field::score;
}
// Words of one sense: score: beside it is about how surely they were read or heard.
constexpr bool is_sense(Field field) {
  return field >= Field::title && field <= Field::spoken;
}

// Origins of segments as bits, 1 << EAR_TITLE and so on.
std::uint32_t origins_of(Field field);

struct FieldName {
  Field field;
  std::string kind;  // of Field::finding
};
// `name` in lower case. A name that is no field is a kind of finding: vendors have kinds of their own.
FieldName field_named(std::string_view name);
bool is_known_kind(std::string_view name);  // of findings, by docs/findings.md
// The field or kind that was probably meant by a name that is neither.
std::optional<std::string_view> meant_by(std::string_view name);

std::string lower(std::string_view text);  // ASCII

}  // namespace earshot::query
