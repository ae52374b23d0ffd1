// schema.hpp: the tables of a store and how an older store becomes a newer one. docs/store.md tells what stands in
// them. Free functions, for the thread of the connection.
#pragma once

#include <filesystem>
#include <string_view>

#include "store/database.hpp"

namespace earshot::store {

inline constexpr int kVersion = 3;                        // PRAGMA user_version
inline constexpr std::int64_t kApplication = 0x45415253;  // PRAGMA application_id: "EARS"

// The words for numbers of abi.h, as they stand in the store.
std::string_view origin_word(std::uint32_t origin);
std::string_view media_word(std::uint32_t kind);

// A connection that writes: the file is made where it is not there, and brought to kVersion. Each step to a higher
// version is a transaction. Throws not_allowed for a newer store and for a file that is no store.
Database open_for_writing(const std::filesystem::path& path, std::chrono::milliseconds patience);

// A connection that reads. Throws not_allowed for a newer or older store and for a file that is no store.
Database open_for_reading(const std::filesystem::path& path, std::chrono::milliseconds patience);

}  // namespace earshot::store
