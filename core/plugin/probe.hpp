// probe.hpp: looks into a plugin file in a process of its own, because loading runs the plugin's code, which may crash,
// hang, or do what nobody asked for. Any thread.
#pragma once

#include <chrono>
#include <filesystem>

#include "plugin/seen.hpp"

namespace earshot::host {

inline constexpr const char* kProbeVerb = "__probe";
inline constexpr int kProbeDescriptor = 3;  // where the child writes its answer; 0 to 2 lead to /dev/null

// Starts `host __probe FILE`, waits for its answer at most `limit`, and leaves nothing running. A crash, a hang or a
// broken answer is the fault of the file.
Seen probe(const std::filesystem::path& host, const std::filesystem::path& file, std::chrono::milliseconds limit);

// The child's side: loads the file, writes the answer, and ends the process.
[[noreturn]] void answer_probe(const std::filesystem::path& file);

}  // namespace earshot::host
