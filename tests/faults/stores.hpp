// stores.hpp: what a run has left in its store and its lines, so that two runs can be compared. One thread.
#pragma once

#include <string>
#include <vector>

#include "process.hpp"

// The rows, a line each, their columns between bars; NULL is "-".
std::vector<std::string> rows(const std::string& database, const std::string& sql);
std::string one(const std::string& database, const std::string& sql);

// Everything in NAME.db, without the numbers that the store gave; sorted.
std::vector<std::string> stored(const Folder& folder, const std::string& name);
// The lines of a file, sorted; one that stands twice is there twice.
std::vector<std::string> sorted_lines(const std::string& file);

// "" where both are the same, else the first of what only one of them has.
std::string difference(const std::vector<std::string>& expected, const std::vector<std::string>& found);

// The store and the lines of `name` must be those of `expected`, and the store undamaged.
void check_same(const Folder& folder, const std::string& expected, const std::string& name);
