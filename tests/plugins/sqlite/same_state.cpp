// However deliveries come, repeated, cut into batches and interrupted, the store ends as a plain model of it says.
#include <catch2/catch.hpp>
#include <deque>
#include <earshot/testing.hpp>
#include <map>
#include <random>
#include <set>

#include "../loaded.hpp"
#include "counted.hpp"
#include "query.hpp"

using namespace earshot::testing;

namespace {

// What a store is said to do, without one.
class Model {
 public:
  void deliver(const TestPost& post) {
    const auto found = posts_.find(post.id);
    const bool gone = rank(post) > 0;
    if (found == posts_.end() && gone) return;
    if (found != posts_.end() &&
        std::pair(post.revision, rank(post)) < std::pair(found->second.revision, rank(found->second)))
      return;
    if (found == posts_.end())
      posts_[post.id] = post;
    else if (gone)
      found->second.change = post.change, found->second.revision = post.revision, found->second.url.clear();
    else
      found->second = post;
  }

  std::string contents() const {
    std::string all;
    for (const auto& [id, p] : posts_) {
      const bool live = rank(p) == 0;
      std::string segments, findings;
      for (std::size_t i = 0; live && i < p.segments.size(); ++i)
        segments.append(named(i == 0 ? "" : ";", i)).append("body").append(p.segments[i].text);
      for (std::size_t i = 0; live && i < p.findings.size(); ++i)
        findings.append(i == 0 ? "" : ";")
            .append(p.findings[i].kind)
            .append(p.findings[i].subject)
            .append(p.findings[i].score == 1 ? "1.0" : "0.7");
      all += p.platform + "|" + id + "|" + std::to_string(p.revision) + "|" +
             (live                      ? "live"
              : p.change == EAR_DELETED ? "deleted"
                                        : "withdrawn") +
             "|" + std::to_string(earshot::ticks(p.published)) + "|" + (p.url.empty() ? "-" : p.url) + "|" + p.author +
             "|" + (segments.empty() ? "-" : segments) + "|" + (findings.empty() ? "-" : findings) + "|0\n";
    }
    return all;
  }
  // The posts that have the word.
  std::string with(const std::string& word) const {
    std::string all;
    for (const auto& [id, p] : posts_)
      if (rank(p) == 0 && p.text().append(" ").insert(0, " ").find(" " + word + " ") != std::string::npos)
        all += id + "\n";
    return all;
  }

 private:
  static int rank(const TestPost& p) { return p.change == EAR_DELETED ? 2 : p.change == EAR_WITHDRAWN ? 1 : 0; }
  std::map<std::string, TestPost> posts_;
};

TestPost random_post(std::mt19937& random, int ids) {
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  TestPost post;
  post.with_id(named("p", below(ids))).by(named("a", below(9)));
  post.url = "https://x.example/" + std::to_string(below(100));
  post.published = at("2026-05-01") + std::chrono::seconds{below(100'000)};
  const auto revision = static_cast<std::uint64_t>(below(5));
  const int change = below(10);
  if (change == 0) return post.deleted(revision);
  if (change == 1) return post.withdrawn(revision);
  post.edited(revision);
  // Of one revision there is one text.
  std::mt19937 words_of(static_cast<unsigned>(std::hash<std::string>{}(post.id + "/" + std::to_string(revision))));
  const auto text = [&] { return static_cast<unsigned>(words_of()); };
  for (unsigned s = text() % 3; s > 0; --s) {
    std::string words;
    for (unsigned w = 1 + text() % 6; w > 0; --w) words += named(words.empty() ? "w" : " w", text() % 40);
    post.body(words);
  }
  post.author = named("a", text() % 9), post.published = at("2026-05-01") + std::chrono::seconds{text() % 9999};
  post.url = "https://x.example/" + std::to_string(text() % 100);
  for (unsigned f = text() % 3; f > 0; --f) post.found("mention", named("s", text() % 5));
  if (text() % 3 == 0) post.found("sentiment", named("s", text() % 5), 0.7).findings.back().value = "negative";
  if (text() % 3 == 0) post.found("keyphrase", "").findings.back().value = named("k", text() % 5);
  if (text() % 5 == 0) post.found("duplicate", "").findings.back().value = "test/p1";
  return post;
}

void deliver(SinkHarness& sink, Model& model, const TestPost& post) {
  sink.post() = post;
  model.deliver(post);
}

}  // namespace

TEST_CASE("any order of edits, deletions and repeats ends as the model says") {
  const unsigned seed = GENERATE(take(6, random(0, 1'000'000)));
  const std::string index = GENERATE(as<std::string>(), "background", "inline");
  CAPTURE(seed, index);
  std::mt19937 random(seed);
  const Folder folder;
  const std::string path = folder / "acme.db";
  Model model;
  SinkHarness sink(loaded("sqlite"), {{"path", path}, {"index", index}, {"commit_every", 40}});
  std::deque<TestPost> sent;
  for (int i = 0; i < 600; ++i) {
    if (!sent.empty() && random() % 5 == 0)
      deliver(sink, model, sent[random() % sent.size()]);
    else
      deliver(sink, model, sent.emplace_back(random_post(random, 60)));
    if (random() % 30 == 0) sink.write(1 + random() % 20);
    if (random() % 60 == 0) sink.write(), sink.flush();
    if (random() % 200 == 0) sink.write(), sink.flush(), sink.reload();
  }
  sink.write();
  sink.stop();
  CHECK(contents(path) == model.contents());
  CHECK(integrity(path) == "ok");
  CHECK_NOTHROW(check_index(path));
  CHECK(counted(path) == counted_anew(path));
  for (int w = 0; w < 40; ++w) {
    const std::string word = named("w", w);
    CHECK(rows(path, "SELECT id FROM search JOIN posts ON post = search.rowid WHERE search MATCH '" + word +
                         "' ORDER BY id") == model.with(word));
  }
}

TEST_CASE("the same deliveries once more change nothing") {
  const Folder folder;
  const std::string path = folder / "acme.db";
  std::mt19937 random(7);
  SinkHarness sink(loaded("sqlite"), {{"path", path}});
  std::map<std::string, std::uint64_t> revisions;  // each post's own history, in its order
  for (int i = 0; i < 300; ++i) {
    const TestPost post = random_post(random, 60);
    (sink.post() = post).revision = revisions[post.id]++;
  }
  for (int i = 0; i < 20; ++i) sink.alert("spike", named("s", i)).evidence.push_back({"test", "p1", "", "", "t"});
  sink.gap("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z");
  sink.write();
  sink.flush();
  const std::string before = contents(path) + rows(path, "SELECT * FROM authors ORDER BY platform, id");
  sink.redeliver();
  sink.flush();
  CHECK(contents(path) + rows(path, "SELECT * FROM authors ORDER BY platform, id") == before);
  sink.stop();
  CHECK_NOTHROW(check_index(path));
}
