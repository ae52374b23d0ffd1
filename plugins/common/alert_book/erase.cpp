// Taking an author, or a post that was deleted, out of alerts and out of messages about them.
#include <algorithm>
#include <boost/json.hpp>
#include <cctype>

#include "alert_book/book.hpp"

namespace earshot::alert_book {

namespace json = boost::json;
using store::Statement;
using store::Transaction;

namespace {

constexpr std::size_t kTelling = 20;  // bytes by which a text is known again within another

// What is taken out: an author by the name or id that alerts quote, or a post by its platform's id.
class Erased {
 public:
  enum class Kind { author, post };
  Erased(Kind kind, std::string_view platform, std::string_view name)
      : kind_(kind), platform_(platform), name_(name), full_(std::string(platform).append("/").append(name)) {}

  // What rows that quote it hold, whoever wrote them; empty where JSON may write it otherwise.
  std::string_view certain() const {
    const bool plain = std::all_of(name_.begin(), name_.end(), [](unsigned char c) {
      return c < 0x80 && (std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c == ':' || c == '@');
    });
    return plain ? name_ : std::string_view();
  }

  // Takes it out of what an alert shows. False: the alert did not show it.
  bool remove_from(json::object& alert) const {
    std::vector<std::string> said;
    bool some = false;
    for (const char* part : {"evidence", "attributes"})
      if (json::value* value = alert.if_contains(part)) some |= remove(*value, said);
    if (json::value* summary = alert.if_contains("summary"); summary != nullptr && summary->is_string())
      if (is_told(summary->get_string(), said)) *summary = "", some = true;  // readers then see the figures
    return some;
  }

  // Whether a text names it, or holds one of the texts that were taken out.
  bool is_told(std::string_view text, const std::vector<std::string>& said) const {
    if (has_word(text, full_)) return true;
    if (said.empty()) return false;
    return (kind_ == Kind::author && has_word(text, name_)) ||
           std::any_of(said.begin(), said.end(), [&](const std::string& one) {
             const std::string_view begin = std::string_view(one).substr(0, std::min(kTelling, one.find('\n')));
             return !begin.empty() && text.find(begin) != std::string_view::npos;
           });
  }

 private:
  bool remove(json::value& value, std::vector<std::string>& said) const {
    bool some = false;
    if (json::object* map = value.if_object())
      for (auto& item : *map) some |= remove(item.value(), said);
    if (json::array* list = value.if_array())
      for (std::size_t i = list->size(); i-- > 0;) {
        if (is_it((*list)[i], said))
          list->erase(list->begin() + static_cast<std::ptrdiff_t>(i)), some = true;
        else
          some |= remove((*list)[i], said);
      }
    if (value.is_string() && has_word(value.get_string(), full_)) value = "", some = true;
    return some;
  }

  // A post of the author or the post itself, a cause that is it, or its name.
  bool is_it(const json::value& item, std::vector<std::string>& said) const {
    if (item.is_string()) return std::string_view(item.get_string()) == full_;
    const json::object* map = item.if_object();
    if (map == nullptr) return false;
    if (text_in(*map, "value") == full_) return true;
    const bool quoted = kind_ == Kind::author
                            ? text_in(*map, "author") == name_ && (!map->contains("platform") || is_platform_of(*map))
                            : text_in(*map, "id") == name_ && is_platform_of(*map);  // alerts have an id, too
    if (!quoted) return false;
    said.emplace_back(text_in(*map, "text"));
    return true;
  }

  bool is_platform_of(const json::object& map) const { return text_in(map, "platform") == platform_; }

  static std::string_view text_in(const json::object& map, std::string_view key) {
    const json::value* value = map.if_contains(key);
    return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
  }

  // "ana" is in "by ana:", and not in "banana".
  static bool has_word(std::string_view text, std::string_view word) {
    const auto inner = [&](std::size_t at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      return std::isalnum(byte) != 0 || byte >= 0x80 || byte == '_';
    };
    for (std::size_t at = text.find(word); !word.empty() && at != std::string_view::npos; at = text.find(word, at + 1))
      if ((at == 0 || !inner(at - 1)) && (at + word.size() == text.size() || !inner(at + word.size()))) return true;
    return false;
  }

  Kind kind_;
  std::string_view platform_, name_;
  std::string full_;  // as causes name it: "mastodon/ana"
};

json::value parsed(std::string_view text) {
  boost::system::error_code fault;
  json::value value = json::parse(text, fault);
  return fault ? json::value() : value;
}

std::int64_t erase_from_alerts(const store::Database& database, const Erased& erased) {
  Statement select(database,
                   "SELECT alert, evidence, attributes, summary FROM alerts WHERE instr(evidence, ?1) > 0 OR "
                   "instr(attributes, ?1) > 0 OR instr(summary, ?1) > 0");
  select.text(1, erased.certain());
  Statement update(database, "UPDATE alerts SET evidence = ?2, attributes = ?3, summary = ?4 WHERE alert = ?1");
  std::vector<std::pair<std::string, json::object>> changed;
  while (select.step()) {
    json::object alert{{"evidence", parsed(select.text_at(1))}, {"attributes", parsed(select.text_at(2))}};
    alert["summary"] = select.text_at(3);
    if (erased.remove_from(alert)) changed.emplace_back(select.text_at(0), std::move(alert));
  }
  for (const auto& [id, alert] : changed) {
    const std::string evidence = json::serialize(alert.at("evidence")),
                      attributes = json::serialize(alert.at("attributes"));
    update.text(1, id)
        .text(2, evidence)
        .text(3, attributes)
        .text(4, std::string_view(alert.at("summary").as_string()))
        .run();
  }
  return static_cast<std::int64_t>(changed.size());
}

// A message that waits keeps its key; what it says is what may still be said.
void erase_from_messages(const store::Database& database, const Erased& erased) {
  Statement select(database, "SELECT message, content, answer FROM messages WHERE instr(content, ?1) > 0");
  select.text(1, erased.certain());
  Statement update(database, "UPDATE messages SET content = ?2, answer = ?3 WHERE message = ?1");
  struct Changed {
    std::int64_t message;
    std::string content, answer;
  };
  std::vector<Changed> all;
  while (select.step()) {
    json::value content = parsed(select.text_at(1));
    json::object* map = content.if_object();
    json::value* alerts = map == nullptr ? nullptr : map->if_contains("alerts");
    if (alerts == nullptr || !alerts->is_array()) continue;
    bool some = false;
    for (json::value& alert : alerts->get_array())
      if (alert.is_object()) some |= erased.remove_from(alert.get_object());
    if (!some) continue;
    // A receiver's answer may quote what it was sent.
    all.push_back({select.integer_at(0), json::serialize(content), select.text_at(2).empty() ? "" : "erased"});
  }
  for (const Changed& one : all) update.integer(1, one.message).text(2, one.content).text(3, one.answer).run();
}

}  // namespace

std::int64_t Book::erase(std::string_view platform, std::string_view author, const Act& act) {
  std::int64_t changed = 0;
  {
    Transaction transaction(database_);
    const Erased erased(Erased::Kind::author, platform, author);
    changed = erase_from_alerts(database_, erased);
    erase_from_messages(database_, erased);
    // Not whom: the log stays for good.
    if (changed > 0) note(act, "erase", "", "an author's words, from " + std::to_string(changed) + " alerts");
    transaction.commit();
  }
  database_.execute("PRAGMA wal_checkpoint(TRUNCATE)");  // nor does it stay in the journal
  return changed;
}

std::int64_t Book::withdraw(std::span<const PostName> posts, const Act& act) {
  Transaction transaction(database_);
  std::int64_t changed = 0;
  for (const PostName& post : posts) {
    const Erased erased(Erased::Kind::post, post.platform, post.id);
    changed += erase_from_alerts(database_, erased);
    erase_from_messages(database_, erased);
  }
  if (changed > 0) note(act, "withdraw", "", "posts that were deleted, from " + std::to_string(changed) + " alerts");
  transaction.commit();
  return changed;
}

}  // namespace earshot::alert_book
