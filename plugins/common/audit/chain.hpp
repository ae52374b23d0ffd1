// chain.hpp: the file of the audit log: lines of JSON that can only be added to, each with the hash of the one before
// it, so that a line that was changed, taken out, put in or moved is found. What was cut off at the end is found by
// whoever wrote down the last hash. Any process at any time: a lock on the file lets one write after the other.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/abi.h"

namespace earshot::audit {

struct Entry {
  ear_time time = 0;
  std::int64_t uid = 0;
  std::string user;
  std::string command;      // erase, backup, alerts …
  std::string what;         // in words
  std::int64_t count = -1;  // how many; -1: nothing is counted
  std::string file;         // that was made, absolute; empty: none
  std::string author;       // whom it was about, as a mark (see mark()); empty: nobody
  std::uint64_t number = 0;
  std::string hash;  // of this line
};

// Adds a line, with mode 0600 where the file is made, durable when it returns. Throws io_failure.
void append(const std::filesystem::path& file, const Entry& entry);

struct Log {
  std::vector<Entry> entries;  // up to the fault
  std::string fault;           // what is wrong with the first line that is; empty: the chain holds
};
Log read(const std::filesystem::path& file);  // a file that is not there is an empty log

// An author as the log keeps them: a random salt and a hash under it. Who knows the name finds the line; the line does
// not tell the name.
std::string mark(std::string_view platform, std::string_view author);
bool is_marked(std::string_view mark, std::string_view platform, std::string_view author);

}  // namespace earshot::audit
