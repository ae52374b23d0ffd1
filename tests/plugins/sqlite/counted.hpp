// counted.hpp: what a store has counted, as lines, and what it should have. One thread.
#pragma once

#include <algorithm>
#include <earshot/testing.hpp>
#include <string>
#include <vector>

#include "../loaded.hpp"
#include "query.hpp"
#include "store/database.hpp"
#include "store/fact.hpp"

// Each fact and term by names instead of numbers, sorted; reach is left out, since authors change beside their posts.
inline std::string counted(const std::string& path) {
  using namespace earshot::store;
  const Database database(path, Database::Mode::read, std::chrono::seconds{10});
  Statement name(database, "SELECT value FROM names WHERE kind = ?1 AND number = ?2");
  Statement post(database, "SELECT platform || '/' || id FROM posts WHERE post = ?1");
  Statement author(database, "SELECT id FROM authors WHERE author = ?1");
  const auto named_by = [&](std::string_view kind, std::int64_t number) {
    std::string value = number == 0                                    ? ""
                        : name.text(1, kind).integer(2, number).step() ? std::string(name.text_at(0))
                                                                       : "?";
    name.reset();
    return value;
  };
  const auto one_of = [](Statement& statement, std::uint32_t number) {
    std::string value = statement.integer(1, number).step() ? std::string(statement.text_at(0)) : "?";
    statement.reset();
    return value;
  };
  std::vector<std::string> lines;
  std::vector<Fact> facts;
  std::vector<Term> terms;
  Statement chunks(database, "SELECT subject, day, first, posts, records FROM facts");
  while (chunks.step()) {
    read_records(chunks.text_at(4), facts);
    if (chunks.integer_at(3) != static_cast<std::int64_t>(facts.size())) lines.push_back("the sum is wrong");
    if (facts.empty() || facts.front().post < chunks.integer_at(2)) lines.push_back("the first is wrong");
    for (const Fact& f : facts)
      lines.push_back(named_by("subject", chunks.integer_at(0)) + "|" + std::to_string(chunks.integer_at(1)) + "|" +
                      one_of(post, f.post) + "|" + (f.author == 0 ? "" : one_of(author, f.author)) + "|" +
                      std::to_string(f.engagement) + "|" + std::to_string(f.second) + "|" + std::to_string(f.flags) +
                      "|" + std::to_string(f.negative) + "|" + std::to_string(f.positive) + "|" +
                      named_by("platform", f.platform) + "|" + named_by("language", f.language) + "|" +
                      named_by("source", f.source));
  }
  Statement more(database, "SELECT subject, day, first, records FROM terms");
  while (more.step()) {
    read_records(more.text_at(3), terms);
    if (terms.empty() || terms.front().post < more.integer_at(2)) lines.push_back("the first is wrong");
    for (const Term& t : terms) {
      const std::string_view kind = kTermWords[static_cast<std::size_t>(t.kind())];
      lines.push_back(named_by("subject", more.integer_at(0)) + "|" + std::to_string(more.integer_at(1)) + "|" +
                      one_of(post, t.post) + "|" + std::string(kind) + "|" + named_by(kind, t.number()));
    }
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line + '\n';
  return all;
}

// What it counts when all is thrown away and counted from the rows.
inline std::string counted_anew(const std::string& path) {
  for (const char* sql :
       {"DELETE FROM facts", "DELETE FROM terms", "DELETE FROM names", "UPDATE rollup_state SET rolled_up_to = 0"})
    rows(path, sql);
  earshot::testing::SinkHarness sink(earshot::testing::loaded("sqlite"), {{"path", path}});
  sink.start();
  sink.stop();
  return counted(path);
}
