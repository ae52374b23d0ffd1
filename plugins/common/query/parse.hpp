// parse.hpp: the text of a query into its tree. docs/query.md tells the language. Free functions; any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>

#include "query/fault.hpp"
#include "query/node.hpp"

namespace earshot::query {

inline constexpr std::size_t kMaxQuery = 65536, kMaxTerms = 2000, kMaxListLines = 10'000, kMaxListTerms = 20'000;
inline constexpr std::uintmax_t kMaxList = 1 << 20;  // bytes of a list
inline constexpr int kMaxQueryDepth = 64;
inline constexpr std::int64_t kMaxNear = 1000;  // words

// Where the files of @list:FILE lie, empty for the working directory; without it a query may name none.
struct ParseOptions {
  std::optional<std::filesystem::path> lists;
};

// Throws Fault.
Node parse(std::string_view text, const ParseOptions& options = {});

}  // namespace earshot::query
