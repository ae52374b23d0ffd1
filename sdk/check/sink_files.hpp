// sink_files.hpp: what a sink has left in the working directory, in a form that is equal where it says the same. One
// thread.
#pragma once

#include <map>
#include <string>

namespace earshot::check {

// By file: its bytes; of an SQLite file, how many rows each table has. Empty files are left out.
std::map<std::string, std::string> written_files();

}  // namespace earshot::check
