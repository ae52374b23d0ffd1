#include "transcript/transcript.hpp"

EARSHOT_PLUGIN("org.earshot.transcript", "0.1.0", "Earshot", "Apache-2.0", "Transcripts of what is said",
               earshot::transcript::Transcript)
