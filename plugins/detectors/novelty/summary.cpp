#include "novelty/summary.hpp"

#include <cmath>

#include "post/time.hpp"

namespace earshot::novelty {
namespace {

std::string moment(ear_time time) {  // 2026-03-14 08:00
  char text[post::kTimeText];
  post::write_time(text, time);
  std::string all(text, 16);
  all[10] = ' ';
  return all;
}

std::string shown(Kind kind, std::string_view text) {
  if (kind == Kind::phrase || kind == Kind::topic) return "\"" + std::string(text) + "\"";
  return std::string(text);
}

std::string counted(double number, const char* one, const char* many) {
  return std::to_string(std::llround(number)) + ' ' + (std::llround(number) == 1 ? one : many);
}

}  // namespace

std::string_view name_of(Kind kind) {
  return earshot::choices<Kind>[static_cast<std::size_t>(kind)];
}

std::string summary(std::string_view subject, const Candidate& told) {
  const std::string first = moment(told.first), last = moment(told.last);
  std::string all(subject);
  all += ": new ";
  all += told.kind == Kind::author ? std::string_view("author of reach") : name_of(told.kind);
  all += ' ' + shown(told.kind, told.text) + " in " + counted(told.posts, "post", "posts");
  if (told.kind != Kind::author) all += " by " + counted(told.authors.count(), "author", "authors");
  if (first == last)
    all += " at " + first + " UTC";
  else
    all += " from " + first + " to " + (first.substr(0, 10) == last.substr(0, 10) ? last.substr(11) : last) + " UTC";
  constexpr std::size_t kMost = 3;
  for (std::size_t i = 0; i < told.also.size() && i < kMost; ++i)
    all += (i == 0 ? ", with " : " and ") + shown(told.also[i].kind, told.also[i].text);
  return all;
}

}  // namespace earshot::novelty
