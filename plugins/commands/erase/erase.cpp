// erase: removes an author from everything that a pipeline keeps, and proves it: what tells of them is looked for in
// all its files before and after.
#include <fmt/format.h>

#include <earshot/command.hpp>
#include <earshot/services/state.hpp>

#include "alert_book/book.hpp"
#include "audit/audit.hpp"
#include "erase/places.hpp"
#include "erase/proof.hpp"
#include "erase/redact.hpp"
#include "erase/traces.hpp"
#include "erase/vocabulary.hpp"
#include "erase/who.hpp"
#include "pseudonym/pseudonym.hpp"
#include "store/schema.hpp"
#include "store/writer.hpp"
#include "text/cells.hpp"

namespace {

using namespace earshot::erase;
namespace store = earshot::store;

constexpr std::chrono::seconds kPatience{60};

struct EraseOptions {
  std::string author;
  std::optional<std::filesystem::path> store, key_file;
  bool dry_run, quick, json;

  static constexpr auto schema() {
    using earshot::option;
    using O = EraseOptions;
    return earshot::schema(
        option<&O::author>("author", "Whom to erase: PLATFORM/HANDLE, or the id as the platform gives it",
                           {.example = "mastodon/ana"}),
        option<&O::store>("store", "A store to erase from; without it, all that the pipeline keeps",
                          {.example = "var/acme.db"}),
        option<&O::key_file>("key_file", "The key of the store's pseudonyms; without it, that of the pipeline's sink",
                             {.example = "secrets/acme.key"}),
        option<&O::dry_run>("dry_run", "Shows where the author stands, and changes nothing", {.fallback = "false"}),
        option<&O::quick>("quick",
                          "Does not write the files anew: what goes is overwritten where it stands, and what an older "
                          "version left in free pages stays",
                          {.fallback = "false"}),
        option<&O::json>("json", "The proof as an object of JSON", {.fallback = "false"}));
  }
};

class Erase : public earshot::Command<EraseOptions> {
 public:
  static constexpr earshot::Info info{"erase", "Removes an author from all that a pipeline keeps, and proves it"};
  static constexpr const char* usage = "";
  static constexpr const char* examples =
      "earshot erase --author mastodon/ana --pipeline acme.yaml\n"
      "earshot erase --author mastodon/14715 --store var/acme.db --dry-run";

  void prepare() { asked(options().author); }

  int run(std::span<const std::string_view> arguments, earshot::CommandIo& io) {
    if (!arguments.empty())
      throw earshot::invalid("erase takes no words; name the author with --author PLATFORM/HANDLE");
    const Places places = earshot::erase::places(host(), options().store);
    if (places.kept.empty())
      throw earshot::invalid(
          "there is nothing to erase from: give --pipeline FILE, or --store PATH of a store that is there");
    const std::optional<earshot::pseudonym::Pseudonyms> pseudonyms = this->pseudonyms();
    const Who who = find(asked(options().author), places.stores, pseudonyms ? &*pseudonyms : nullptr);
    Telling telling = earshot::erase::telling(who);
    strike_out_own_words(telling, places);
    Matcher matcher(telling.all());
    Proof proof{who, telling, places};
    proof.before = look_everywhere(places, matcher);
    if (!options().dry_run) {
      proof.done = remove(who, places, matcher);
      proof.after = look_everywhere(places, matcher);
      note(proof);
    }
    io.out(options().json ? as_json(proof) : as_text(proof));
    if (!who.known() && proof.done.nothing() && places_in(proof.before) == 0) {
      io.error(fmt::format("Nobody is known by the name of {}.\n", earshot::text::cells(options().author)));
      return 1;
    }
    return options().dry_run || left(proof) == 0 ? 0 : 1;
  }

 private:
  std::optional<earshot::pseudonym::Pseudonyms> pseudonyms() const {
    std::filesystem::path key = options().key_file.value_or(std::filesystem::path());
    for (const earshot::Value sink : host().config()["sinks"].items())
      if (key.empty() && sink["plugin"].text() == "sqlite") key = sink["pseudonyms"].text();
    if (key.empty()) return std::nullopt;
    return std::optional<earshot::pseudonym::Pseudonyms>(std::in_place, key);
  }

  void strike_out_own_words(Telling& telling, const Places& places) {
    Matcher matcher(telling.words);
    each_own_word(host(), places, [&](std::string_view word) {
      matcher.scan(small(word), [&](std::size_t which) { telling.of_others.insert(matcher[which]); });
    });
  }

  Traces look_everywhere(const Places& places, Matcher& matcher) {
    Traces traces;
    for (const auto* files : {&places.kept, &places.given})
      for (const File& file : *files) {
        if (host().cancelled()) throw earshot::cancelled();
        look(file.path, file.name, matcher, traces);
      }
    return traces;
  }

  // Components first: what they still hold they would write into the stores.
  Done remove(const Who& who, const Places& places, Matcher& matcher) {
    Done done;
    if (!options().store && !host().state_dir().empty()) {
      const ear_forgotten forgotten = earshot::PipelineState(host()).forget(known_to_components(who), kPatience);
      done.running = forgotten.running != 0, done.components = forgotten.components;
      done.letters = forgotten.letters, done.deliveries = forgotten.deliveries;
    }
    for (const std::filesystem::path& path : places.stores) remove_from_store(path, who, matcher, done);
    if (!options().store && earshot::alert_book::book_exists(host().state_dir())) remove_from_book(who, matcher, done);
    if (!options().quick) compact_state(places);
    return done;
  }

  // Pseudonyms are the store's alone.
  static earshot::Whom known_to_components(const Who& who) {
    if (who.pseudonym) return {who.platform, who.asked, who.asked, {}};
    return {who.platform, who.id, who.handle, who.name};
  }

  void remove_from_store(const std::filesystem::path& path, const Who& who, Matcher& matcher, Done& done) {
    const store::Database database = store::open_for_writing(path, kPatience);
    done.posts += static_cast<std::uint64_t>(store::Writer(database).erase(who.platform, who.id).value_or(0));
    done.redacted += redact_store(database, matcher);
    store::merge_index(database, [&] { return !host().cancelled(); });
    if (options().quick)
      database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    else
      compact(database);
  }

  void remove_from_book(const Who& who, Matcher& matcher, Done& done) {
    earshot::alert_book::Book book(host().state_dir());
    const earshot::alert_book::Act act{"erase", earshot::ticks(host().now())};
    for (const std::string* name : {&who.id, &who.handle, &who.asked})
      if (!name->empty()) done.alerts += static_cast<std::uint64_t>(book.erase(who.platform, *name, act));
    done.redacted += redact_book(book.database(), matcher);
    compact(book.database());
  }

  // The checkpoints, which the host overwrites as it goes; not while it runs.
  void compact_state(const Places& places) {
    for (const File& file : places.kept) {
      if (file.path.filename() != "state.db") continue;
      const store::Database database(file.path, store::Database::Mode::write, kPatience);
      compact(database);
    }
  }

  void note(const Proof& proof) {
    const std::uint64_t still = left(proof);
    earshot::audit::note(
        host(),
        {.command = "erase",
         .what = still == 0 ? "an author; nothing of them was found afterwards"
                            : fmt::format("an author; {} places were left", still),
         .count = static_cast<std::int64_t>(proof.done.posts),
         .author = earshot::audit::mark(proof.who.platform, proof.who.pseudonym ? proof.who.asked : proof.who.id)},
        options().store);
    for (const auto* files : {&proof.places.given, &proof.places.backups})
      for (const File& file : *files)
        earshot::audit::note(host(),
                             {.command = "erase",
                              .what = files == &proof.places.given ? "not reached: given away before, look into it"
                                                                   : "not reached: a backup from before",
                              .file = file.path},
                             options().store);
  }
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.erase", "1.0.0", "Earshot", "Apache-2.0", "Removes an author from all that is kept", Erase)
