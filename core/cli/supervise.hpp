// supervise.hpp: `earshot run --supervise`: this command once more as a child, started again when it crashes or hangs.
// Main thread of a process that does nothing else.
#pragma once

namespace earshot::host {

// Returns the child's exit code once it ends by itself.
int supervise();

}  // namespace earshot::host
