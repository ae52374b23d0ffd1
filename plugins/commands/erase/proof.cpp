#include "erase/proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "text/cells.hpp"

namespace earshot::erase {
namespace {

namespace json = boost::json;

const Found& at(const Traces& traces, const std::string& place) {
  static const Found none;
  const auto found = traces.find(place);
  return found == traces.end() ? none : found->second;
}

bool is_given(const Proof& proof, const std::string& place) {
  return std::any_of(proof.places.given.begin(), proof.places.given.end(),
                     [&](const File& file) { return place == file.name || place.starts_with(file.name + ": "); });
}

std::vector<std::string> names(const Proof& proof) {
  std::vector<std::string> all;
  for (const Traces* traces : {&proof.before, &proof.after})
    for (const auto& [place, found] : *traces) all.push_back(place);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::string counted(const Found& found) {
  return found.unread.empty() ? std::to_string(found.places) : "?";
}

std::string table(const Proof& proof, bool given) {
  constexpr std::size_t kWidest = 60;
  std::size_t width = 5;
  std::vector<std::string> rows;
  for (const std::string& place : names(proof))
    if (is_given(proof, place) == given &&
        (at(proof.before, place).places + at(proof.after, place).places != 0 || place.find(": ") == place.npos)) {
      rows.push_back(place);
      width = std::max(width, std::min(kWidest, text::columns_of(text::cells(place))));
    }
  std::string out;
  const auto padded = [&](const std::string& cell) {
    const std::size_t columns = text::columns_of(cell);
    return cell + std::string(columns < width ? width - columns : 0, ' ');
  };
  if (rows.empty()) return out;
  out += fmt::format("{}  {:>12}  {:>12}\n", padded("place"), "found before", "found after");
  for (const std::string& place : rows) {
    const Found &before = at(proof.before, place), &after = at(proof.after, place);
    const std::string& unread = before.unread.empty() ? after.unread : before.unread;
    out += fmt::format("{}  {:>12}  {:>12}{}\n", padded(text::cells(place)), counted(before),
                       proof.after.empty() ? "" : counted(after), unread.empty() ? "" : "  " + unread);
  }
  return out;
}

std::string list(const std::vector<File>& files) {
  std::string out;
  for (const File& file : files) out += "  " + text::cells(file.name) + "\n";
  return out;
}

std::string of_others(const Proof& proof) {
  std::string out;
  for (const std::string& name : proof.telling.names)
    if (proof.telling.of_others.contains(name)) out += (out.empty() ? "" : ", ") + text::cells(name, 60);
  return out;
}

}  // namespace

std::uint64_t places_in(const Traces& traces) {
  std::uint64_t sum = 0;
  for (const auto& [place, found] : traces) sum += found.places;
  return sum;
}

std::uint64_t left(const Proof& proof) {
  std::uint64_t sum = 0;
  for (const auto& [place, found] : proof.after)
    if (!is_given(proof, place)) sum += found.places;
  return sum;
}

std::string as_text(const Proof& proof) {
  const Done& d = proof.done;
  const Telling& t = proof.telling;
  std::string out;
  if (!proof.after.empty()) {
    out += fmt::format("erased {} with {} post{}", text::cells(proof.who.platform + "/" + proof.who.id), d.posts,
                       d.posts == 1 ? "" : "s");
    out += fmt::format("; from {} alerts, {} dead letters, {} deliveries in wait and {} components{}\n", d.alerts,
                       d.letters, d.deliveries, d.components, d.running ? " of the pipeline that runs" : "");
  }
  const std::vector<std::string> all = t.all();
  const auto words = static_cast<std::size_t>(
      std::count_if(t.words.begin(), t.words.end(), [&](const auto& word) { return !t.of_others.contains(word); }));
  out += fmt::format("looked for {} names and addresses, and {} words and beginnings of texts that nobody else uses\n",
                     all.size() - words, words);
  if (t.left_out > 0) out += fmt::format("{} shorter words were not looked for\n", t.left_out);
  if (const std::string shared = of_others(proof); !shared.empty())
    out += "not looked for, since posts of others have it too, which stay: " + shared + "\n";
  out += "\n" + table(proof, false);
  if (!proof.after.empty() && left(proof) > 0)
    out += fmt::format("\n{} places are left in what the pipeline keeps.\n", left(proof));
  if (const std::string given = table(proof, true); !given.empty())
    out += "\nGiven away before; not changed, look into them yourself:\n" + given;
  if (!t.media.empty()) {
    out += "\nFiles on this machine that their posts name; they belong to the source, remove them there:\n";
    for (const std::filesystem::path& file : t.media) out += "  " + text::cells(file.string(), 300) + "\n";
  }
  if (!proof.places.backups.empty())
    out += "\nBackups from before, which cannot be reached; remove them, or let them grow old:\n" +
           list(proof.places.backups);
  return out;
}

std::string as_json(const Proof& proof) {
  json::array rows;
  for (const std::string& place : names(proof)) {
    const Found &before = at(proof.before, place), &after = at(proof.after, place);
    json::object row{{"place", place}, {"before", before.places}, {"kept", !is_given(proof, place)}};
    if (!proof.after.empty()) row["after"] = after.places;
    if (!before.unread.empty()) row["unread"] = before.unread;
    rows.push_back(std::move(row));
  }
  json::array backups;
  for (const File& file : proof.places.backups) backups.push_back(json::string(file.name));
  return json::serialize(json::object{{"posts", proof.done.posts},
                                      {"alerts", proof.done.alerts},
                                      {"dead_letters", proof.done.letters},
                                      {"deliveries", proof.done.deliveries},
                                      {"components", proof.done.components},
                                      {"looked_for", proof.telling.all().size()},
                                      {"left", left(proof)},
                                      {"places", std::move(rows)},
                                      {"backups", std::move(backups)}}) +
         "\n";
}

}  // namespace earshot::erase
