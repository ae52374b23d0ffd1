#include "perception/corpus.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "model/hash.hpp"

namespace earshot::perception {
namespace {

namespace fs = std::filesystem;

std::string file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read '" + path.string() + "'");
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> lines(const fs::path& path) {
  std::vector<std::string> out;
  const std::string all = file(path);
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find('\n', at), all.size());
    std::string line = all.substr(at, end - at);
    if (line.ends_with('\r')) line.pop_back();
    out.push_back(std::move(line)), at = end + 1;
  }
  return out;
}

// RFC 4180 with a comma, or fields parted by tabs without quotes.
std::vector<std::vector<std::string>> table(const fs::path& path, char by) {
  std::vector<std::vector<std::string>> out;
  const std::string all = file(path);
  std::vector<std::string> row(1);
  bool quoted = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const char c = all[i];
    if (quoted && c == '"' && i + 1 < all.size() && all[i + 1] == '"') {
      row.back() += c, ++i;
    } else if (by == ',' && c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == by) {
      row.emplace_back();
    } else if (!quoted && c == '\n') {
      out.push_back(std::move(row)), row.assign(1, {});
    } else if (quoted || c != '\r') {
      row.back() += c;
    }
  }
  if (row.size() > 1) out.push_back(std::move(row));
  if (out.empty()) throw std::runtime_error("'" + path.string() + "' is empty");
  return out;
}

std::size_t column(const std::vector<std::vector<std::string>>& all, std::string_view name) {
  const auto& head = all.front();
  const auto found = std::find(head.begin(), head.end(), name);
  if (found == head.end()) throw std::runtime_error("no column '" + std::string(name) + "'");
  return static_cast<std::size_t>(found - head.begin());
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return out;
}
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// Where the topic stands in the text, without regard to case, "#" and "@".
void find_topic(Row& row, std::string_view topic) {
  while (topic.starts_with('#') || topic.starts_with('@')) topic.remove_prefix(1);
  const std::string text = lower(row.text), name = lower(topic);
  if (name.size() < 2) return;
  for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; ++at) {
    const std::size_t end = at + name.size();
    if (at > 0 && is_word(text[at - 1]) && name.size() < 5) continue;
    row.begin = static_cast<std::uint32_t>(at), row.end = static_cast<std::uint32_t>(end);
    return;
  }
}

using Labels = std::map<std::string, std::uint16_t, std::less<>>;

class Builder {
 public:
  void add(Set set, std::string text, std::uint16_t label, std::string topic, bool find = true) {
    Row row{std::move(text), 0, 0, label, set, std::move(topic), 0};
    row.same = same_text(row.text);
    if (find) find_topic(row, row.topic);
    rows.push_back(std::move(row));
  }
  void tweeteval(const fs::path& folder, const std::string& part, Set set) {
    const auto texts = lines(folder / (part + "_text.txt")), labels = lines(folder / (part + "_labels.txt"));
    for (std::size_t i = 0; i < std::min(texts.size(), labels.size()); ++i)
      if (!labels[i].empty()) add(set, texts[i], static_cast<std::uint16_t>(labels[i][0] - '0'), {});
  }
  void columns(const fs::path& path, char by, Set set, const char* label, const char* text, const char* topic,
               const Labels& labels) {
    const auto all = table(path, by);
    const std::size_t l = column(all, label), t = column(all, text), k = column(all, topic);
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (all[i].size() <= std::max({l, t, k})) continue;
      const auto found = labels.find(all[i][l]);
      if (found != labels.end()) add(set, all[i][t], found->second, all[i][k]);
    }
  }
  // Three lines each: the text with $T$ for the target, the target, -1, 0 or 1.
  void three_lines(const fs::path& path, Set set) {
    const auto all = lines(path);
    for (std::size_t i = 0; i + 2 < all.size(); i += 3) {
      std::string text = all[i];
      const std::size_t at = text.find("$T$");
      if (at == std::string::npos) continue;
      text.replace(at, 3, all[i + 1]);
      const int label = all[i + 2].starts_with('-') ? -1 : all[i + 2].starts_with('1') ? 1 : 0;
      add(set, std::move(text), static_cast<std::uint16_t>(label + 1), lower(all[i + 1]), false);
      rows.back().begin = static_cast<std::uint32_t>(at);
      rows.back().end = static_cast<std::uint32_t>(at + all[i + 1].size());
    }
  }
  void mams(const fs::path& path, Set set);

  std::vector<Row> rows;
};

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    static constexpr std::pair<std::string_view, char> known[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    const auto* found = std::find_if(std::begin(known), std::end(known),
                                     [&](const auto& k) { return text.substr(i, k.first.size()) == k.first; });
    out += found == std::end(known) ? text[i] : found->second;
    i += found == std::end(known) ? 1 : found->first.size();
  }
  return out;
}

std::string_view attribute(std::string_view tag, const std::string& name) {
  const std::size_t at = tag.find(" " + name + "=\"");
  if (at == tag.npos) return {};
  tag.remove_prefix(at + name.size() + 3);
  return tag.substr(0, tag.find('"'));
}

std::uint32_t number(std::string_view text) {
  std::uint32_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

// Character positions: the texts are ASCII almost throughout; a row whose target does not stand there is searched.
void Builder::mams(const fs::path& path, Set set) {
  std::string text;
  static const Labels labels{{"negative", kNegative}, {"neutral", kNeutral}, {"positive", kPositive}};
  for (const std::string& line : lines(path)) {
    if (const std::size_t at = line.find("<text>"); at != std::string::npos)
      text = unescaped(std::string_view(line).substr(at + 6, line.find("</text>") - at - 6));
    if (line.find("<aspectTerm ") == std::string::npos) continue;
    const auto label = labels.find(attribute(line, "polarity"));
    if (label == labels.end()) continue;
    const std::string term = unescaped(attribute(line, "term"));
    add(set, text, label->second, lower(term), false);
    const std::uint32_t from = number(attribute(line, "from"));
    std::size_t at =
        text.compare(std::min<std::size_t>(from, text.size()), term.size(), term) == 0 ? from : text.find(term);
    if (at == std::string::npos) at = 0;
    rows.back().begin = static_cast<std::uint32_t>(at), rows.back().end = static_cast<std::uint32_t>(at + term.size());
  }
}

}  // namespace

std::uint64_t same_text(std::string_view text) {
  std::string out;
  const std::string all = lower(text);
  for (std::size_t i = 0; i < all.size();) {
    const std::size_t end = std::min(all.find(' ', i), all.size());
    const std::string_view word = std::string_view(all).substr(i, end - i);
    i = end + 1;
    if (word.starts_with('@') || word.starts_with("http") || word.starts_with("\"@")) continue;
    for (const char c : word)
      if (c >= 'a' && c <= 'z') out += c;
  }
  return model::hash(out);
}

std::vector<Row> read_sentiment(const fs::path& data) {
  Builder b;
  b.tweeteval(data / "tweeteval/sentiment", "train", Set::tweeteval);
  b.tweeteval(data / "tweeteval/sentiment", "val", Set::tweeteval_val);
  const Labels five{{"-2", kNegative}, {"-1", kNegative}, {"0", kNeutral}, {"1", kPositive}, {"2", kPositive}};
  const Labels names{{"negative", kNegative}, {"neutral", kNeutral}, {"positive", kPositive},
                     {"Negative", kNegative}, {"Neutral", kNeutral}, {"Positive", kPositive}};
  b.columns(data / "semeval_topic/CE_train.tsv", '\t', Set::topic_ce, "label", "text", "topic", five);
  b.columns(data / "semeval_topic/BD_train.tsv", '\t', Set::topic_bd, "label", "text", "topic", names);
  b.three_lines(data / "absa/twitter_dong2014_train.raw", Set::dong);
  b.three_lines(data / "absa/laptops_train.seg", Set::laptops);
  b.three_lines(data / "absa/restaurants_train.seg", Set::restaurants);
  b.mams(data / "absa/mams_atsa_train.xml", Set::mams);
  b.mams(data / "absa/mams_atsa_val.xml", Set::mams_val);
  b.columns(data / "brand_tweets/sanders_dev.csv", ',', Set::sanders, "Sentiment", "TweetText", "Topic", names);
  b.columns(data / "brand_tweets/apple_dfe_dev.csv", ',', Set::apple, "sentiment", "text", "sentiment",
            {{"1", kNegative}, {"3", kNeutral}, {"5", kPositive}});
  b.columns(data / "brand_tweets/sxsw_dev.csv", ',', Set::sxsw, "is_there_an_emotion_directed_at_a_brand_or_product",
            "tweet_text", "emotion_in_tweet_is_directed_at",
            {{"Negative emotion", kNegative},
             {"No emotion toward brand or product", kNeutral},
             {"Positive emotion", kPositive}});
  b.columns(data / "entity_sentiment/train_originals.csv", ',', Set::entity, "sentiment", "text", "entity", names);
  for (Row& row : b.rows)
    if (row.set == Set::apple) row.topic = "apple", find_topic(row, "apple");
  return std::move(b.rows);
}

std::vector<Row> read_airline(const fs::path& data) {
  Builder b;
  b.columns(data / "airline/tweets_dev.csv", ',', Set::airline, "airline_sentiment", "text", "airline",
            {{"negative", kNegative}, {"neutral", kNeutral}, {"positive", kPositive}});
  for (Row& row : b.rows)
    if (const std::size_t at = row.text.find('@'); row.end == 0 && at != std::string::npos) {
      const std::size_t end = std::min(row.text.find_first_of(" ,.:!?", at), row.text.size());
      row.begin = static_cast<std::uint32_t>(at), row.end = static_cast<std::uint32_t>(end);
    }
  return std::move(b.rows);
}

std::vector<Row> read_emotion(const fs::path& data) {
  Builder b;
  b.tweeteval(data / "tweeteval/emotion", "train", Set::emotion);
  b.tweeteval(data / "tweeteval/emotion", "val", Set::emotion_val);
  return std::move(b.rows);
}

}  // namespace earshot::perception
