// schema.hpp: the file of the alert book, alerts.db in a pipeline's state folder, and its tables. docs/delivery.md
// explains them. Several processes have it open at once: the pipeline, `earshot alerts`, a page. Free functions.
#pragma once

#include <chrono>
#include <filesystem>
#include <string_view>

#include "store/database.hpp"

namespace earshot::alert_book {

inline constexpr std::string_view kFile = "alerts.db";

// Opens the book in this folder; made, with mode 0600, where there is none. Throws not_allowed where the folder is
// empty (a pipeline without `state`), and where the file is none of ours or of a newer version.
store::Database open_book(std::string_view state_folder, std::chrono::milliseconds patience = std::chrono::seconds{10});

bool book_exists(std::string_view state_folder);

}  // namespace earshot::alert_book
