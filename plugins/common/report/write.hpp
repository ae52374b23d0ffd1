// write.hpp: a report into files. Free functions; any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "report/content.hpp"

namespace earshot::report {

enum class Format { html, pdf, csv, json, markdown };

// "html, pdf"; throws invalid.
std::vector<Format> formats_of(const std::vector<std::string>& names);

// Returns what was written, into `folder`, which is made. A file stands there whole or not at all.
std::vector<std::filesystem::path> write(const Content& content, const std::vector<Format>& formats,
                                         const std::filesystem::path& folder);

}  // namespace earshot::report
