// pdf.hpp: a page as PDF, by a program that is installed: Chromium or WeasyPrint. Free functions; any thread.
#pragma once

#include <filesystem>
#include <string>

namespace earshot::report {

// The program that would do it; empty: none is there.
std::filesystem::path pdf_program();

// Writes `to` from the page `html`. Throws unsupported where no program is there, io_failure where it fails or takes
// longer than two minutes.
void write_pdf(const std::filesystem::path& html, const std::filesystem::path& to);

}  // namespace earshot::report
