// pipeline_text.hpp: the pipeline that looks at given files, as YAML, and the posts that carry them. Values.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace earshot::look {

struct Wish {
  std::vector<std::filesystem::path> files;        // absolute
  std::optional<std::filesystem::path> watchlist;  // absolute
  std::optional<std::filesystem::path> annotate;   // absolute: the folder for annotated pictures
  std::vector<std::string> languages;              // of lettering, as Tesseract names them
  std::optional<std::filesystem::path> model;      // of transcripts, absolute
  std::set<std::string> plugins;                   // those that there are
};

// A post for each file, its id its place in `files` and its name; spread over so many sources, so that several are
// looked at at once. Never more texts than files.
std::vector<std::string> posts_texts(const Wish& wish, std::size_t sources);
// The name of the file for the posts of a source, below the run's folder.
std::string posts_name(std::size_t source);

// `folder` is where the posts stand, found.ndjson goes, and the cache lies.
std::string pipeline_text(const Wish& wish, std::size_t sources, const std::filesystem::path& folder);

// What will not be looked for, one sentence each.
std::vector<std::string> left_out(const Wish& wish);

}  // namespace earshot::look
