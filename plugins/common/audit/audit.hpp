// audit.hpp: notes in the audit log who exported, erased or changed what. A command says it in one line:
//
//   audit::note(host(), {.command = "report", .what = "the report of a week", .count = posts, .file = path});
//
// The log stands beside the store: STORE.audit, of the pipeline's first store or of the one that is named; a pipeline
// without a store has it as audit.log in its state folder. docs/safe-storage.md tells what is in a line. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "audit/chain.hpp"
#include "earshot/host.hpp"

namespace earshot::audit {

struct Note {
  std::string_view command;      // the verb
  std::string_view what;         // in words; no query, no handle: the log is kept when authors are erased
  std::int64_t count = -1;       // how many; -1: nothing is counted
  std::filesystem::path file{};  // that was made
  std::string_view who{};        // who did it, where that is not the user of the process
  std::string author{};          // a mark()
};

// Where the log of a pipeline, or of this store, stands. Empty: nowhere, since there is neither store nor state folder.
std::filesystem::path file_of(const Host& host, const std::optional<std::filesystem::path>& store = {});

// Throws io_failure; where there is nowhere to note it, nothing is done.
void note(const Host& host, const Note& note, const std::optional<std::filesystem::path>& store = {});
// Beside a state folder that is named, for who has no pipeline.
void note(const std::filesystem::path& log, ear_time now, const Note& note);

}  // namespace earshot::audit
