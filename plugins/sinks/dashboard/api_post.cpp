// One post of the store with its texts, where findings stand in them, and what was found.
#include <map>

#include "api.hpp"
#include "earshot/services/store.hpp"
#include "json.hpp"
#include "marks.hpp"

namespace earshot::dashboard {
namespace {

constexpr std::size_t kMostText = 20'000;  // bytes of a segment
constexpr std::size_t kMostOfCard = 600;   // bytes of a post in a list

json::value seconds(const Row& row, std::string_view column) {
  return row.has(column) ? json::value(static_cast<double>(row.integer(column)) / 1e9) : json::value(nullptr);
}

json::value known(const Row& row, std::string_view column) {
  return row.has(column) ? json::value(row.integer(column)) : json::value(nullptr);
}

json::object as_json(const Row& row) {
  return json::object{{"kind", row.text("kind")},         {"subject", row.text("subject")},
                      {"value", row.text("value")},       {"score", row.real("score")},
                      {"detector", row.text("detector")}, {"reason", row.text("reason")},
                      {"media", known(row, "media")},     {"starts", seconds(row, "starts")},
                      {"ends", seconds(row, "ends")},     {"box", row.text("box")}};
}

// Where mentions stand, by segment.
std::map<std::int64_t, std::vector<Mark>> marks_of(const Rows& findings) {
  std::map<std::int64_t, std::vector<Mark>> out;
  for (const Row& row : findings)
    if (row.has("segment") && row.text("kind") == "mention")
      out[row.integer("segment")].push_back({static_cast<std::size_t>(row.integer("begin_byte")),
                                             static_cast<std::size_t>(row.integer("end_byte")),
                                             std::string(row.text("kind")), std::string(row.text("subject"))});
  return out;
}

}  // namespace

web::Response Api::post(std::int64_t number) {
  auto reader = readers_.lend();
  const auto cards = reader->posts(std::vector<std::int64_t>{number});
  if (cards.empty()) return web::refusal(404, "The store has no such post, or it was deleted.");
  Store store(readers_.service(), readers_.store().string());
  const Rows rows = store.findings(number);
  auto marks = marks_of(rows);
  json::array findings, segments;
  for (const Row& row : rows) findings.push_back(as_json(row));
  for (const Row& row : store.segments(number))
    segments.push_back(json::object{{"origin", row.text("origin")},
                                    {"pieces", pieces(cut(row.text("text"), kMostText), marks[row.integer("number")])},
                                    {"media", known(row, "media")},
                                    {"starts", seconds(row, "starts")},
                                    {"box", row.text("box")}});
  json::object out = dashboard::as_json(cards.front()).as_object();
  out["segments"] = std::move(segments), out["findings"] = std::move(findings);
  return web::json(json::serialize(out));
}

web::Response Api::post(std::string_view platform, std::string_view id) {
  Store store(readers_.service(), readers_.store().string());
  const Rows found = store.posts({.platform = platform, .id = id, .limit = 1});
  if (found.empty()) return web::refusal(404, "The store does not have this post yet, or it was deleted.");
  return post(found.front().integer("post"));
}

// The texts of a list's post with their marks, and what was found in its pictures, sound and videos.
void Api::add_evidence(json::object& card, Store& store) {
  const std::int64_t number = card.at("post").as_int64();
  const Rows rows = store.findings(number);
  auto marks = marks_of(rows);
  json::array findings, texts;
  for (const Row& row : rows)
    if (row.has("media")) findings.push_back(as_json(row));
  std::size_t left = kMostOfCard;
  for (const Row& row : store.segments(number)) {
    if (left == 0) break;
    const std::string_view text = cut(row.text("text"), left);
    left = text.size() < row.text("text").size() ? 0 : left - text.size();
    if (!texts.empty()) texts.push_back(json::object{{"text", "\n"}});
    for (json::value& piece : pieces(text, marks[row.integer("number")])) texts.push_back(std::move(piece));
  }
  card["pieces"] = std::move(texts), card["findings"] = std::move(findings);
}

}  // namespace earshot::dashboard
