// Rules of sinks: what was accepted is there after a crash, and what is delivered again changes nothing.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "check/corpus.hpp"
#include "check/sink_files.hpp"
#include "check/trial.hpp"

namespace earshot::check {

using testing::SinkHarness;

namespace {

using Sink = Trial<SinkHarness>;

void give(Sink& h, const Subject& subject, std::size_t from, std::size_t to) {
  const auto all = posts(subject.seed, 60);
  for (std::size_t i = from; i < to && i < all.size(); ++i) h.post() = all[i];
  or_skip("take posts", [&] { h.write(); });
}

void partial_accept(const Subject& subject) {
  auto h = started<SinkHarness>(subject);
  const auto all = posts(subject.seed, 60);
  for (const testing::TestPost& p : all) h->post() = p;
  h->alert("spike", "acme").summary = "more than usual";
  h->gap("2026-05-01T00:00:00Z", "2026-05-01T01:00:00Z");
  try {
    h->write(), h->flush();
    testing::LogLine unused;
    std::pmr::monotonic_buffer_resource memory;
    std::uint32_t accepted = 77;
    ear_error error = testing::make_error();
    const ear_status status =
        subject.component->sink->write(h->self(), testing::freeze_deliveries({}, memory), &accepted, &error);
    if (status == EAR_OK && accepted != 0) throw Broken("it says that it took some of no deliveries");
  } catch (const testing::ContractBroken& broken) {
    throw Broken(broken.what());
  } catch (const testing::CallFailed& failed) {
    throw Skipped(failed.what());
  }
}

// In a process of its own, killed in the middle of it: everything in `work` must be safe when it returns.
template <class Work>
void then_killed(Work&& work) {
  int ends[2];
  if (::pipe(ends) != 0) throw Skipped("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    std::string fault;
    try {
      work();
    } catch (const std::exception& e) {
      fault = e.what();
    }
    [[maybe_unused]] const auto written = ::write(ends[1], fault.data(), fault.size());
    ::kill(::getpid(), SIGKILL);
  }
  ::close(ends[1]);
  std::string fault(512, '\0');
  const auto got = ::read(ends[0], fault.data(), fault.size());
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  if (got > 0) throw Skipped(fault.substr(0, static_cast<std::size_t>(got)));
}

// Runs `work` in a folder of its own below this one and says what it left there.
template <class Work>
std::map<std::string, std::string> left_in(const char* folder, Work&& work) {
  const auto here = std::filesystem::current_path();
  std::filesystem::create_directory(folder);
  std::filesystem::current_path(folder);
  std::exception_ptr thrown;
  try {
    work();
  } catch (...) {
    thrown = std::current_exception();
  }
  auto files = written_files();
  std::filesystem::current_path(here);
  if (thrown) std::rethrow_exception(thrown);
  return files;
}

void redelivered(const Subject& subject) {
  const auto once = left_in("once", [&] {
    auto h = started<SinkHarness>(subject);
    give(*h, subject, 0, 60);
    h->flush(), h->stop(), h->destroy();
  });
  if (once.empty()) throw Skipped("it writes nowhere that this check can see");
  const auto twice = left_in("twice", [&] {
    auto h = started<SinkHarness>(subject);
    give(*h, subject, 0, 30);
    h->flush();
    const testing::State state = h->save(true);
    give(*h, subject, 30, 60);  // after the checkpoint: the host does not know that it was taken
    h->flush(), h->destroy();
    auto again = trial<SinkHarness>(subject);
    again->create();
    if (subject.component->load != nullptr)
      for (const auto& [key, value] : state) {
        ear_error error = testing::make_error();
        if (subject.component->load(again->self(), subject.component->state_version, str(key), bytes(value), &error) !=
            EAR_OK)
          throw Broken("it does not load what it saved: " + shown(error.message));
      }
    again->start();
    give(*again, subject, 30, 60);
    again->flush(), again->stop(), again->destroy();
  });
  for (const auto& [name, bytes] : once) {
    const auto found = twice.find(name);
    if (found == twice.end()) throw Broken("after a restart " + name + " is not there");
    if (found->second != bytes)
      throw Broken("delivered again after a restart from a checkpoint, posts change " + name + ": it has " +
                   std::to_string(found->second.size()) + " bytes instead of " + std::to_string(bytes.size()));
  }
}

void flush_means_durable(const Subject& subject) {
  const auto orderly = left_in("orderly", [&] {
    auto h = started<SinkHarness>(subject);
    give(*h, subject, 0, 60);
    h->flush(), h->stop(), h->destroy();
  });
  if (orderly.empty()) throw Skipped("it writes nowhere that this check can see");
  const auto killed = left_in("killed", [&] {
    then_killed([&] {
      auto* h = started<SinkHarness>(subject).release();  // it is never destroyed: the process dies
      give(*h, subject, 0, 60);
      h->flush();
    });
  });
  for (const auto& [name, bytes] : orderly) {
    const auto found = killed.find(name);
    const std::size_t kept = found == killed.end() ? 0 : found->second.size();
    if (kept * 10 < bytes.size() * 9)  // a trailer may be written by stop
      throw Broken("killed right after flush, " + name + " has " + std::to_string(kept) + " of " +
                   std::to_string(bytes.size()) + " bytes: flush has to write everything and make it durable");
  }
}

constexpr std::uint32_t kSink = kOf(EAR_SINK);
constexpr Rule kRules[] = {
    {"partial-accept", "it says truly how many deliveries it took, and takes them all in the end",
     "Takes a prefix of `deliveries` and says how long it is", partial_accept, Scope::component, kSink,
     "write crashes"},
    {"redelivered", "what comes again after a restart changes nothing", "writing it again changes nothing", redelivered,
     Scope::component, kSink, "taking deliveries again after a restart crashes"},
    {"flush-means-durable", "after flush a killed process has lost nothing", "everything accepted is durable",
     flush_means_durable, Scope::component, kSink},
};

}  // namespace

std::span<const Rule> sink_rules() {
  return kRules;
}

}  // namespace earshot::check
