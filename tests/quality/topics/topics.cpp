// How well `topics` puts together what is about the same thing: threads of newsgroups, classes of news, and the crisis
// of the sample. The data does not ship with the project: without it the tests say so and pass. Nothing is learnt from
// it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <earshot/testing.hpp>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "../../plugins/loaded.hpp"
#include "../clusters.hpp"
#include "../data.hpp"

using namespace earshot::testing;
using namespace earshot::quality;
namespace fs = std::filesystem;

namespace {

struct Text {
  std::string group, thread, author, text;
};

// Of every post its topic; none: a name of its own.
struct Found {
  std::vector<std::string> topics;
  std::set<std::size_t> in_topic;
  std::set<std::string> names;
  std::map<std::string, std::string> labels;
  std::set<std::string> merged;  // ids that went on under an older one
};
Found found(const std::vector<Text>& texts, std::vector<Setting> options = {}) {
  DetectorHarness h(loaded("topics"), std::move(options));
  h.chunking({256, false});
  for (const Text& t : texts) h.post(t.text).by(t.author);
  h.run();
  Found f;
  for (const TestPost& post : h.posts()) f.topics.push_back("alone " + post.id);
  for (const TestFinding& finding : h.findings("topic")) {
    f.topics[finding.post] = finding.value;
    f.in_topic.insert(finding.post), f.names.insert(finding.value);
    for (const Tree& a : finding.attributes)
      if (a.key == "label")
        f.labels[finding.value] = a.text;
      else if (a.key == "merged")
        f.merged.insert(a.text);
  }
  return f;
}

// Of the posts that are in a topic alone, by the truth that `of` gives.
template <class Of>
Agreement agreement_of(const std::vector<Text>& texts, const Found& f, Of of) {
  std::vector<std::string> truth, topics;
  for (const std::size_t i : f.in_topic) truth.push_back(of(texts[i])), topics.push_back(f.topics[i]);
  return agreement(truth, topics);
}

std::string line_of(const std::string& all, const std::string& name) {
  const std::size_t at = all.find("\n" + name + ": ");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + name.size() + 3;
  return all.substr(begin, all.find('\n', begin) - begin);
}

// What somebody wrote: no head, no quotation.
std::string body_of(const std::string& all) {
  std::string body;
  std::istringstream lines(all.substr(std::min(all.find("\n\n"), all.size())));
  for (std::string line; std::getline(lines, line);)
    if (line.find_first_of(">|:") > 2 && line.find(" writes:") == std::string::npos) body += line + "\n";
  return body;
}

std::vector<Text> newsgroups() {
  std::vector<Text> texts;
  const auto folder = data("topics/mini_newsgroups");
  if (!folder) return texts;
  for (const auto& entry : fs::recursive_directory_iterator(*folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string all = "\n" + std::string{std::istreambuf_iterator<char>(in), {}};
    std::string thread = line_of(all, "Subject");
    for (char& c : thread) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    while (thread.starts_with("re:")) thread.erase(0, thread.find_first_not_of(' ', 3));
    texts.push_back(
        {entry.path().parent_path().filename(), thread, line_of(all, "From"), thread + "\n" + body_of(all)});
  }
  std::sort(texts.begin(), texts.end(), [](const Text& a, const Text& b) { return a.text < b.text; });
  std::shuffle(texts.begin(), texts.end(), std::mt19937_64(1));
  return texts;
}

std::vector<Text> news() {
  std::vector<Text> texts;
  const auto file = data("topics/ag_news_dev.csv");
  if (!file) return texts;
  const auto rows = read_csv(*file);
  for (std::size_t i = 1; i < rows.size(); ++i)
    texts.push_back(
        {rows[i].at(0), rows[i].at(0), "agency" + std::to_string(i % 50), rows[i].at(1) + ". " + rows[i].at(2)});
  return texts;
}

void head() {
  std::printf("%-34s %6s %8s %8s %8s %8s %8s\n", "", "posts", "in topic", "topics", "purity", "homog.", "NMI");
}
void row(const std::string& name, std::size_t posts, const Found& f, const Agreement& a) {
  std::printf("%-34s %6zu %8zu %8zu %8.3f %8.3f %8.3f\n", name.c_str(), posts, f.in_topic.size(), f.names.size(),
              a.purity, a.homogeneity, a.nmi);
  std::size_t kept = 0;
  for (const std::size_t i : f.in_topic) kept += f.merged.contains(f.topics[i]) ? 0 : 1;
  std::printf("%-34s %zu of %zu posts keep the id that they were told, %zu ids went on under an older one\n", "", kept,
              f.in_topic.size(), f.merged.size());
}

}  // namespace

TEST_CASE("posts of one topic are of one newsgroup, and mostly of one thread") {
  const std::vector<Text> texts = newsgroups();
  if (texts.empty()) {
    WARN("skipped: there is no topics/mini_newsgroups below EARSHOT_DATA nor in ../shared/data");
    return;
  }
  head();
  const Found f = found(texts, {{"least", 2}});
  const Agreement group = agreement_of(texts, f, [](const Text& t) { return t.group; });
  const Agreement thread = agreement_of(texts, f, [](const Text& t) { return t.thread; });
  row("newsgroups", texts.size(), f, group);
  row("their threads", texts.size(), f, thread);
  std::vector<std::string> threads;
  for (const Text& t : texts) threads.push_back(t.thread);
  const Pairwise pairs = pairwise(threads, f.topics);
  std::printf("pairs of one thread: P %.3f R %.3f F1 %.3f\n", pairs.precision, pairs.recall, pairs.f1);
  int shown = 0;
  for (const auto& [topic, label] : f.labels)
    if (++shown <= 12) std::printf("  %s  %s\n", topic.c_str(), label.c_str());
  CHECK(group.purity >= 0.7);
  CHECK(thread.nmi >= 0.6);
}

TEST_CASE("news of one topic are of one class") {
  const std::vector<Text> texts = news();
  if (texts.empty()) {
    WARN("skipped: there is no topics/ag_news_dev.csv below EARSHOT_DATA nor in ../shared/data");
    return;
  }
  const Found f = found(texts, {{"least", 2}});
  const Agreement a = agreement_of(texts, f, [](const Text& t) { return t.group; });
  row("news by class", texts.size(), f, a);
  std::map<std::string, int> sizes;
  for (const std::size_t i : f.in_topic) ++sizes[f.topics[i]];
  std::vector<std::pair<int, std::string>> by_size;
  for (const auto& [topic, n] : sizes) by_size.emplace_back(n, topic);
  std::sort(by_size.rbegin(), by_size.rend());
  for (std::size_t i = 0; i < std::min<std::size_t>(12, by_size.size()); ++i)
    std::printf("  %4d  %s\n", by_size[i].first, f.labels.at(by_size[i].second).c_str());
  CHECK(a.purity >= 0.85);
}

TEST_CASE("the crisis of the sample is a topic of few names") {
  SourceHarness source(loaded("file"), {{"path", EARSHOT_SOURCE_DIR "/configs/sample/posts.ndjson.zst"}});
  source.poll_until_end();
  DetectorHarness h(loaded("topics"));
  h.chunking({256, false});
  for (const TestPost& post : source.posts()) h.add(post);
  h.run();
  std::vector<std::string> topics(h.posts().size());
  std::map<std::string, std::string> labels;
  for (const TestFinding& f : h.findings("topic")) {
    topics[f.post] = f.value;
    for (const Tree& a : f.attributes)
      if (a.key == "label") labels[f.value] = a.text;
  }
  const auto is_crisis = [](const TestPost& p) {
    std::string text = p.text();
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text.find("metal") != text.npos || text.find("splinter") != text.npos ||
           text.find("m\u00E9tal") != text.npos;
  };
  std::map<std::string, std::pair<int, int>> counts;  // of the crisis, and all
  int crisis = 0, in_topic = 0;
  for (std::size_t i = 0; i < topics.size(); ++i) {
    const bool yes = is_crisis(h.posts()[i]);
    crisis += yes ? 1 : 0, in_topic += yes && !topics[i].empty() ? 1 : 0;
    if (!topics[i].empty()) counts[topics[i]].first += yes ? 1 : 0, ++counts[topics[i]].second;
  }
  std::printf("sample: %d posts speak of metal, %d of them in a topic\n", crisis, in_topic);
  int pure = 0, of_topics = 0;
  for (const auto& [topic, n] : counts) {
    if (n.first < 5) continue;
    std::printf("  %s  %4d of %4d  %s\n", topic.c_str(), n.first, n.second, labels[topic].c_str());
    pure += n.first, of_topics += n.second;
  }
  CHECK(pure > of_topics / 2);
}
