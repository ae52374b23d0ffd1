#include "alert_book/alert.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "post/stride.hpp"
#include "post/time.hpp"
#include "text/utf8.hpp"

namespace earshot::alert_book {
namespace {

namespace json = boost::json;

constexpr std::size_t kWord = 1000, kSentence = 4000, kQuote = 4000;  // bytes
constexpr std::uint32_t kPieces = 50, kItems = 500;
constexpr int kDepth = 8;
constexpr std::string_view kLifeWords[] = {"open", "acknowledged", "closed"};

std::string time_text(ear_time time) {
  char text[post::kTimeText];
  return {text, post::write_time(text, time)};
}

double finite(double number) {
  return std::isfinite(number) ? number : 0;
}

json::value value_of(const ear_value& value, int depth) {
  switch (value.type) {
    case EAR_UNSET:
      return nullptr;
    case EAR_INTEGER:
    case EAR_SIZE:
      return value.integer;
    case EAR_REAL:
      return finite(value.real);
    case EAR_BOOLEAN:
      return value.integer != 0;
    case EAR_DURATION:
      return static_cast<double>(value.integer) / 1e9;
    case EAR_TIME:
      return json::string(time_text(value.integer));
    case EAR_LIST:
    case EAR_MAP:
      break;
    default:
      return json::string(mended(view(value.text), kSentence));
  }
  if (depth == 0) return nullptr;
  const std::uint32_t count = std::min(value.count, kItems);
  if (value.type == EAR_LIST) {
    json::array list;
    for (std::uint32_t i = 0; i < count; ++i) list.push_back(value_of(value.items[i], depth - 1));
    return list;
  }
  json::object map;
  for (std::uint32_t i = 0; i < count; ++i)
    map[mended(view(value.items[i].key), kWord)] = value_of(value.items[i], depth - 1);
  return map;
}

json::object piece(const ear_evidence& said) {
  json::object out;
  out["platform"] = mended(view(said.platform), kWord), out["id"] = mended(view(said.id), kWord);
  if (said.url.len != 0) out["url"] = mended(view(said.url), kSentence);
  if (said.author.len != 0) out["author"] = mended(view(said.author), kWord);
  if (said.published != EAR_TIME_NONE) out["published"] = time_text(said.published);
  if (said.text.len != 0) out["text"] = mended(view(said.text), kQuote);
  out["weight"] = finite(said.weight);
  return out;
}

}  // namespace

std::string_view word(Life life) {
  return kLifeWords[static_cast<std::size_t>(life)];
}

Life life_of(std::string_view text) {
  const auto* found = std::find(std::begin(kLifeWords), std::end(kLifeWords), text);
  return found == std::end(kLifeWords) ? Life::open : static_cast<Life>(found - std::begin(kLifeWords));
}

std::string id_text(ear_id id) {
  std::string text(32, '0');
  for (std::size_t i = 0; i < 32; ++i) {
    const std::uint64_t half = i < 16 ? id.high : id.low;
    text[i] = "0123456789abcdef"[half >> (60 - 4 * (i % 16)) & 15];
  }
  return text;
}

std::string mended(std::string_view text, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const text::CodePoint c = text::decode(text, i);
    const std::string_view piece = c.value == text::invalid_byte ? "\uFFFD" : text.substr(i, c.length);
    if (out.size() + piece.size() > most) return out + "…";
    out += piece, i += c.length;
  }
  return out;
}

Alert alert_of(const ear_alert& said) {
  Alert alert;
  alert.id = id_text(said.id), alert.revision = said.revision;
  alert.detector = mended(view(said.detector), kWord), alert.kind = mended(view(said.kind), kWord);
  alert.subject = mended(view(said.subject), kWord), alert.summary = mended(view(said.summary), kSentence);
  alert.start = said.start, alert.end = said.end;
  alert.severity = std::clamp<std::uint32_t>(said.severity, 1, 10);
  alert.over = said.state == EAR_ALERT_CLOSED;
  alert.observed = finite(said.observed), alert.expected = finite(said.expected);
  alert.lower = finite(said.lower), alert.upper = finite(said.upper);
  json::array evidence;
  for (std::uint32_t i = 0; i < std::min(said.evidence_count, kPieces); ++i)
    evidence.push_back(piece(post::item(said.evidence, said.evidence_stride, i)));
  alert.evidence = json::serialize(evidence);
  ear_value all{};
  all.type = EAR_MAP, all.count = said.attribute_count, all.items = said.attributes;
  alert.attributes = json::serialize(value_of(all, kDepth));
  return alert;
}

}  // namespace earshot::alert_book
