#include "plugin_name.hpp"

EARSHOT_PLUGIN("org.example.plugin_name", "0.1.0", "Example", "Apache-2.0", "Brings the lines of a text file as posts",
               PluginName)
