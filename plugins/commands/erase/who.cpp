#include "erase/who.hpp"

#include <algorithm>

#include "earshot/error.hpp"
#include "erase/matcher.hpp"
#include "store/schema.hpp"
#include "text/cells.hpp"

namespace earshot::erase {
namespace {

using store::Database;
using store::Statement;

constexpr std::chrono::seconds kPatience{30};
constexpr std::size_t kShortestName = 3, kShortestWord = 6, kLongest = 60;  // bytes

constexpr const char* kOwn = "(SELECT post FROM posts WHERE author = ?1)";

std::int64_t row_of(const Database& database, const Who& who) {
  Statement select(database, "SELECT author FROM authors WHERE platform = ?1 AND id = ?2");
  return select.text(1, who.platform).text(2, who.id).step() ? select.integer_at(0) : 0;
}

bool letter(char c) {
  const auto u = static_cast<unsigned char>(c);
  return (u >= 'a' && u <= 'z') || (u >= '0' && u <= '9') || u == '_' || u >= 0x80;
}

// Every value of the statement's columns, in small letters.
template <class Use>
void each_value(Statement& statement, Use&& use) {
  while (statement.step())
    for (int column = 0; column < sqlite3_column_count(statement.raw()); ++column)
      if (!statement.is_null(column)) use(small(statement.text_at(column)));
}

void add_words(std::string_view text, std::set<std::string>& to) {
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && !letter(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && letter(text[at])) ++at;
    if (at - begin >= kShortestWord && at - begin <= kLongest) to.emplace(text.substr(begin, at - begin));
  }
  // A piece of the text as it stands, cut between characters.
  std::size_t size = std::min(text.size(), kLongest);
  while (size > 0 && size < text.size() && (text[size] & 0xC0) == 0x80) --size;
  if (size >= 2 * kShortestWord) to.emplace(text.substr(0, size));
}

void gather(const Database& database, std::int64_t author, std::set<std::string>& names, std::set<std::string>& words) {
  Statement profile(database, "SELECT id, handle, name, url, bio FROM authors WHERE author = ?1");
  each_value(profile.integer(1, author), [&](const std::string& value) {
    if (value.size() >= kShortestName) names.insert(value.substr(0, 200));
  });
  Statement posts(database, "SELECT id, url FROM posts WHERE author = ?1");
  each_value(posts.integer(1, author), [&](const std::string& value) {
    if (value.size() >= kShortestWord && names.size() < kMostWords) names.insert(value);
  });
  Statement texts(database, std::string("SELECT text FROM segments WHERE post IN ") + kOwn);
  each_value(texts.integer(1, author), [&](const std::string& value) { add_words(value, words); });
}

void gather_media(const Database& database, std::int64_t author, std::vector<std::filesystem::path>& media) {
  Statement paths(database, std::string("SELECT DISTINCT path FROM media WHERE path IS NOT NULL AND post IN ") + kOwn);
  paths.integer(1, author);
  std::error_code none;
  while (paths.step())
    if (std::filesystem::path path(paths.text_at(0)); std::filesystem::exists(path, none))
      media.push_back(std::move(path));
}

// Strikes out of `matcher` what others have written; what was found in their posts may come of the author's, as the
// label of a topic.
void strike_out(const Database& database, std::int64_t author, Matcher& matcher, std::set<std::string>& struck) {
  const std::string not_own = std::string(" NOT IN ") + kOwn;
  for (const std::string& sql : {
           std::string("SELECT id, handle, name, url, bio, place FROM authors WHERE author <> ?1"),
           std::string(
               "SELECT platform, id, url, parent, repost_of, source, attributes FROM posts WHERE author IS NOT ?1"),
           "SELECT text FROM segments WHERE post" + not_own,
           "SELECT url, path, alt FROM media WHERE post" + not_own,
       }) {
    Statement rows(database, sql);
    each_value(rows.integer(1, author), [&](const std::string& value) {
      matcher.scan(value, [&](std::size_t which) { struck.insert(matcher[which]); });
    });
  }
}

}  // namespace

std::string small(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

Asked asked(std::string_view author) {
  Asked out;
  // A native id may have slashes of its own; a platform has none.
  if (const std::size_t slash = author.find('/'); slash != author.npos) {
    out.platform = author.substr(0, slash);
    author.remove_prefix(slash + 1);
    if (out.platform.empty()) author = {};
  }
  if (author.starts_with("@") && author.size() > 1) author.remove_prefix(1);
  out.name = author;
  if (out.name.empty()) throw invalid("PLATFORM/HANDLE is wanted, such as mastodon/ana").at_option("author");
  return out;
}

Who find(const Asked& asked, const std::vector<std::filesystem::path>& stores, const store::Disguise* disguise) {
  Who who;
  who.platform = asked.platform, who.id = who.asked = asked.name;
  if (disguise != nullptr && asked.platform.empty())
    throw invalid("under pseudonyms the platform is needed too, as PLATFORM/ID").at_option("author");
  const std::string hidden = disguise == nullptr ? asked.name : disguise->of(asked.platform, asked.name);
  std::set<std::pair<std::string, std::string>> meant;
  for (const std::filesystem::path& path : stores) {
    const Database database = store::open_for_reading(path, kPatience);
    Statement select(database,
                     "SELECT platform, id, handle, name, (SELECT count(*) FROM posts p WHERE p.author = a.author)"
                     " FROM authors a WHERE (?1 = '' OR platform = ?1) AND (id = ?2 OR handle = ?2 COLLATE NOCASE OR"
                     " ?3 IN (id, handle)) ORDER BY id = ?2 DESC");
    select.text(1, asked.platform).text(2, asked.name).text(3, hidden);
    while (select.step()) {
      const std::string platform(select.text_at(0)), id(select.text_at(1));
      if (meant.insert({platform, id}).second && meant.size() > 1) continue;
      who.platform = platform, who.id = id, who.handle = select.text_at(2), who.name = select.text_at(3);
      who.posts += static_cast<std::uint64_t>(select.integer_at(4));
      who.stores.push_back(path);
      who.pseudonym = disguise != nullptr && (id == hidden || who.handle == hidden);
    }
  }
  if (meant.size() > 1) {
    std::string all;
    for (const auto& [platform, id] : meant) all += (all.empty() ? "" : ", ") + text::cells(platform + "/" + id, 100);
    throw invalid("several authors are meant (" + all + "): give one by platform and id").at_option("author");
  }
  if (!who.known() && asked.platform.empty())
    throw invalid("no store knows '" + text::cells(asked.name, 100) + "': give the platform too, as PLATFORM/HANDLE")
        .at_option("author");
  if (!who.known()) who.handle = asked.name;
  return who;
}

std::vector<std::string> Telling::all() const {
  std::vector<std::string> out;
  for (const auto* list : {&names, &words})
    for (const std::string& one : *list)
      if (!of_others.contains(one)) out.push_back(one);
  return out;
}

Telling telling(const Who& who) {
  Telling out;
  std::set<std::string> names, words;
  for (const std::string* name : {&who.id, &who.handle, &who.name, &who.asked})
    if (name->size() >= kShortestName) names.insert(small(*name));
  for (const std::filesystem::path& path : who.stores) {
    const Database database = store::open_for_reading(path, kPatience);
    gather(database, row_of(database, who), names, words);
    gather_media(database, row_of(database, who), out.media);
  }
  out.names.assign(names.begin(), names.end());
  for (const std::string& word : words)
    if (!names.contains(word)) out.words.push_back(word);
  // The longest tell the most.
  std::stable_sort(out.words.begin(), out.words.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  if (out.words.size() > kMostWords) out.left_out = out.words.size() - kMostWords, out.words.resize(kMostWords);
  Matcher matcher(out.all());
  for (const std::filesystem::path& path : who.stores) {
    const Database database = store::open_for_reading(path, kPatience);
    strike_out(database, row_of(database, who), matcher, out.of_others);
  }
  return out;
}

}  // namespace earshot::erase
