// index_terms.hpp: the terms that stand in one record of an FTS5 index, also those of rows that are gone and wait to be
// merged away, which no query shows: https://sqlite.org/src/file/ext/fts5/fts5_index.c tells the format. Whatever the
// record holds, nothing behind it is read. Free functions.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace earshot::erase {

// `id` and `block` are the columns of the index's table NAME_data.
void each_term(std::int64_t id, std::string_view block, const std::function<void(std::string_view term)>& use);

}  // namespace earshot::erase
