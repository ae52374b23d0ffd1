// state_store.hpp: what a pipeline remembers: one SQLite file in its state folder. A checkpoint is one transaction, so
// after a crash everything in it is there, or nothing. Any thread; calls wait for each other.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/identity.hpp"
#include "state/dead_letter.hpp"
#include "state/erasure.hpp"

namespace earshot::host {

class Database;
class Seal;

// How far a source has got.
struct SourceState {
  std::string cursor;
  bool ended = false;
  ear_time watermark = EAR_TIME_NONE;
};

// One piece of a component's state; no value: it is forgotten.
struct StatePiece {
  std::string component;
  std::uint32_t version = 0;
  std::string key;
  std::optional<std::string> value;
};

struct SeenPost {
  Id key;
  std::uint64_t revision = 0;
};

struct AlertRevision {
  Id id;
  std::uint64_t revision = 0;
  bool closed = false;
};

struct OutboxRow {
  std::int64_t number = 0;
  std::string sink;
  std::string payload;  // a record
};

// Everything that a checkpoint writes.
struct Commit {
  std::map<std::string, SourceState> sources;
  std::set<std::string> whole;  // components whose earlier pieces go first
  std::vector<StatePiece> pieces;
  std::map<std::string, std::set<ear_time>> timers;  // of detectors
  std::vector<SeenPost> seen;
  std::vector<AlertRevision> alerts;
  std::vector<OutboxRow> outbox;
  std::vector<DeadLetter> dead;
  std::vector<std::int64_t> returned;  // dead letters that came back and went through
  bool finished = false;               // every source has ended and everything has been delivered
};

// What the last checkpoint left.
struct Restored {
  bool finished = false;
  std::int64_t checkpoints = 0;
  std::map<std::string, SourceState> sources;
  std::map<std::string, std::set<ear_time>> timers;
  std::vector<SeenPost> seen;  // oldest first
  std::vector<AlertRevision> alerts;
};

class StateStore {
 public:
  static constexpr std::size_t kMaxSeen = 1'000'000;          // posts remembered, so that a repeat is known
  static constexpr std::int64_t kMaxDeadLetters = 1'000'000;  // then the oldest go, counted

  // An empty folder: nothing outlives the process. With a seal, dead letters are written under it. Throws Failure, also
  // where another process has the folder.
  explicit StateStore(const std::filesystem::path& folder, std::shared_ptr<const Seal> seal = nullptr);
  ~StateStore();

  // Whether a process runs a pipeline with this folder.
  static bool in_use(const std::filesystem::path& folder);

  bool durable() const { return !folder_.empty(); }
  const std::filesystem::path& folder() const { return folder_; }

  Restored restore();
  std::vector<StatePiece> pieces(const std::string& component);
  void commit(const Commit& commit);  // throws Failure; then nothing was written
  // Pieces of components alone, beside any checkpoint.
  void replace(const Commit& pieces);

  // Deliveries that a remote sink has not taken yet, oldest first.
  std::vector<OutboxRow> outbox(const std::string& sink, std::size_t limit);
  std::int64_t outbox_size(const std::string& sink);
  // They have been taken, but for those that are dead letters now.
  void delivered(const std::string& sink, std::int64_t up_to, const std::vector<DeadLetter>& dead,
                 const std::vector<std::int64_t>& returned);

  // Dead letters that somebody asked to bring back, each once.
  std::vector<DeadLetter> wanted_back();
  // Those from before a time go. How many. [any]
  std::int64_t drop_dead_letters(ear_time before);
  // One of them could not come back. It stays, and nobody asks for it any more. [any]
  void stays_dead(std::int64_t number);

  // Authors that somebody asked to have forgotten.
  std::vector<Erasure> erasures();
  // Takes an author out of dead letters and the outbox, and notes what came of it where somebody waits for that. `look`
  // is shown each payload and says what is to become of it.
  struct Kept {
    enum class What { whole, none, changed } what = What::whole;
    std::string payload;  // where it was changed
  };
  using Look = std::function<Kept(std::string_view payload, bool raw)>;
  Erased erase(const Erasure& whom, Erased so_far, const Look& look);
  // Posts in the hands of a component when it crashed. Met twice alone, a post is poison for that component.
  void crashed(const std::string& component, const std::vector<Id>& posts);
  struct Suspect {
    std::string component;
    Id post;
    bool poison = false;
  };
  std::vector<Suspect> suspects();
  void clear_suspects();  // all but the poison, once a run has ended well

 private:
  void write_dead_letters(const Commit& commit);

  std::filesystem::path folder_;
  std::shared_ptr<const Seal> seal_;
  int lock_ = -1;
  std::mutex mutex_;
  std::unique_ptr<Database> database_;
};

// Makes or upgrades the tables. Throws Failure for the state of a newer version.
void prepare_state(Database& database);

// The file in a state folder. Throws Failure where there is none.
std::filesystem::path existing_state(const std::filesystem::path& folder);

}  // namespace earshot::host
