// Rules of detectors: what they answer must not depend on how posts are cut, saved, shared out or laid out.
#include <algorithm>
#include <random>
#include <thread>

#include "check/corpus.hpp"
#include "check/memory.hpp"
#include "check/spy.hpp"
#include "check/trial.hpp"

namespace earshot::check {

using testing::Chunking;
using testing::DetectorHarness;
using testing::TestPost;

namespace {

using Detector = Trial<DetectorHarness>;

// What it answers to these posts. A call that fails is not this rule's matter.
std::string answers(const Subject& subject, const std::vector<TestPost>& all, Chunking chunking = {},
                    testing::Layout layout = {}, bool end = true) {
  auto h = trial<DetectorHarness>(subject);
  h->chunking(chunking), h->layout(layout);
  if (layout.extra != 0) {
    h->host().raw().size += layout.extra;
    h->host().raw().abi = EAR_ABI(EAR_ABI_MAJOR, EAR_ABI_MINOR + 7);
  }
  or_skip("start", [&] { h->start(); });
  for (const TestPost& p : all) h->add(p);
  or_skip("look at posts", [&] {
    h->run();
    if (end) h->end();
  });
  return h->answers();
}

void rechunk_invariant(const Subject& subject) {
  const auto all = posts(subject.seed);
  const std::string expected = answers(subject, all);
  for (const std::size_t size : {1, 2, 7, 64})
    expect_same(expected, answers(subject, all, {size, false}),
                "the same stream in batches of " + std::to_string(size));
}

void save_load_anywhere(const Subject& subject) {
  if ((subject.component->flags & EAR_STATELESS) != 0) throw Skipped("it keeps no state: see stateless-is-true");
  const auto all = posts(subject.seed);
  for (const std::size_t size : {1, 7, 50})
    expect_same(answers(subject, all, {size, false}), answers(subject, all, {size, true}),
                "the same stream with a save and a load after every " + std::to_string(size) + " posts");
}

// Loads pieces; refusing them in words is an answer too. Then it must still work, or be destroyed.
void load_survived(const Subject& subject, const testing::State& state, std::uint32_t version) {
  auto h = trial<DetectorHarness>(subject);
  or_skip("take its options", [&] { h->create(); });
  for (const auto& [key, value] : state) {
    ear_error error = testing::make_error();
    if (subject.component->load(h->self(), version, str(key), bytes(value), &error) != EAR_OK) return;
  }
  or_skip("start", [&] { h->start(); });
  for (TestPost& p : posts(subject.seed, 20)) h->add(std::move(p));
  try {
    h->run();
  } catch (const testing::CallFailed&) {
  }
}

void garbage_loaded(const Subject& subject) {
  if (subject.component->load == nullptr) throw Skipped("it keeps no state");
  auto h = started<DetectorHarness>(subject);
  for (TestPost& p : posts(subject.seed)) h->add(std::move(p));
  or_skip("look at posts", [&] { h->run(); });
  const testing::State good = h->save(true);
  std::mt19937_64 random(subject.seed);
  for (int i = 0; i < 40; ++i) {
    testing::State bad = good;
    if (bad.empty()) bad["key"] = "";
    for (auto& [key, value] : bad) {
      const auto kind = random() % 4;
      if (kind == 0) value.resize(value.size() / 2);
      if (kind == 1) value = noise(random(), 1 + random() % 300);
      if (kind == 2 && !value.empty()) value[random() % value.size()] ^= static_cast<char>(1 + random() % 255);
      if (kind == 3) value += noise(random(), 32);
    }
    load_survived(subject, bad, subject.component->state_version);
  }
  load_survived(subject, good, subject.component->state_version + 1);
  load_survived(subject, {{noise(3, 40), ""}, {"", noise(4, 9)}}, subject.component->state_version);
}

void empty_batch(const Subject& subject) {
  auto h = started<DetectorHarness>(subject);
  testing::DetectorRecord record({});
  std::pmr::monotonic_buffer_resource memory;
  ear_error error = testing::make_error();
  const ear_status status =
      subject.component->detector->detect(h->self(), testing::freeze_batch({}, {}, memory), &record.raw(), &error);
  if (status != EAR_OK) throw Broken("a batch without posts is answered with an error: " + shown(error.message));
  if (!record.said.findings.empty()) throw Broken("it finds something in a batch without posts");
}

void hostile_utf8(const Subject& subject) {
  auto h = started<DetectorHarness>(subject);
  h->chunking({3, false});
  for (const std::string& text : hostile_texts()) {
    h->post(text).title(text).by(text.substr(0, 200)).in(text.substr(0, 40)).found("mention", text.substr(0, 40));
    h->post().deleted();
    h->post().withdrawn();
  }
  or_skip("look at posts", [&] { h->run(); });
}

void answers_in_bounds(const Subject& subject) {
  auto h = started<DetectorHarness>(subject);
  for (TestPost& p : posts(subject.seed)) h->add(std::move(p));
  try {
    h->run(), h->end();
  } catch (const testing::ContractBroken& broken) {
    throw Broken(broken.what());
  } catch (const testing::CallFailed& failed) {
    throw Skipped(failed.what());
  }
}

void views_not_retained(const Subject& subject) {
  auto h = started<DetectorHarness>(subject);
  h->chunking({7, false});
  for (TestPost& p : posts(subject.seed, 80)) h->add(std::move(p));
  static LentMemory lent;  // what the harness lends is taken back after each call
  std::pmr::set_default_resource(&lent);
  or_skip("look at posts", [&] { h->run(), h->end(); });
  h->save(true);
  std::pmr::set_default_resource(nullptr);
}

void newer_host(const Subject& subject) {
  const auto all = posts(subject.seed);
  expect_same(answers(subject, all), answers(subject, all, {}, {64}), "a host whose structs have grown by 64 bytes");
}

void advanced_often(const Subject& subject) {
  auto h = started<DetectorHarness>(subject);
  if (subject.component->detector->advance == nullptr) throw Skipped("it asks for no times");
  for (TestPost& p : posts(subject.seed)) h->add(std::move(p));
  or_skip("advance", [&] {
    h->run();
    for (int i = 0; i < 200; ++i) h->advance(std::chrono::hours{1});
    h->end(), h->end();
  });
}

std::string sorted(const std::string& one, const std::string& other = {}) {
  std::vector<std::string> lines;
  std::string line;
  for (const char c : one + other) c == '\n' ? (lines.push_back(line), line.clear(), void()) : void(line += c);
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& l : lines) out += l + '\n';
  return out;
}

void needs_stateless(const Subject& subject) {
  if ((subject.component->flags & EAR_STATELESS) == 0) throw Skipped("it does not say that it is stateless");
}

void stateless_is_true(const Subject& subject) {
  needs_stateless(subject);
  const auto all = posts(subject.seed);
  const std::string together = sorted(answers(subject, all, {1, false}, {}, false));
  std::vector<TestPost> halves[2], shuffled = all;
  for (std::size_t i = 0; i < all.size(); ++i) halves[i % 2].push_back(all[i]);
  expect_same(together, sorted(answers(subject, halves[0], {}, {}, false), answers(subject, halves[1], {}, {}, false)),
              "sharing the posts out between two instances, as a host does with a stateless detector,");
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937_64(subject.seed));
  for (TestPost& p : shuffled) p.flags = 0;
  auto h = started<DetectorHarness>(subject);
  h->lateness(std::chrono::hours{24 * 365 * 20});
  for (TestPost& p : shuffled) h->add(std::move(p));
  or_skip("look at posts", [&] { h->run(); });
  expect_same(together, sorted(h->answers()), "another order of the posts");
  if (!h->wakes().empty()) throw Broken("it says that it is stateless, and asks to be woken: it waits for something");
}

void siblings_agree(const Subject& subject) {
  needs_stateless(subject);
  const ear_component& table = *subject.component;
  if (table.detector->share == nullptr) throw Skipped("it has no share: the host creates one for each worker");
  auto h = started<DetectorHarness>(subject);
  void* sibling = nullptr;
  ear_error error = testing::make_error();
  if (table.detector->share(h->self(), &sibling, &error) != EAR_OK || sibling == nullptr)
    throw Broken("share gives no sibling: " + shown(error.message));
  const auto all = posts(subject.seed);
  std::vector<const TestPost*> batch;
  for (const TestPost& p : all) batch.push_back(&p);
  std::string said[2];
  const auto look = [&](std::size_t i, void* self) {
    std::pmr::monotonic_buffer_resource memory;
    for (int round = 0; round < 20; ++round) {
      testing::DetectorRecord record(batch);
      ear_error fault = testing::make_error();
      const ear_status status =
          table.detector->detect(self, testing::freeze_batch(batch, {}, memory), &record.raw(), &fault);
      said[i] = "status " + std::to_string(status) + '\n';
      for (const testing::TestFinding& f : record.said.findings) said[i] += testing::describe(f) + '\n';
    }
  };
  std::thread other([&] { look(1, sibling); });
  look(0, h->self());
  other.join();
  table.destroy(sibling);
  expect_same(said[0], said[1], "a sibling, at work on another thread,");
}

constexpr std::uint32_t kDetector = kOf(EAR_DETECTOR);
constexpr std::string_view kCutting = "Any cutting of the same posts into batches gives the same answers";
constexpr Rule kRules[] = {
    {"rechunk-invariant", "batches of any size give the same answers", kCutting, rechunk_invariant, Scope::component,
     kDetector},
    {"save-load-anywhere", "a save and a load between any two batches changes no answer",
     "load for each piece of state, start", save_load_anywhere, Scope::component, kDetector},
    {"garbage-loaded", "state that is cut, changed or of a newer version is refused in words, or taken",
     "grows when the meaning of saved state changes", garbage_loaded, Scope::component, kDetector,
     "it crashes on state that is not as it saved it"},
    {"empty-batch", "a batch without posts is no special case", "Looks at each post", empty_batch, Scope::component,
     kDetector, "it crashes on a batch without posts"},
    {"hostile-utf8", "texts that are not UTF-8, or very long, do no harm", "Text     is UTF-8 with a length",
     hostile_utf8, Scope::component, kDetector, "it crashes on a text"},
    {"answers-in-bounds", "findings point into the posts that it was given, with scores from 0 to 1",
     "bytes in the segment's text; both 0: the whole", answers_in_bounds, Scope::component, kDetector},
    {"views-not-retained", "it copies what it keeps of a post", "A pointer is borrowed for the call that it appears in",
     views_not_retained, Scope::component, kDetector, "it touched a post of an earlier batch"},
    {"newer-host", "structs that have grown do not confuse it", "arrays carry a stride or hold pointers", newer_host,
     Scope::component, kDetector, "it crashes where structs have grown: does it walk arrays by their stride?"},
    {"advanced-often", "event time may move at any moment, and end twice",
     "Event time has reached what wake_at asked for", advanced_often, Scope::component, kDetector, "advance crashes"},
    {"stateless-is-true", "where it says that it is stateless, no post influences another's answer",
     "posts do not influence each other", stateless_is_true, Scope::component, kDetector},
    {"siblings-agree", "a sibling gives the same answers on another thread", "Another instance with the same model",
     siblings_agree, Scope::component, kDetector, "two siblings on two threads crash"},
};

}  // namespace

std::span<const Rule> detector_rules() {
  return kRules;
}

}  // namespace earshot::check
