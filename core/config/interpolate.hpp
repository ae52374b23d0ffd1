// interpolate.hpp: puts in what ${NAME}, ${NAME:-default} and ${file:PATH} stand for, in leaves only: what comes from
// outside is a text and can never become structure. One thread.
#pragma once

#include "config/node.hpp"
#include "config/report.hpp"
#include "config/text_source.hpp"

namespace earshot::host {

// `path` is the tree's own, as in "sinks.store". $$ is a dollar.
void interpolate(YamlNode& tree, TextSource& source, FaultReport& report);

}  // namespace earshot::host
