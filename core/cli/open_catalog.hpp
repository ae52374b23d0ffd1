// open_catalog.hpp: the catalog as every verb has it. Main thread.
#pragma once

#include "cli/verb.hpp"
#include "plugin/catalog.hpp"

namespace earshot::host {

// Looks in the folders of --plugin-path, then in the default ones, and keeps what it saw in the user's cache.
Catalog open_catalog(const Shell& shell);

}  // namespace earshot::host
