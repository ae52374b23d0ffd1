// Rules that hold for every kind of component: its life, its errors, its threads, and the hosts that it may meet.
#include <malloc.h>
#include <sys/mman.h>

#include <filesystem>
#include <thread>

#include "check/corpus.hpp"
#include "check/memory.hpp"
#include "check/process_state.hpp"
#include "check/spy.hpp"
#include "check/trial.hpp"

namespace earshot::check {

namespace {

using testing::HarnessBase;

void create_touches_nothing(const Subject& subject) {
  const std::size_t files = open_files(), tasks = threads();
  const auto h = trial<HarnessBase>(subject);
  or_skip("take its options", [&] { h->create(); });
  if (threads() != tasks) throw Broken("create starts a thread; start is the place for that");
  if (open_files() > files) throw Broken("create opens a file; start is the place for that");
  if (!std::filesystem::is_empty(".")) throw Broken("create writes a file; start is the place for that");
}

void created_100_times(const Subject& subject) {
  const auto once = [&] {
    const auto h = trial<HarnessBase>(subject);
    or_skip("take its options", [&] { h->create(); });
  };
  for (int i = 0; i < 20; ++i) once();
  const std::size_t files = open_files(), tasks = threads(), heap = ::mallinfo2().uordblks;
  for (int i = 0; i < 100; ++i) once();
  if (open_files() > files) throw Broken("a file stays open after destroy");
  if (threads() > tasks) throw Broken("a thread runs on after destroy");
  const std::size_t now = ::mallinfo2().uordblks;
  if (now > heap + 100 * 1024)
    throw Broken("each instance leaves " + std::to_string((now - heap) / 100) + " bytes behind after destroy");
}

void destroyed_unused(const Subject& subject) {
  {
    const auto h = trial<HarnessBase>(subject);
    or_skip("take its options", [&] { h->create(); });
  }
  const auto h = started<HarnessBase>(subject);
  const std::size_t before = seen().late.size();
  h->stop(), h->destroy();
  if (seen().late.size() > before) throw Broken(seen().late.back());
}

void two_instances_parallel(const Subject& subject) {
  live(subject);
  std::string faults[2];
  const auto one = [&](std::size_t i) {
    try {
      live(subject);
    } catch (const Skipped&) {  // two at once may meet in a file or a port that only one can have
    } catch (const std::exception& fault) {
      faults[i] = fault.what();
    }
  };
  std::thread other([&] { one(1); });
  one(0);
  other.join();
  for (const std::string& fault : faults)
    if (!fault.empty()) throw Broken("two instances on two threads disturb each other: " + fault);
}

// Everything that may be answered with an error.
void provoke(const Subject& subject) {
  const auto try_all = [&](HarnessBase& h) {
    for (const std::string& value :
         {std::string(), std::string("x"), noise(subject.seed, 64), noise(subject.seed, 5000)})
      try {
        h.create();
        h.state()["key"] = value;
        h.reload();
      } catch (const testing::CallFailed&) {
      }
  };
  try {
    if (subject.component->kind == EAR_SOURCE) {
      for (const std::string& cursor : {std::string("no cursor of this source"), noise(subject.seed, 64)}) {
        auto h = trial<testing::SourceHarness>(subject);
        try {
          h->open(cursor), h->poll();
        } catch (const testing::CallFailed&) {
        }
      }
    } else if (subject.component->kind == EAR_DETECTOR) {
      auto h = trial<testing::DetectorHarness>(subject);
      try {
        for (const std::string& text : hostile_texts()) h->post(text).by("ana");
        for (testing::TestPost& p : posts(subject.seed)) h->add(std::move(p));
        h->run(), h->end();
      } catch (const testing::CallFailed&) {
      }
    } else if (subject.component->kind == EAR_SINK) {
      auto h = trial<testing::SinkHarness>(subject);
      try {
        for (const std::string& text : hostile_texts()) h->post(text).by("ana");
        h->write(), h->flush();
      } catch (const testing::CallFailed&) {
      }
    }
    auto h = trial<HarnessBase>(subject);
    try_all(*h);
    for (std::uint32_t i = 0; i < subject.component->option_count; ++i) {
      const ear_option& option = testing::option_line(*subject.component, i);
      if (option.type != EAR_TEXT && option.type != EAR_QUERY && option.type != EAR_URL) continue;
      for (const char* text : {"", "(", "\xC3"}) try {
          auto odd = trial<HarnessBase>(subject);
          odd->option(option.name, text);
          odd->create();
        } catch (const testing::CallFailed&) {
        }
    }
  } catch (const std::invalid_argument& fault) {
    throw Skipped(std::string(fault.what()) + "; options can be given by --option NAME=VALUE");
  }
}

void errors_have_text(const Subject& subject) {
  provoke(subject);
  const Seen all = seen();
  if (!all.wordless.empty()) throw Broken(all.wordless.front() + "; write one sentence for the person who has to act");
}

void exceptions_contained(const Subject& subject) {
  try {
    provoke(subject);
    live(subject);
  } catch (const Escaped& escaped) {
    throw Broken(std::string(escaped.what()) +
                 "; catch everything at the boundary, as earshot/detector.hpp and its like do");
  }
}

void outputs_inside_the_call(const Subject& subject) {
  live(subject);
  if (const Seen all = seen(); !all.late.empty()) throw Broken(all.late.front());
}

void service_on_main_thread(const Subject& subject) {
  live(subject);
  if (const Seen all = seen(); !all.wrong_thread.empty()) throw Broken(all.wrong_thread.front());
}

void leaves_process_alone(const Subject& subject) {
  const auto before = process_state();
  const auto compare = [&] {
    for (const auto& [name, value] : process_state())
      if (const auto old = before.find(name); old == before.end() || old->second != value)
        throw Broken("it changes " + name + ", which belongs to the whole process");
  };
  try {
    live(subject);
  } catch (const Skipped&) {
    compare();
    throw;
  }
  compare();
}

void poor_host_survived(const Subject& subject) {
  const auto h = trial<HarnessBase>(subject);
  ear_host& raw = h->host().raw();
  raw.secret = [](void*, ear_str, void (*)(void*, ear_str), void*) -> ear_status { return EAR_INVALID; };
  raw.watchlist = [](void*) -> const ear_value* { return nullptr; };
  raw.config = [](void*) -> const ear_value* { return nullptr; };
  or_skip("start", [&] {
    try {
      h->start();
    } catch (const testing::CallFailed& refused) {
      if (refused.message.empty())
        throw Broken("it refuses a host without secrets and watchlist, and does not say why");
    }
  });
}

// Structs that end where this version of the header ends, with nothing readable behind them.
void older_host(const Subject& subject) {
  LentMemory lent;
  const ear_component& table = *subject.component;
  testing::TestHost host;
  set_up(subject, host);
  std::vector<testing::Tree> options;
  or_skip("take its options", [&] { options = option_values(table, usable_options(table, subject.options)); });
  auto* raw = static_cast<ear_host*>(lent.allocate(sizeof(ear_host), alignof(ear_host)));
  *raw = host.raw();
  raw->component = testing::keep("check", lent), raw->pipeline = testing::keep("check", lent);
  auto* error = static_cast<ear_error*>(lent.allocate(sizeof(ear_error), alignof(ear_error)));
  *error = testing::make_error();
  void* self = nullptr;
  if (table.create(raw, testing::freeze(options, lent), &self, error) != EAR_OK)
    throw Skipped("it does not take its options here");
  if (table.start != nullptr && table.start(self, error) != EAR_OK) throw Skipped("it does not start here");
  if (table.kind == EAR_DETECTOR) {
    std::vector<testing::TestPost> all = posts(subject.seed, 40);
    std::vector<const testing::TestPost*> batch;
    for (const testing::TestPost& p : all) batch.push_back(&p);
    testing::DetectorRecord record(batch);
    table.detector->detect(self, testing::freeze_batch(batch, {}, lent), &record.raw(), error);
  } else if (table.kind == EAR_SINK) {
    std::deque<testing::TestDelivery> all;
    std::vector<const testing::TestDelivery*> some;
    for (testing::TestPost& p : posts(subject.seed, 40))
      all.emplace_back().post = std::move(p), some.push_back(&all.back());
    std::uint32_t accepted = 0;
    table.sink->write(self, testing::freeze_deliveries(some, lent), &accepted, error);
  } else if (table.kind == EAR_SOURCE) {
    testing::SourceRecord record;
    const std::string cursor(1, '0');
    if (table.source->open(self, {}, error) == EAR_OK) table.source->poll(self, &record.raw(), error);
  }
  if (table.stop != nullptr) table.stop(self, error);
  table.destroy(self);
}

constexpr Rule kRules[] = {
    {"host-memory-not-freed", "it frees nothing of the host's", "nothing is freed across", older_host, Scope::component,
     kEveryKind, "it frees, grows or reads beyond memory that belongs to the host"},
    {"older-host", "it reads no member that the host's struct does not have", "structs with `size` grow at their end",
     older_host, Scope::component, kEveryKind, "it reads behind the end of a struct or a text that the host gave it"},
    {"create-touches-nothing", "create opens, writes and starts nothing", "touch nothing outside",
     create_touches_nothing},
    {"created-100-times", "instances come and go without leaving anything",
     "create, load for each piece of state, start", created_100_times},
    {"destroyed-unused", "an instance that did nothing can be destroyed", "create, load for each piece of state, start",
     destroyed_unused, Scope::component, kEveryKind, "destroying an instance that did nothing crashes"},
    {"two-instances-parallel", "two instances run side by side", "never two calls at once for one instance",
     two_instances_parallel, Scope::component, kEveryKind, "two instances on two threads crash"},
    {"errors-have-text", "each error says what is wrong", "what is wrong, why, what to do", errors_have_text},
    {"exceptions-contained", "no exception comes out of a call", "Throwing through any of these functions is undefined",
     exceptions_contained, Scope::component, kEveryKind, "an exception ends the process"},
    {"outputs-inside-the-call", "it speaks only while it is asked",
     "A pointer is borrowed for the call that it appears in", outputs_inside_the_call},
    {"service-on-main-thread", "it asks for services in [main] calls", "The table of a service by its id",
     service_on_main_thread},
    {"leaves-process-alone", "locale, signals, environment and working directory stay as they are",
     "touch nothing outside", leaves_process_alone},
    {"poor-host-survived", "it says so where the host has no secret, watchlist or service for it",
     "EAR_INVALID: no such secret", poor_host_survived, Scope::component, kEveryKind,
     "it crashes where the host has nothing for it"},
};

}  // namespace

std::span<const Rule> life_rules() {
  return kRules;
}

}  // namespace earshot::check
